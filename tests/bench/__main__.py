"""`python -m tests.bench [NAME]`: run the measures, print them, write build/bench.jsonl."""

import sys
from collections.abc import Callable

from tests.bench import (
    answers,
    attempts,
    embedded,
    items,
    lessons,
    next_card,
    regrade,
    review_next,
    weight,
)
from tests.bench.reporting import OUTPUT, Measure

MEASURES: dict[str, Callable[[], Measure]] = {
    "answer_vs_floor_sqlite": lambda: answers.measure("sqlite"),
    "answer_vs_floor_postgres": lambda: answers.measure("postgres"),
    "attempt_answer_vs_floor_sqlite": lambda: attempts.measure("sqlite"),
    "attempt_answer_vs_floor_postgres": lambda: attempts.measure("postgres"),
    "next_card_1m_vs_10k": next_card.many_cards,
    "next_card_20k_vs_200": next_card.one_learner,
    "lesson_vs_session": lessons.measure,
    "page_weight_kb": weight.measure,
    "review_next_ms": review_next.measure,
    "regrade_100k_s": regrade.measure,
    "item_stats_1m_s": items.measure,
    "cold_start_s": embedded.cold_start,
    "memory_mb": embedded.memory,
}


def main(arguments: list[str]) -> int:
    chosen = arguments or list(MEASURES)
    unknown = [name for name in chosen if name not in MEASURES]
    if unknown:
        print(f"There is no measure {unknown[0]}; there are {', '.join(MEASURES)}.")
        return 2
    OUTPUT.parent.mkdir(exist_ok=True)
    kept = {} if not arguments else _kept()
    for name in chosen:
        line = MEASURES[name]().line()
        print(line, flush=True)
        kept[name] = line
        OUTPUT.write_text("".join(f"{each}\n" for each in kept.values()), encoding="utf-8")
    return 0


def _kept() -> dict[str, str]:
    """Return the lines of earlier runs, which one measure alone does not throw away."""
    import json

    if not OUTPUT.exists():
        return {}
    lines = OUTPUT.read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["name"]: line for line in lines}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
