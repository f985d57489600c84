"""What could be on a learner's day: cards due, cards in steps, questions not met yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from courses.assessment.models import Question, QuestionVersion
from courses.content.models import Lesson, LessonProgress
from courses.flashcards.domain.queue import Candidate, predicted_loss
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card
from courses.flashcards.parameters import memory_model

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Plannable:
    """A card, or a question that may become one, with what a plan needs to know of it.

    `reps` tells whether the card was answered since it was read. `due_at` and `position`
    are given for cards in steps only.
    """

    question_id: UUID
    course_id: UUID
    version_id: UUID
    reps: int = 0
    is_new: bool = False
    due_at: datetime | None = None
    position: int | None = None


def due_cards(
    learner_id: UUID, courses: Sequence[UUID], *, until: datetime, day: date
) -> list[Plannable]:
    """Return cards in review that are due before `until`, the greatest predicted loss first."""
    rows = (
        Card.objects.available_to(learner_id)
        .filter(
            course_id__in=courses,
            suspended=False,
            state=State.REVIEW,
            due_at__lt=until,
        )
        .order_by("due_at", "question_id")
        .values_list(
            "question_id",
            "course_id",
            "question__current_id",
            "reps",
            "stability",
            "last_review_day",
            "parameters_id",
        )
    )
    ranked = [
        (_loss(row[4], row[5], row[6], day), Plannable(row[0], row[1], row[2], row[3]))
        for row in rows
    ]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return [card for _loss_of_card, card in ranked]


def stepping_cards(learner_id: UUID, courses: Sequence[UUID]) -> list[Plannable]:
    """Return cards in their (re)learning steps, the first due first."""
    rows = (
        Card.objects.available_to(learner_id)
        .filter(
            course_id__in=courses,
            suspended=False,
            state__in=(State.LEARNING, State.RELEARNING),
        )
        .order_by("due_at", "question_id")
        .values_list(
            "question_id", "course_id", "question__current_id", "reps", "due_at", "queue_position"
        )
    )
    return [
        Plannable(row[0], row[1], row[2], row[3], due_at=row[4], position=row[5]) for row in rows
    ]


def new_cards(learner_id: UUID, courses: Sequence[UUID], *, limit: int) -> list[Plannable]:
    """Return up to `limit` questions to introduce, by lesson order.

    These are published questions of lessons that the learner has finished, not yet
    carded, and cards that were introduced or undone and never answered since.
    """
    finished = LessonProgress.objects.filter(
        learner_id=learner_id,
        lesson_id=OuterRef("lesson_id"),
        finished_at__isnull=False,
        lesson__status=Lesson.Status.PUBLISHED,
    )
    cards = Card.objects.filter(learner_id=learner_id, question_id=OuterRef("pk"))
    fresh = Q(state=State.NEW, suspended=False)
    rows = (
        Question.objects.filter(
            course_id__in=courses,
            status=Question.Status.PUBLISHED,
            current__isnull=False,
            reserved=False,
        )
        .filter(Exists(finished.order_by()) | Exists(cards.filter(fresh).order_by()))
        .exclude(Exists(cards.exclude(fresh).order_by()))
        .order_by("lesson__position", "position", "id")
        .values_list("pk", "course_id", "current_id")
    )
    return [Plannable(row[0], row[1], row[2], is_new=True) for row in rows[:limit]]


def with_claims(cards: Iterable[Plannable]) -> Iterator[Candidate]:
    """Yield candidates with the claims of their current versions, read as they are wanted."""
    through = QuestionVersion.claims.through.objects
    remaining = iter(cards)
    while chunk := list(islice(remaining, _CHUNK)):
        claims: defaultdict[UUID, set[UUID]] = defaultdict(set)
        cited = through.filter(questionversion_id__in=[card.version_id for card in chunk])
        for version_id, claim_id in cited.values_list("questionversion_id", "claim_id"):
            claims[version_id].add(claim_id)
        for card in chunk:
            yield Candidate(
                card.question_id,
                card.course_id,
                frozenset(claims[card.version_id]),
                is_new=card.is_new,
            )


def _loss(stability: float | None, last_day: date | None, parameters_id: UUID, day: date) -> float:
    if stability is None or last_day is None:
        return 0.0
    elapsed_days = max((day - last_day).days, 0)
    return predicted_loss(elapsed_days, stability, model=memory_model(parameters_id))
