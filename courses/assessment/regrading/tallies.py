"""Figures that add up batch by batch: what a step of a regrade would change, or did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

LISTED = 200  # of the largest changes
# Two results of the same sum may differ in their last digits.
NO_CHANGE = 1e-9


@dataclass(slots=True)
class Tally:
    """Counts, measured values and the largest changes.

    `measured` holds for each name the sum, the number and the extreme of the values, so that
    means can be formed of all batches together. `changes` are JSON-safe and have `learner`,
    `before` and `after`; ids are all they say of people.
    """

    counts: Counter[str] = field(default_factory=Counter)
    measured: dict[str, tuple[float, int, float]] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, *counted: str, measured: Iterable[str] = ()) -> "Tally":
        """Return an empty tally that will name these figures even where they stay 0."""
        return cls(Counter(dict.fromkeys(counted, 0)), dict.fromkeys(measured, (0.0, 0, 0.0)))

    def count(self, name: str, by: int = 1) -> None:
        self.counts[name] += by

    def measure(self, name: str, value: float) -> None:
        total, number, extreme = self.measured.get(name, (0.0, 0, 0.0))
        self.measured[name] = (
            total + value, number + 1, value if abs(value) > abs(extreme) else extreme
        )  # fmt: skip

    def note(self, **change: Any) -> None:
        self.changes.append(change)

    def add(self, other: "Tally") -> None:
        """Take in the figures of another batch; of the changes the largest are kept."""
        for name, number in other.counts.items():
            self.counts[name] += number
        for name, (total, number, extreme) in other.measured.items():
            own, own_number, own_extreme = self.measured.get(name, (0.0, 0, 0.0))
            furthest = extreme if abs(extreme) > abs(own_extreme) else own_extreme
            self.measured[name] = (own + total, own_number + number, furthest)
        self.changes = sorted([*self.changes, *other.changes], key=_size, reverse=True)[:LISTED]

    def figures(self) -> dict[str, Any]:
        """Return the counts, `mean_*` and `largest_*` of what was measured; no ids.

        A mean of nothing is None.
        """
        found: dict[str, Any] = dict(self.counts)
        for name, (total, number, extreme) in self.measured.items():
            found[f"mean_{name}"] = total / number if number else None
            found[f"largest_{name}"] = extreme
        return found

    def as_json(self) -> dict[str, Any]:
        """Return all of it: `figures`, the largest `changes`, and what is needed to go on."""
        measured = {name: list(row) for name, row in self.measured.items()}
        kept = {"counts": dict(self.counts), "measured": measured}
        return self.figures() | {"changes": self.changes, "kept": kept}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Tally":
        kept = stored["kept"]
        measured = {name: (row[0], row[1], row[2]) for name, row in kept["measured"].items()}
        return cls(Counter(kept["counts"]), measured, list(stored["changes"]))


def without_learner(stored: dict[str, Any], learner_id: UUID) -> dict[str, Any]:
    """Return the figures of all steps without the changes that name this learner."""
    return {
        step: figures
        | {"changes": [one for one in figures["changes"] if one["learner"] != str(learner_id)]}
        for step, figures in stored.items()
    }


def _size(change: dict[str, Any]) -> float:
    return abs((change["after"] or 0.0) - (change["before"] or 0.0))
