"""The page that keeps the results, and whether they pass."""

from collections.abc import Sequence
from datetime import date

from tests.lighthouse.tool import CATEGORIES, Verdict

LEAST_SCORE, MOST_SHIFT = 95, 0.02
_HEAD = """# Lighthouse

Measured by `make lighthouse`: {day}, Lighthouse {lighthouse} on Node {node}, {chromium}.
Its phone preset: a middling phone (processor slowed down four times) on a slow mobile line (150 ms
there and back, 1.6 Mbit/s), simulated; the median of {runs} looks at each page. The site is
`manage.py serve` with a fresh database and its demo people: DEBUG off, static files hashed and
compressed, plain HTTP on this machine. Lesson, review and quiz are the demo student's.

Wanted: at least {least} in each, and a layout shift of at most {most}.

| Page | Performance | Accessibility | Best practices | Layout shift | Largest paint |
| --- | ---: | ---: | ---: | ---: | ---: |
"""


def faults(verdicts: Sequence[Verdict]) -> list[str]:
    """Return, as sentences, what is below the least score or shifts too far."""
    found = []
    for one in verdicts:
        for name, score in one.scores.items():
            if score < LEAST_SCORE:
                found.append(f"{one.page}: {name} is {score}, wanted {LEAST_SCORE} or more.")
        if one.layout_shift > MOST_SHIFT:
            found.append(f"{one.page}: layout shift is {one.layout_shift:.3f}, over {MOST_SHIFT}.")
    return found


def median_of(looks: Sequence[Verdict]) -> Verdict:
    """Return the look whose performance lies in the middle."""
    ordered = sorted(looks, key=lambda one: one.scores["performance"])
    return ordered[len(ordered) // 2]


def written(
    verdicts: Sequence[Verdict],
    *,
    day: date,
    lighthouse: str,
    node: str,
    chromium: str,
    runs: int,
) -> str:
    """Return the page in Markdown."""
    head = _HEAD.format(
        day=day.isoformat(),
        lighthouse=lighthouse,
        node=node,
        chromium=chromium,
        runs=runs,
        least=LEAST_SCORE,
        most=MOST_SHIFT,
    )
    return head + "".join(f"{_row(one)}\n" for one in verdicts)


def _row(one: Verdict) -> str:
    scores = [str(one.scores[name]) for name in CATEGORIES]
    cells = [one.page, *scores, f"{one.layout_shift:.3f}", f"{one.largest_paint_s:.1f} s"]
    return f"| {' | '.join(cells)} |"
