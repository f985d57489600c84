"""What enrollment tells the contexts above it."""

from django.dispatch import Signal

# sender=Enrollment, enrollment=Enrollment, now=datetime; in the transaction that enrols,
# also when an ended enrolment begins again.
enrolled = Signal()

# sender=Enrollment, enrollment=Enrollment, now=datetime; in the transaction that ends it.
left = Signal()

# sender=Course, course=Course, now=datetime; in the transaction that makes the demo people of
# a course, also when all of them were there.
demo_loaded = Signal()
