"""Beginning attempts at quizzes, handing them in, and ending those whose time is up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from courses.accounts.models import User
from courses.assessment.domain.shuffling import shuffled
from courses.assessment.domain.sitting import GRACE, Sitting
from courses.assessment.domain.types import self_rated_types
from courses.assessment.errors import (
    NoAttemptsLeft,
    QuizClosed,
    QuizEmpty,
    QuizNotOpen,
)
from courses.assessment.models import Attempt, Question, Quiz, QuizSlot
from courses.assessment.selectors import quiz_to_take, sitting_of
from courses.assessment.selectors.pools import pool_members
from courses.assessment.services.finishing import finish_attempt
from courses.assessment.services.passwords import check_password
from courses.common import outbox
from courses.common.errors import NotFound
from courses.common.ids import new_id
from courses.enrollment.selectors import require

CLOSE_ATTEMPT = "close_attempt"
_TRIES = 5
_DEADLINE = Attempt.EndedBy.DEADLINE


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of an attempt about to begin, and what it weighs."""

    question_id: UUID
    points: float


def start_attempt(
    *, learner: User, quiz_id: UUID, now: datetime, password: str = "", preview: bool = False
) -> Attempt:
    """Return the learner's open attempt at the quiz, begun now if there is none.

    However many starts come at once, one attempt is opened, and never more than are allowed.
    A `preview` is for who may see questions with their keys: no date, password or limit of
    attempts stops it, and it counts nowhere.

    Raises NotFound for a quiz that is not published, PermissionRefused for who does not
    study the course, QuizNotOpen, QuizClosed, NoAttemptsLeft, WrongPassword,
    TooManyGuesses, QuizEmpty.
    """
    quiz = quiz_to_take(quiz_id, unpublished=preview)
    require(learner, "question.preview" if preview else "course.study", quiz.course)
    rules = sitting_of(quiz, learner.pk)
    for _ in range(_TRIES):
        mine = Attempt.objects.filter(learner=learner, quiz=quiz, preview=preview)
        attempt = mine.filter(submitted_at=None).first()
        if attempt is not None and not close_if_over(attempt, now=now):
            return attempt
        if not preview:
            _refuse(quiz, rules, learner.pk, password, now)
        try:
            return _begin(learner, quiz, preview, now)
        except IntegrityError:
            # Another start was faster. It is found on the next round, unless it was
            # handed in meanwhile; then this start opens the one after.
            continue
    raise RuntimeError(f"An attempt at quiz {quiz.pk} could neither be opened nor found.")


def submit_attempt(*, learner: User, attempt_id: UUID, now: datetime) -> Attempt:
    """Hand in the learner's attempt and return it; handing in twice is handing in once.

    After the deadline it is handed in as of the deadline. Raises NotFound for another's
    attempt.
    """
    attempt = Attempt.objects.filter(pk=attempt_id, learner=learner).first()
    if attempt is None:
        raise NotFound
    deadline = attempt.deadline_at
    # A deadline that is moved in this moment is none.
    if (
        deadline is None
        or now < deadline
        or not finish_attempt(attempt.pk, at=deadline, ended_by=_DEADLINE, now=now)
    ):
        finish_attempt(attempt.pk, at=now, ended_by=Attempt.EndedBy.LEARNER, now=now)
    attempt.refresh_from_db()
    return attempt


def close_if_over(attempt: Attempt, *, now: datetime) -> bool:
    """Hand in an open attempt whose deadline and grace are past; return whether it was."""
    deadline = attempt.deadline_at
    if attempt.submitted_at is not None or deadline is None or now < deadline + GRACE:
        return False
    if finish_attempt(attempt.pk, at=deadline, ended_by=_DEADLINE, now=now):
        return True
    # Another request was faster, or the deadline was moved meanwhile.
    attempt.refresh_from_db(fields=["submitted_at", "deadline_at"])
    return attempt.submitted_at is not None


def owe_closing(attempt: Attempt, *, now: datetime) -> None:
    """Owe the end of an attempt that has a deadline, in the caller's transaction."""
    if attempt.deadline_at is not None:
        due_at = attempt.deadline_at + GRACE
        outbox.enqueue(CLOSE_ATTEMPT, str(attempt.pk), due_at=due_at, now=now)


def _refuse(quiz: Quiz, rules: Sitting, learner_id: UUID, password: str, now: datetime) -> None:
    if rules.is_over(now):
        raise QuizClosed
    if not rules.is_open(now):
        raise QuizNotOpen(opens_at=rules.opens_at)
    check_password(quiz, learner_id, password, now=now)


def _begin(learner: User, quiz: Quiz, preview: bool, now: datetime) -> Attempt:
    with transaction.atomic():
        # Whoever changes the rules waits, or is seen here: no attempt goes by rules of before.
        _share(quiz)
        quiz.refresh_from_db()
        rules = Sitting(time_limit=sitting_of(quiz).time_limit)
        if not preview:
            rules = sitting_of(quiz, learner.pk)
            if not rules.is_open(now):
                raise QuizClosed
        made = Attempt.objects.filter(learner=learner, quiz=quiz)
        last = made.order_by("-number").values_list("number", flat=True).first() or 0
        # The number is unique: of two starts that count the same, one fails and counts again.
        counting = made.filter(preview=False).count()
        allowed = rules.attempts_allowed
        if allowed is not None and counting >= allowed and not preview:
            raise NoAttemptsLeft
        attempt_id = new_id()
        # The random tail of the id, so that the order of options needs no other chance.
        seed = attempt_id.int & 0x7FFFFFFF
        asked = _asked(quiz, seed)
        if not asked:
            raise QuizEmpty
        current = Question.objects.filter(pk__in=[one.question_id for one in asked])
        versions = dict(current.order_by().values_list("pk", "current_id"))
        attempt = Attempt.objects.create(
            id=attempt_id,
            learner=learner,
            quiz=quiz,
            number=last + 1,
            seed=seed,
            order=[str(versions[one.question_id]) for one in asked],
            points=[one.points for one in asked],
            started_at=now,
            deadline_at=rules.deadline(now),
            preview=preview,
        )
        owe_closing(attempt, now=now)
        return attempt


def _share(quiz: Quiz) -> None:
    """Lock the quiz against changes, together with others who begin it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM assessment_quiz WHERE id = %s FOR SHARE", [quiz.pk])


def _asked(quiz: Quiz, seed: int) -> list[_Asked]:
    """Return what an attempt with this seed asks, in its order.

    What is drawn depends on the seed and the pool alone, and nothing is asked twice.
    Practice leaves out what is reserved, graded quizzes what learners rate themselves.
    """
    slots = list(quiz.slots.order_by("position", "id"))
    askable = _askable(quiz, slots)
    taken = {slot.question_id for slot in slots if slot.question_id in askable}
    asked: list[_Asked] = []
    for slot in slots:
        if slot.question_id is not None:
            names = [slot.question_id] if slot.question_id in askable else []
        else:
            pool = pool_members(quiz.course_id, slot.draw_from, slot.draw_value)
            free = {str(name): name for name in pool if name in askable and name not in taken}
            drawn = shuffled(free, seed=seed, salt=slot.position)[: slot.draw_count]
            names = [free[name] for name in drawn]
            taken |= set(names)
        asked += [_Asked(name, slot.points) for name in names]
    if quiz.shuffle:
        by_name = {str(one.question_id): one for one in asked}
        asked = [by_name[name] for name in shuffled(by_name, seed=seed)]
    return asked


def _askable(quiz: Quiz, slots: Sequence[QuizSlot]) -> set[UUID]:
    """Return the questions of the course that this quiz may ask now; one query."""
    published = Question.objects.filter(
        course_id=quiz.course_id, status=Question.Status.PUBLISHED, current__isnull=False
    )
    if all(slot.question_id is not None for slot in slots):
        published = published.filter(pk__in=[slot.question_id for slot in slots])
    if quiz.kind == Quiz.Kind.GRADED:
        published = published.exclude(current__type__in=self_rated_types())
    else:
        published = published.filter(reserved=False)
    return set(published.order_by().values_list("pk", flat=True))
