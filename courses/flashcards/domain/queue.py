"""The day's plan: which cards, in what order, within the learner's limits and minutes.

Order: lapsed cards in their steps (they come by the clock and are counted first), due
cards by what a day's wait would cost, new cards by lesson order. Questions that share a
claim never come on the same day. Also where a card stands in the learner's one queue.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from courses.flashcards.domain.fsrs6 import Fsrs6

# A new card is asked, comes back in its steps, and takes its time for reading.
LOOKS_PER_NEW_CARD = 2.5
DEFAULT_SECONDS_PER_CARD = 12.0

# Positions in the queue, ascending. Undone cards first (the last undone foremost), then
# cards in steps by the moment they are due, then the plans, day by day, by rank.
_UNDONE = -(10**16)
_STEPS = -(10**15)
_DAY = 10**6


def step_position(due_at: datetime) -> int:
    """Return the place of a card in (re)learning: it comes forward as the clock passes."""
    return _STEPS + _milliseconds(due_at)


def undone_position(now: datetime) -> int:
    """Return a place before everything that stands in the queue at `now`."""
    return _UNDONE - _milliseconds(now)


def day_position(day: date, rank: int = 0) -> int:
    """Return the place of a planned card; ranks are below a million a day."""
    return day.toordinal() * _DAY + rank


def _milliseconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be on the day's plan; siblings are told by the claims they share."""

    question_id: UUID
    course_id: UUID
    claims: frozenset[UUID] = frozenset()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a learner will do in a day, over all courses."""

    reviews: int
    new: int
    seconds: float
    seconds_per_card: float = DEFAULT_SECONDS_PER_CARD

    def seconds_for(self, candidate: Candidate) -> float:
        return self.seconds_per_card * (LOOKS_PER_NEW_CARD if candidate.is_new else 1.0)


@dataclass(slots=True)
class Plan:
    """The cards of the day in order, and the seconds they are expected to take."""

    chosen: list[Candidate] = field(default_factory=list)
    seconds: float = 0.0


def predicted_loss(elapsed_days: float, stability_days: float, *, model: Fsrs6) -> float:
    """Return the probability of recall, in [0, 1], that one more day of waiting costs."""
    now = model.retrievability(elapsed_days, stability_days)
    return now - model.retrievability(elapsed_days + 1, stability_days)


def make_plan(
    due: Iterable[Candidate],
    new: Iterable[Candidate],
    *,
    limits: Limits,
    taken_claims: Iterable[UUID] = (),
    spent_seconds: float = 0.0,
) -> Plan:
    """Return the plan of a day from candidates in the order of their worth.

    Both iterables are read only as far as the limits reach, so they may be lazy.
    `taken_claims` and `spent_seconds` stand for what the day already holds.
    """
    plan = Plan(seconds=spent_seconds)
    claims = set(taken_claims)
    _take(due, plan, claims, limits, count=limits.reviews)
    _take(new, plan, claims, limits, count=limits.new)
    plan.seconds -= spent_seconds
    return plan


def _take(
    candidates: Iterable[Candidate],
    plan: Plan,
    claims: set[UUID],
    limits: Limits,
    *,
    count: int,
) -> None:
    """Move up to `count` candidates into the plan while seconds last, siblings apart."""
    if count <= 0:
        return
    for candidate in candidates:
        if plan.seconds + limits.seconds_for(candidate) > limits.seconds:
            return
        if claims.isdisjoint(candidate.claims):
            claims |= candidate.claims
            plan.chosen.append(candidate)
            plan.seconds += limits.seconds_for(candidate)
            count -= 1
            if not count:
                return
