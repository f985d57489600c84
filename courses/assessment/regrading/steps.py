"""The steps of a regrade: each context registers what a changed key changes in its part.

A step is given learners a batch at a time. Whatever it writes for a batch is one transaction
with what the other steps write, so that grades and memory of a learner change together.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.assessment.regrading.keys import Key
from courses.assessment.regrading.tallies import Tally


@dataclass(frozen=True, slots=True)
class Task:
    """A regrade as its steps see it; `made_at` is when it was asked for, `now` the run's moment."""

    id: UUID
    course_id: UUID
    key: Key
    never_lower: bool
    made_at: datetime
    now: datetime


Learners = Callable[[Collection[UUID]], Iterable[UUID]]
Run = Callable[[Task, Sequence[UUID]], Tally]


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a regrade.

    `learners(question_ids)` names whom it concerns. `preview`, `apply` and `undo` go through a
    batch of these, and say what would be changed, was changed, was put back; only the latter
    two write. Repeating a batch changes nothing. When `apply` or `undo` runs, the learners are
    locked (`accounts.locking`); the step locks attempts before cards, each in the order of keys.
    """

    name: str
    learners: Learners
    preview: Run
    apply: Run
    undo: Run


_steps: dict[str, Step] = {}


def register_step(name: str, *, learners: Learners, preview: Run, apply: Run, undo: Run) -> None:
    """Add a step behind those that are there; called in `AppConfig.ready()`.

    Raises ValueError for a name that another step has.
    """
    step = Step(name, learners, preview, apply, undo)
    if _steps.setdefault(name, step) != step:
        raise ValueError(f"a step {name!r} is already registered")


def steps() -> list[Step]:
    """Return the steps in the order of their registration."""
    return list(_steps.values())
