"""item_stats_1m_s: the item analysis of a quiz with 1,000,000 responses."""

from tests.bench.reporting import Measure, median
from tests.bench.stage import stage

LEARNERS, QUESTIONS, ROUNDS = 50_000, 20, 3


def measure() -> Measure:
    """Return the seconds of an analysis, the median of three; the first finds nothing cached."""
    with stage("sqlite") as place:
        count = place.ask("answer_much", learners=LEARNERS, questions=QUESTIONS, slug="bench-items")
        found = place.ask("time_analysis", slug="bench-items", rounds=ROUNDS)
    return Measure(
        name="item_stats_1m_s",
        value=median(found["seconds"]),
        unit="s",
        goal="<= 10",
        n=count,
        detail={
            "seconds": [round(one, 1) for one in found["seconds"]],
            "attempts": found["attempts"],
            "alpha": round(found["alpha"]["value"], 3),
        },
    )
