"""What a measure says: one JSON object a line."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "build" / "bench.jsonl"


@dataclass(frozen=True)
class Measure:
    """One measured figure beside its goal; `n` is how many samples stand behind it."""

    name: str
    value: float
    unit: str
    goal: str
    n: int
    detail: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        return json.dumps(asdict(self) | {"value": rounded(self.value)}, ensure_ascii=False)


def rounded(value: float) -> float:
    """Return `value` with three figures that mean something."""
    return float(f"{value:.3g}") if abs(value) < 1000 else round(value)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0 to 1) of `values` lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and p99 of durations in seconds, in milliseconds."""
    shares = (("p50_ms", 0.5), ("p95_ms", 0.95), ("p99_ms", 0.99))
    return {name: round(percentile(seconds, share) * 1000, 2) for name, share in shares}


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))
