"""The cards and the log of one simulated learner, kept as the product keeps them.

Answers go through the product's own memory model and schedule, so that every card is the
fold of its log.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from courses.accounts.models import User
from courses.common.days import day_start, local_day
from courses.enrollment.models import Course
from courses.flashcards.demo.syllabus import Given, Item
from courses.flashcards.domain.folding import Schedule
from courses.flashcards.domain.queue import Candidate, Limits, make_plan, predicted_loss
from courses.flashcards.domain.ratings import Rating, rating_of
from courses.flashcards.domain.scheduling import NEW_CARD, CardState, State, review
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.parameters import DEFAULT_SET_ID, memory_model
from courses.flashcards.rows import CardRow
from courses.flashcards.scheduling import choose_schedule
from courses.flashcards.services.ledger import columns_of, position_of

_MODEL = memory_model(DEFAULT_SET_ID)
# What an answer takes on its way.
_LINE = timedelta(milliseconds=240)


@dataclass(slots=True)
class _Known:
    """A card as far as the story has come."""

    item: Item
    row: CardRow
    created_at: datetime
    state: CardState = NEW_CARD
    schedule: Schedule = field(default_factory=Schedule)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given: when, how long it took, and what it says of its sending."""

    item: Item
    given: Given
    at: datetime
    duration_ms: int
    digest: str
    place: ReviewLog.Place
    served_at: datetime | None = None
    found_easy: bool = False


class Notebook:
    """Folds answers into cards and keeps the entries."""

    def __init__(self, learner: User, course: Course) -> None:
        self.entries: list[ReviewLog] = []
        self._learner, self._course = learner, course
        self._cards: dict[UUID, _Known] = {}
        self._stepping: dict[UUID, _Known] = {}

    def write(self, answered: Answered, rng: Random) -> ReviewLog:
        """Fold the answer into its card as the product would; return the entry."""
        item, given, at = answered.item, answered.given, answered.at
        known = self._cards.get(item.question_id)
        if known is None:
            known = _Known(item, _blank_row(self._learner, self._course, item), at)
            self._cards[item.question_id] = known
        day, received_at = self.day_of(at), at + _LINE
        rating = _rating(answered)
        known.state = review(known.state, rating, answered_at=at, local_day=day, model=_MODEL)
        known.schedule = choose_schedule(
            known.state, card=known.row, learner=self._learner, received_at=received_at
        )
        if known.state.state in (State.LEARNING, State.RELEARNING):
            self._stepping[item.question_id] = known
        else:
            self._stepping.pop(item.question_id, None)
        entry = ReviewLog(
            learner=self._learner,
            id=seeded_id(at, rng),
            kind=ReviewLog.Kind.ANSWER,
            place=answered.place,
            question_id=item.question_id,
            course=self._course,
            version_id=item.version_id,
            rating=int(rating),
            self_rated=item.self_rated,
            answer=given.answer,
            credit=given.mark.credit,
            digest=answered.digest,
            served_at=answered.served_at,
            answered_at=at,
            received_at=received_at,
            local_day=day,
            duration_ms=answered.duration_ms,
            said=["found_easy"] if answered.found_easy else None,
            interval_days=known.schedule.interval_days,
            due_at=known.schedule.due_at,
            parameters_id=DEFAULT_SET_ID,
        )
        self.entries.append(entry)
        return entry

    def plan(self, day: date, fresh: list[Item], *, new: int, minutes: int) -> list[Item]:
        """Return the day's cards as the product's planner would choose them.

        `fresh` are the questions of lessons that are read, answered or not.
        """
        due = self._due(day)
        unseen = [item for item in fresh if item.question_id not in self._cards]
        plan = make_plan(
            (self._candidate(item) for item in due),
            (self._candidate(item, is_new=True) for item in unseen),
            limits=Limits(reviews=self._learner.reviews_per_day, new=new, seconds=minutes * 60.0),
        )
        items = {item.question_id: item for item in (*due, *unseen)}
        return [items[candidate.question_id] for candidate in plan.chosen]

    def due_step(self, moment: datetime) -> Item | None:
        """Return the card whose step is over first, if one is at `moment`."""
        due = (
            (known.schedule.due_at, question_id)
            for question_id, known in self._stepping.items()
            if known.schedule.due_at is not None and known.schedule.due_at <= moment
        )
        first = min(due, default=None)
        return self._stepping[first[1]].item if first else None

    def answered_since(self, item: Item, moment: datetime) -> bool:
        known = self._cards.get(item.question_id)
        return bool(known and known.state.last_at and known.state.last_at >= moment)

    def cards(self) -> list[Card]:
        """Return the cards' rows."""
        return [
            Card(
                learner=self._learner,
                question_id=question_id,
                course=self._course,
                parameters_id=DEFAULT_SET_ID,
                created_at=known.created_at,
                queue_position=position_of(known.state, known.schedule, suspended=False),
                **columns_of(known.state, known.schedule),
            )
            for question_id, known in self._cards.items()
        ]

    def day_of(self, moment: datetime) -> date:
        learner = self._learner
        return local_day(moment, zone=learner.time_zone, rollover_hour=learner.rollover_hour)

    def moment_of(self, day: date, minute: float) -> datetime:
        """Return the moment at which `minute` minutes of the learner's calendar day are over."""
        wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self._learner.time_zone))
        return (wall + timedelta(minutes=minute)).astimezone(UTC)

    def _due(self, day: date) -> list[Item]:
        """Return the cards in review that fall due on `day`, the greatest loss first."""
        learner = self._learner
        ends_at = day_start(
            day + timedelta(days=1), zone=learner.time_zone, rollover_hour=learner.rollover_hour
        )
        due = [
            known
            for known in self._cards.values()
            if known.state.state is State.REVIEW
            and known.schedule.due_at is not None
            and known.schedule.due_at < ends_at
        ]
        due.sort(key=lambda known: _loss(known.state, day), reverse=True)
        return [known.item for known in due]

    def _candidate(self, item: Item, *, is_new: bool = False) -> Candidate:
        return Candidate(item.question_id, self._course.pk, item.claims, is_new=is_new)


def seeded_id(moment: datetime, rng: Random) -> UUID:
    """Return a UUIDv7 (RFC 9562) of `moment` whose random bits are from `rng`."""
    milliseconds = int(moment.timestamp() * 1000)
    bits = milliseconds << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)
    return UUID(int=bits)


def _loss(state: CardState, day: date) -> float:
    assert state.memory is not None  # in review
    assert state.last_day is not None
    elapsed_days = max((day - state.last_day).days, 0)
    return predicted_loss(elapsed_days, state.memory.stability, model=_MODEL)


def _rating(answered: Answered) -> Rating:
    if answered.item.self_rated:
        return Rating(answered.given.answer["rating"])
    mark = answered.given.mark
    return rating_of(
        mark.verdict,
        mark.credit,
        duration_ms=answered.duration_ms,
        found_easy=answered.found_easy,
    )


def _blank_row(learner: User, course: Course, item: Item) -> CardRow:
    """Return a new card's row, for the one who chooses schedules."""
    return CardRow(
        learner_id=learner.pk,
        question_id=item.question_id,
        course_id=course.pk,
        state=int(State.NEW),
        step=0,
        stability=None,
        difficulty=None,
        last_review_at=None,
        last_review_day=None,
        due_at=None,
        reps=0,
        lapses=0,
        received_at=None,
        parameters_id=DEFAULT_SET_ID,
        suspended=False,
        reserved=False,
        question_status="published",
        current_id=item.version_id,
        course_status=course.status,
        desired_retention=course.desired_retention,
        studied=True,
    )
