"""What enrollment tells the contexts above it."""

from django.dispatch import Signal

# sender=Enrollment, enrollment=Enrollment, now=datetime; in the transaction that enrols,
# also when an ended enrolment begins again.
enrolled = Signal()

# sender=Enrollment, enrollment=Enrollment, now=datetime; in the transaction that ends it.
left = Signal()
