"""News of this context; receivers write in the same transaction."""

from django.dispatch import Signal

# sender=LessonProgress; progress=LessonProgress, lesson=Lesson, learner=User, now=datetime
lesson_finished = Signal()
# sender=Claim; claim=Claim, revision=ClaimRevision, previous=ClaimRevision | None, now=datetime
claim_revised = Signal()
