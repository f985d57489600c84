"""Beginning attempts at quizzes and handing them in."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.accounts.models import User
from courses.assessment.errors import QuizEmpty
from courses.assessment.models import Attempt, Quiz
from courses.assessment.selectors import published_quiz, version_ids_of
from courses.assessment.signals import attempt_submitted
from courses.common.errors import NotFound
from courses.common.ids import new_id
from courses.enrollment.selectors import require

_TRIES = 5


def start_attempt(*, learner: User, quiz_id: UUID, now: datetime) -> Attempt:
    """Return the learner's open attempt at the quiz, begun now if there is none.

    However many starts come at once, one attempt is opened. Raises NotFound for a quiz
    that is not published, PermissionRefused for who does not study the course, QuizEmpty.
    """
    quiz = published_quiz(quiz_id)
    require(learner, "course.study", quiz.course)
    for _ in range(_TRIES):
        attempt = Attempt.objects.filter(learner=learner, quiz=quiz, submitted_at=None).first()
        if attempt is not None:
            return attempt
        try:
            return _begin(learner, quiz, now)
        except IntegrityError:
            # Another start was faster. It is found on the next round, unless it was
            # handed in meanwhile; then this start opens the one after.
            continue
    raise RuntimeError(f"An attempt at quiz {quiz.pk} could neither be opened nor found.")


def submit_attempt(*, learner: User, attempt_id: UUID, now: datetime) -> Attempt:
    """Hand in the learner's attempt and return it; handing in twice is handing in once.

    Raises NotFound for another's attempt.
    """
    attempt = Attempt.objects.filter(pk=attempt_id, learner=learner).first()
    if attempt is None:
        raise NotFound
    with transaction.atomic():
        unsubmitted = Attempt.objects.filter(pk=attempt.pk, submitted_at=None)
        if unsubmitted.update(submitted_at=now):
            attempt.submitted_at = now
            attempt_submitted.send(sender=Attempt, attempt=attempt, now=now)
            return attempt
    attempt.refresh_from_db(fields=["submitted_at"])
    return attempt


def _begin(learner: User, quiz: Quiz, now: datetime) -> Attempt:
    with transaction.atomic():
        order = version_ids_of(quiz)
        if not order:
            raise QuizEmpty
        numbers = Attempt.objects.filter(learner=learner, quiz=quiz).order_by("-number")
        last = numbers.values_list("number", flat=True).first()
        attempt_id = new_id()
        return Attempt.objects.create(
            id=attempt_id,
            learner=learner,
            quiz=quiz,
            number=(last or 0) + 1,
            # The random tail of the id, so that the order of options needs no other chance.
            seed=attempt_id.int & 0x7FFFFFFF,
            order=[str(version_id) for version_id in order],
            started_at=now,
        )
