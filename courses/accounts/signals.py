"""What accounts tells the contexts above it."""

from django.dispatch import Signal

# sender=User, user=User, changed=frozenset of field names, now=datetime; in the transaction
# that saves, when something changed that moves a learner's day or reminder.
preferences_changed = Signal()

# sender=User, user=User, now=datetime; in the transaction that suspends a person.
person_suspended = Signal()

# sender=User, user=User, now=datetime; in the transaction that erases a person, before the
# row goes. Whoever keeps rows of theirs that a cascade cannot remove removes them now.
person_erasing = Signal()
