"""The learner's one queue: index seeks by place, whatever else the database holds."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import TypedDict
from uuid import UUID

from django.db.models import Count, Q

from courses.accounts.models import User
from courses.assessment.presenting import question_view, read_claim_notes
from courses.assessment.versions import as_card, as_kept, get_version, get_versions, is_kept
from courses.common.days import local_day
from courses.enrollment.models import Course
from courses.flashcards.domain import queue
from courses.flashcards.domain.fuzz import chance
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.outcomes import NextCard, Queue, Today
from courses.flashcards.rows import CardRow, count_queued, queued_cards
from courses.flashcards.selectors.previews import preview_of

# With nothing else to do, a card in its steps is asked this much before its time.
LEARN_AHEAD = timedelta(minutes=20)
# So many more places are read than cards are wanted: some may not be available any more.
_READ_AHEAD = 20
_RECENT_REVIEWS = 100
# Clicking through a stack in a hurry says nothing of the next session: whoever reads the
# question and the reason beneath it needs 8 seconds a card at the very least.
_SECONDS_BOUNDS = (8.0, 120.0)


class _Where(TypedDict):
    """What narrows the queue down."""

    course_id: UUID | None
    exclude: Collection[UUID]


def study_day(learner: User, now: datetime) -> date:
    """Return the learner's local day at `now`."""
    return local_day(now, zone=learner.time_zone, rollover_hour=learner.rollover_hour)


def next_card(
    learner: User, now: datetime, *, exclude: Collection[UUID] = (), course: Course | None = None
) -> NextCard | None:
    """Return the card to ask now, None if the queue has none; see `next_cards`."""
    cards = next_cards(learner, now, limit=1, exclude=exclude, course=course).cards
    return cards[0] if cards else None


def next_cards(
    learner: User,
    now: datetime,
    *,
    limit: int = 2,
    exclude: Collection[UUID] = (),
    course: Course | None = None,
) -> Queue:
    """Return up to `limit` cards to ask now and how many remain today.

    Undone cards first, then cards whose step is over, then the day's plan; when none of
    these is there, one whose step is over within LEARN_AHEAD. `exclude` are questions that
    the page already holds; `course` narrows it down. Makes no plan (`services.serve_cards`).
    """
    beyond = queue.day_position(study_day(learner, now))
    where: _Where = {"course_id": course.pk if course else None, "exclude": exclude}
    coming = queued_cards(
        learner.pk,
        up_to=queue.step_position(now),
        beyond=beyond,
        limit=limit + _READ_AHEAD,
        **where,
    )
    _read_versions(coming, limit)
    found = coming[:limit]
    if not found:
        soon = queue.step_position(now + LEARN_AHEAD)
        early = queued_cards(learner.pk, up_to=soon, beyond=None, limit=_READ_AHEAD, **where)
        found = early[:1]
    remaining = count_queued(learner.pk, beyond=beyond, course_id=where["course_id"])
    next_at = None
    if not found and remaining:
        mine = Card.objects.queued(learner.pk, course=course).exclude(question_id__in=list(exclude))
        next_at = mine.stepping().first_due()
    return Queue([_shown(card, learner, now) for card in found], remaining, next_at)


def today(learner: User, now: datetime) -> Today:
    """Return what is left of the learner's day and what is done, in three small queries."""
    day = study_day(learner, now)
    mine = Card.objects.queued(learner.pk).available_to(learner.pk)
    left = mine.today(day).aggregate(
        all=Count("*"), new=Count("question_id", filter=Q(state=State.NEW))
    )
    due = left["all"] - left["new"]
    pace = seconds_per_card(learner)
    seconds = pace * (due + left["new"] * queue.LOOKS_PER_NEW_CARD)
    return Today(
        due=due,
        new=left["new"],
        seconds=round(seconds),
        done=done_today(learner, now),
        next_at=mine.stepping().first_due() if due else None,
    )


def done_today(learner: User, now: datetime) -> int:
    """Return how many reviews of the learner's day still stand."""
    of_day = ReviewLog.objects.filter(
        learner_id=learner.pk, local_day=study_day(learner, now), place=ReviewLog.Place.REVIEW
    )
    counts = of_day.aggregate(
        answers=Count("id", filter=Q(kind=ReviewLog.Kind.ANSWER)),
        # A regrade that is undone takes back corrections, not reviews.
        undos=Count(
            "id",
            filter=Q(
                kind=ReviewLog.Kind.UNDO,
                target_id__in=of_day.filter(kind=ReviewLog.Kind.ANSWER).order_by().values("id"),
            ),
        ),
    )
    return max(int(counts["answers"]) - int(counts["undos"]), 0)


def seconds_per_card(learner: User) -> float:
    """Return the median seconds of the learner's latest reviews, within sane bounds."""
    timed = ReviewLog.objects.filter(
        learner_id=learner.pk, kind=ReviewLog.Kind.ANSWER, duration_ms__gt=0
    )
    latest = timed.order_by("-local_day").values_list("duration_ms", flat=True)
    durations = [duration / 1000 for duration in latest[:_RECENT_REVIEWS]]
    if len(durations) < 5:
        return queue.DEFAULT_SECONDS_PER_CARD
    low, high = _SECONDS_BOUNDS
    return min(max(median(durations), low), high)


def _read_versions(coming: Sequence[CardRow], limit: int) -> None:
    """Have the versions of the first `limit` cards in this process, the others' with them.

    A process that has just started would otherwise read one version after the other.
    """
    version_ids = [card.current_id for card in coming if card.current_id is not None]
    if not all(map(is_kept, version_ids[:limit])):
        get_versions(version_ids)
    shown = [as_kept(as_card(get_version(name))) for name in version_ids[:limit]]
    # What stands behind a card's back comes with it.
    read_claim_notes(kept for kept in shown if kept.type.self_rated)


def _shown(card: CardRow, learner: User, now: datetime) -> NextCard:
    assert card.current_id is not None  # of available cards only
    seed = int(chance(learner.pk, card.question_id, card.reps) * 2**31)
    view = question_view(as_card(get_version(card.current_id)), seed=seed, form=True)
    return NextCard(
        question_id=card.question_id,
        course_id=card.course_id,
        question=view,
        state=State(card.state).name.lower(),
        served_at=now,
        preview=preview_of(card, learner, now) if view["self_rated"] else {},
    )
