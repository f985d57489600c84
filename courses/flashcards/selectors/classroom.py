"""How a class stands: what it will remember on a day ahead, by question, by topic, by student.

Made for classes of hundreds with a hundred cards each: every card is read once, in one
query, and nothing is asked per student.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.common.days import local_day
from courses.enrollment.models import Course
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.parameters import DEFAULT_SET_ID, memory_model

STRIP_DAYS = 14
WEEK_DAYS = 7
_LEARNERS = Any  # a subquery of ids, or a list of them


@dataclass(slots=True)
class Tally:
    """Sums over cards: how many were met, how many are learned, and what is remembered.

    `now` sums over those that are learned (not in their steps), `ahead` over all that were met.
    """

    met: int = 0
    learned: int = 0
    now: float = 0.0
    ahead: float = 0.0

    def add(self, other: "Tally") -> None:
        self.met += other.met
        self.learned += other.learned
        self.now += other.now
        self.ahead += other.ahead

    def mean_now(self) -> float | None:
        """Return the mean recall now, in [0, 1], of what is learned; None for nothing."""
        return self.now / self.learned if self.learned else None


@dataclass(slots=True)
class Standing:
    """How a class stands; `ahead` everywhere means on `day_ahead`."""

    day_ahead: date
    learners: dict[UUID, Tally] = field(default_factory=dict)
    questions: dict[UUID, Tally] = field(default_factory=dict)
    topics: dict[tuple[UUID, UUID | None], Tally] = field(default_factory=dict)
    last_days: dict[UUID, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Activity:
    """What a learner did: the answers of each of the last days, oldest first, and for how long."""

    days: tuple[int, ...]
    seconds_of_week: float

    @property
    def day_count(self) -> int:
        return sum(1 for answers in self.days if answers)


@dataclass(frozen=True, slots=True)
class Missed:
    """A question with how many answers it got from a class, and how many of them were wrong."""

    question_id: UUID
    answers: int
    wrong: int

    @property
    def share(self) -> float:
        return self.wrong / self.answers


def standing_of(
    course: Course,
    learners: Mapping[UUID, date],
    questions: Iterable[tuple[UUID, UUID | None]],
    *,
    among: _LEARNERS,
    day_ahead: date,
) -> Standing:
    """Return how the class stands in these `questions` (id, topic), in two small queries.

    `learners` gives each one's own study day; `among` are the same as ids or a subquery.
    Predictions are by each card's own model; whatever was never met is in no sum.
    """
    topic_of = dict(questions)
    standing = Standing(day_ahead)
    standing.learners = {name: Tally() for name in learners}
    standing.questions = {name: Tally() for name in topic_of}
    # Ids are compared as the database writes them: making them into UUIDs takes longest of all.
    people = {_written(name): (name, day) for name, day in learners.items()}
    asked = {_written(name): (standing.questions[name], topic_of[name]) for name in topic_of}
    cards = Card.objects.filter(course=course, learner_id__in=among, stability__isnull=False)
    for parameters_id, rows in _by_model(cards):
        recall = memory_model(parameters_id).retrievability
        for learner, question, state, stability, last_day in rows:
            if learner not in people or question not in asked:
                continue
            learner_id, today = people[learner]
            by_question, topic_id = asked[question]
            by_topic = standing.topics.get((learner_id, topic_id))
            if by_topic is None:
                by_topic = standing.topics[learner_id, topic_id] = Tally()
            ahead = recall(max((day_ahead - last_day).days, 0), stability)
            by_topic.met += 1
            by_topic.ahead += ahead
            by_question.met += 1
            by_question.ahead += ahead
            if state == State.REVIEW:
                now = recall(max((today - last_day).days, 0), stability)
                by_topic.learned += 1
                by_topic.now += now
                by_question.learned += 1
                by_question.now += now
            if last_day > standing.last_days.get(learner_id, date.min):
                standing.last_days[learner_id] = last_day
    for (learner_id, _topic), tally in standing.topics.items():
        standing.learners[learner_id].add(tally)
    return standing


def activity_of(
    course: Course, learners: Mapping[UUID, date], *, among: _LEARNERS, length: int = STRIP_DAYS
) -> dict[UUID, Activity]:
    """Return what each learner did of the course in the last `length` days, in one query."""
    if not learners:
        return {}
    since = min(learners.values()) - timedelta(days=length)
    rows = (
        _answers(course, among)
        .filter(local_day__gt=since)
        .values_list("learner_id", "local_day")
        .annotate(answers=Count("id"), milliseconds=Sum("duration_ms"))
        .order_by()
    )
    days: dict[UUID, list[int]] = {name: [0] * length for name in learners}
    seconds = dict.fromkeys(learners, 0.0)
    for learner_id, day, answers, milliseconds in rows:
        ago = (learners[learner_id] - day).days
        if 0 <= ago < length:
            days[learner_id][length - 1 - ago] = answers
        if 0 <= ago < WEEK_DAYS:
            seconds[learner_id] += milliseconds / 1000
    return {name: Activity(tuple(days[name]), seconds[name]) for name in learners}


def most_missed(
    course: Course, *, among: _LEARNERS, least: int = 5, limit: int = 8
) -> list[Missed]:
    """Return the published questions with the greatest share of wrong answers, in one query.

    Questions with fewer than `least` answers say nothing yet. What was taken back does
    not count, and what was corrected (a key was wrong) counts as it stands now.
    """
    rows = (
        _answers(course, among)
        .annotate(standing=Coalesce(Subquery(_corrected_rating()), "rating"))
        .values_list("question_id")
        .annotate(answers=Count("id"), wrong=Count("id", filter=Q(standing=1)))
        .filter(answers__gte=least, wrong__gt=0)
        .order_by()
    )
    published = Question.objects.filter(course=course, status=Question.Status.PUBLISHED)
    found = [Missed(*row) for row in rows.filter(question_id__in=published.values("pk"))]
    found.sort(key=lambda one: (-one.share, -one.answers, one.question_id))
    return found[:limit]


def recent_answers(learner: User, course: Course, *, limit: int = 30) -> list[ReviewLog]:
    """Return the learner's latest answers in the course that still stand, the latest first."""
    return list(_answers(course, [learner.pk]).order_by("-answered_at", "-id")[:limit])


def study_days(learners: Sequence[User], now: Any) -> dict[UUID, date]:
    """Return each learner's own study day at `now`."""
    return {
        one.pk: local_day(now, zone=one.time_zone, rollover_hour=one.rollover_hour)
        for one in learners
    }


def _answers(course: Course, among: _LEARNERS) -> QuerySet[ReviewLog]:
    """Return the answers of these learners, but for those that they took back."""
    entries = ReviewLog.objects.filter(course=course, learner_id__in=among)
    undone = entries.filter(kind=ReviewLog.Kind.UNDO, target_id__isnull=False)
    return entries.filter(kind__in=(ReviewLog.Kind.ANSWER, ReviewLog.Kind.MERGED)).exclude(
        id__in=undone.order_by().values("target_id")
    )


def _corrected_rating() -> QuerySet[ReviewLog, int | None]:
    """Return the rating of the latest standing correction of the answer of the outer query."""
    of_card = ReviewLog.objects.filter(
        learner_id=OuterRef("learner_id"), question_id=OuterRef("question_id")
    )
    undone = of_card.filter(kind=ReviewLog.Kind.UNDO, target_id=OuterRef("id")).order_by()
    corrections = of_card.filter(kind=ReviewLog.Kind.CORRECTION, target_id=OuterRef("id"))
    standing = corrections.exclude(Exists(undone)).order_by("-answered_at", "-id")
    return standing.values_list("rating", flat=True)[:1]


def _written(name: UUID) -> str:
    """Return an id as the database casts it to text."""
    return str(name) if connection.features.has_native_uuid_field else name.hex


def _by_model(cards: QuerySet[Card]) -> Iterable[tuple[UUID, Iterable[tuple[Any, ...]]]]:
    """Yield the cards by their parameter set, each as a tuple of what is needed of it."""
    columns = (
        Cast("learner_id", CharField()),
        Cast("question_id", CharField()),
        "state",
        "stability",
        "last_review_day",
    )
    usual = cards.filter(parameters_id=DEFAULT_SET_ID).order_by()
    yield DEFAULT_SET_ID, usual.values_list(*columns).iterator(chunk_size=5000)
    others = cards.exclude(parameters_id=DEFAULT_SET_ID).order_by()
    for row in others.values_list(*columns, "parameters_id"):
        yield row[-1], [row[:-1]]
