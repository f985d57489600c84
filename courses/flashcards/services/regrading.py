"""The step of a regrade that replays memory: cards as if the new key had marked from the start.

An answer that the new key rates otherwise gets a correction in the log, and its card is folded
anew. What an answer's rating depends on beside its mark is known: of answers in quizzes by
their responses (hints, tries, confidence), of those on the review page by the log (`said`).
Where the credit stays the same, so does the rating; what learners rated themselves never changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.scoring import SURE, is_confident_error
from courses.assessment.models import Response
from courses.assessment.regrading.steps import Task, register_step
from courses.assessment.regrading.tallies import NO_CHANGE, Tally
from courses.common.days import day_start
from courses.common.ids import id_from
from courses.enrollment.models import Course
from courses.flashcards.bulk_rows import (
    NewEntry,
    StoredCard,
    cards_of,
    insert_entries,
    write_cards,
)
from courses.flashcards.domain import folding
from courses.flashcards.domain.folding import Entry
from courses.flashcards.domain.queue import undone_position
from courses.flashcards.domain.ratings import Rating
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.rows import ENTRY_COLUMNS
from courses.flashcards.services.correcting import Moment, Rewritten, corrected, taken_back
from courses.flashcards.services.ledger import columns_of, position_of
from courses.flashcards.services.marking import rate
from courses.flashcards.services.recording import flags_of

NAME = "cards"
Name = tuple[UUID, UUID]  # of a card: its learner and its question


class Logged(NamedTuple):
    """An entry of the log with what a new key needs to know of it; the answer is JSON text."""

    entry: Entry
    place: str
    version_id: UUID | None
    self_rated: bool
    credit: float | None
    duration_ms: int
    digest: str
    answer: str | None
    said: list[str] | None


class _Known(NamedTuple):
    """What a response tells of its answer beside it; a first try is JSON text."""

    confidence: str = ""
    hints_used: int = 0
    first_answer: str | None = None


@dataclass(slots=True)
class _Batch:
    """The cards of a batch of learners, with their logs and all that a rating depends on."""

    task: Task
    cards: list[StoredCard]
    logs: dict[Name, list[Logged]]
    learners: dict[UUID, User]
    known: dict[Name, _Known] = field(default_factory=dict)
    moments: dict[UUID, tuple[Moment, datetime]] = field(default_factory=dict)

    def moment_of(self, learner_id: UUID) -> tuple[Moment, datetime]:
        """Return the learner's study day at the regrade, and when it ends."""
        if learner_id not in self.moments:
            learner = self.learners[learner_id]
            moment = Moment.of(learner, self.task.now)
            ends_at = day_start(
                moment.day + timedelta(days=1),
                zone=learner.time_zone,
                rollover_hour=learner.rollover_hour,
            )
            self.moments[learner_id] = moment, ends_at
        return self.moments[learner_id]


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """A card with its log and what becomes of it."""

    card: StoredCard
    log: list[Logged]
    new: Rewritten


def register() -> None:
    """Register the step; called once, when the application is ready."""
    register_step(NAME, learners=learners_of, preview=preview, apply=apply, undo=undo)


def learners_of(question_ids: Collection[UUID]) -> Iterable[UUID]:
    """Return whose cards there are of the questions."""
    cards = Card.objects.filter(question_id__in=question_ids).order_by()
    return cards.values_list("learner_id", flat=True).distinct().iterator()


def preview(task: Task, learner_ids: Sequence[UUID]) -> Tally:
    """Return what `apply` would do."""
    batch = _read(task, learner_ids, lock=False)
    return _counted(list(_corrections(batch)))


def apply(task: Task, learner_ids: Sequence[UUID]) -> Tally:
    """Correct the logs of a batch of learners, and bring their cards up to them."""
    batch = _read(task, learner_ids, lock=True)
    found = list(_corrections(batch))
    _write(batch, found)
    return _counted(found)


def undo(task: Task, learner_ids: Sequence[UUID]) -> Tally:
    """Take the corrections of a batch of learners back, but for those corrected again since."""
    batch = _read(task, learner_ids, lock=True)
    digest, left, found = _digest(task), 0, []
    for card in batch.cards:
        log = batch.logs[card.learner_id, card.question_id]
        mine, overruled = _corrections_by(digest, log)
        left += overruled
        if mine:
            moment, _ends_at = batch.moment_of(card.learner_id)
            new = taken_back(
                card, [one.entry for one in log], mine,
                learner=batch.learners[card.learner_id], moment=moment,
                id_for=lambda name: id_from(task.made_at, task.id, name, "undo"),
            )  # fmt: skip
            found.append(_Rewrite(card, log, new))
    _write(batch, found)
    tally = _counted(found)
    tally.count("left", left)
    return tally


# --- Reading --------------------------------------------------------------------------
def _read(task: Task, learner_ids: Sequence[UUID], *, lock: bool) -> _Batch:
    """Read a batch in five queries; with `lock` its cards are locked before their logs are read."""
    question_ids = task.key.question_ids
    retention = Course.objects.values_list("desired_retention", flat=True).get(pk=task.course_id)
    cards = cards_of(learner_ids, question_ids, retention=retention, lock=lock)
    entries = ReviewLog.objects.filter(learner_id__in=learner_ids, question_id__in=question_ids)
    rows = entries.order_by().values_list(
        "learner_id", "question_id", "place", "version_id", "self_rated", "credit", "duration_ms",
        "digest", Cast("answer", TextField()), "said", *ENTRY_COLUMNS,
    )  # fmt: skip
    logs: defaultdict[Name, list[Logged]] = defaultdict(list)
    for row in rows.iterator():
        logs[row[0], row[1]].append(Logged(Entry(*row[10:]), *row[2:10]))
    people = User.objects.in_bulk(learner_ids)
    return _Batch(task, cards, logs, people, _known(learner_ids, question_ids))


def _known(learner_ids: Sequence[UUID], question_ids: Sequence[UUID]) -> dict[Name, _Known]:
    """Return what is known of responses given with help or certainty, by learner and id."""
    telling = Q(confidence=SURE) | Q(tries__gt=1) | Q(hints_used__gt=0)
    found = Response.objects.filter(
        telling, learner_id__in=learner_ids, question_id__in=question_ids
    )
    columns = ("learner_id", "id", "confidence", "hints_used")
    rows = found.order_by().values_list(*columns, Cast("first_answer", TextField()))
    return {(row[0], row[1]): _Known(*row[2:]) for row in rows.iterator()}


def _digest(task: Task) -> str:
    """Return what marks the entries of this regrade in the log."""
    return request_digest("regrade", str(task.id))


# --- What changes ---------------------------------------------------------------------
def _corrections(batch: _Batch) -> Iterator[_Rewrite]:
    task = batch.task
    for card in batch.cards:
        log = batch.logs[card.learner_id, card.question_id]
        ratings = _ratings(batch, card, log)
        if not ratings:
            continue
        moment, _ends_at = batch.moment_of(card.learner_id)
        new = corrected(
            card, [one.entry for one in log], ratings,
            learner=batch.learners[card.learner_id], moment=moment,
            id_for=lambda target: id_from(task.made_at, task.id, target, "correction"),
        )  # fmt: skip
        if new is not None:
            yield _Rewrite(card, log, new)


def _ratings(batch: _Batch, card: StoredCard, log: Iterable[Logged]) -> dict[UUID, int]:
    """Return the rating by the new key of each answer that it can judge."""
    ratings = {}
    for one in log:
        entry = one.entry
        if entry.kind != folding.ANSWER or one.self_rated or one.answer is None:
            continue
        known = batch.known.get((card.learner_id, entry.id), _Known())
        decided = batch.task.key.deciding(
            card.question_id, one.version_id, one.answer, known.first_answer
        )
        if decided is None or entry.rating is None:
            continue
        mark, tries = decided.mark, decided.tries
        first_counts = known.first_answer is not None and tries == 1
        if mark.credit == one.credit and not first_counts:
            ratings[entry.id] = entry.rating
            continue
        flags, said = flags_of(known.confidence, tries, known.hints_used), one.said or ()
        # The answer itself is asked for by self-rated types only.
        ratings[entry.id] = rate(
            batch.task.key.versions[card.question_id],
            {},
            mark,
            duration_ms=one.duration_ms,
            certain=flags["certain"] or "certain" in said,
            retried=flags["retried"] or "retried" in said,
            found_easy="found_easy" in said,
        )
    return ratings


def _corrections_by(digest: str, log: Iterable[Logged]) -> tuple[list[UUID], int]:
    """Return this regrade's standing corrections, and how many others were put above it."""
    entries = sorted((one for one in log), key=lambda one: (one.entry.answered_at, one.entry.id))
    undone = {one.entry.target for one in entries if one.entry.kind == folding.UNDO}
    latest = {
        one.entry.target: one
        for one in entries
        if one.entry.kind == folding.CORRECTION and one.entry.id not in undone
    }
    mine = [one.entry.id for one in latest.values() if one.digest == digest]
    standing = sum(
        one.digest == digest and one.entry.kind == folding.CORRECTION
        and one.entry.id not in undone for one in entries
    )  # fmt: skip
    return mine, standing - len(mine)


def _counted(found: Sequence[_Rewrite]) -> Tally:
    tally = Tally.of("reviews", "cards", "learners", "sooner", "later", measured=["stability"])
    tally.count("cards", len(found))
    tally.count("learners", len({one.card.learner_id for one in found}))
    for one in found:
        tally.count("reviews", len(one.new.entries))
        before, after = one.card.due_at, one.new.schedule.due_at
        if before is not None and after is not None and before != after:
            tally.count("sooner" if after < before else "later")
        memory = one.new.state.memory
        stability = memory.stability if memory else None
        change = (stability or 0.0) - (one.card.stability or 0.0)
        if abs(change) > NO_CHANGE:
            tally.measure("stability", change)
        tally.note(
            learner=str(one.card.learner_id),
            question=str(one.card.question_id),
            before=one.card.stability,
            after=stability,
            due_before=before and before.isoformat(),
            due_after=after and after.isoformat(),
        )
    return tally


# --- Writing --------------------------------------------------------------------------
def _write(batch: _Batch, found: Iterable[_Rewrite]) -> None:
    digest, course_id = _digest(batch.task), batch.task.course_id
    entries, cards = [], []
    for one in found:
        places: Mapping[UUID | None, str] = {each.entry.id: each.place for each in one.log}
        entries += [
            NewEntry(one.card, course_id, entry, places[entry.target], digest)
            for entry in one.new.entries
        ]
        columns = columns_of(one.new.state, one.new.schedule)
        cards.append((one.card, columns | {"queue_position": _place(batch, one)}))
    insert_entries(entries)
    write_cards(cards)


def _place(batch: _Batch, one: _Rewrite) -> int | None:
    """Return the card's place in the queue: one on the day's plan keeps it while it is due.

    A class would otherwise find its day emptied. What was sure and is wrong stands first.
    """
    card, schedule = one.card, one.new.schedule
    if not card.suspended and _is_confident_error(batch, one):
        foremost = undone_position(batch.task.now)
        return min(card.queue_position or foremost, foremost)
    position = position_of(one.new.state, schedule, suspended=card.suspended)
    planned = (card.queue_position or -1) > 0 and not card.suspended
    if position is None and planned and schedule.due_at is not None:
        _moment, ends_at = batch.moment_of(card.learner_id)
        return card.queue_position if schedule.due_at < ends_at else None
    return position


def _is_confident_error(batch: _Batch, one: _Rewrite) -> bool:
    """Tell whether the card's last answer was given as sure and counts as wrong now."""
    entries = [*(each.entry for each in one.log), *one.new.entries]
    counts = [pair for pair in folding.standing(entries) if pair[0].kind == folding.ANSWER]
    if not counts:
        return False
    last, rating = counts[-1]
    known = batch.known.get((one.card.learner_id, last.id), _Known())
    if known.confidence != SURE or known.first_answer is None:
        return known.confidence == SURE and rating == Rating.AGAIN
    # Of two tries the first tells how sure it was.
    version_id = next(each.version_id for each in one.log if each.entry.id == last.id)
    first = batch.task.key.mark(one.card.question_id, version_id, known.first_answer)
    return first is not None and is_confident_error(first.credit, SURE)
