"""next_card_*: finding the next card does not depend on how much else is stored."""

from tests.bench.reporting import Measure, median, milliseconds
from tests.bench.stage import stage

ROUNDS = 9
CALLS = 200
QUEUED = 20


def many_cards() -> Measure:
    """Return the time with 1,000,000 cards stored over that with 10,000, 100 cards a learner."""
    with stage("sqlite") as small, stage("sqlite") as large:
        small.ask("populate", learners=100, questions=100, slug="bench-many", queued=QUEUED)
        large.ask("populate", learners=10_000, questions=100, slug="bench-many", queued=QUEUED)
        return _compared(
            "next_card_1m_vs_10k", (small, "bench-many"), (large, "bench-many"), ("10k", "1m")
        )


def one_learner() -> Measure:
    """Return the time for a learner with 20,000 cards over that for one with 200."""
    with stage("sqlite") as place:
        place.ask("populate", learners=1, questions=200, slug="bench-few", queued=QUEUED)
        place.ask("populate", learners=1, questions=20_000, slug="bench-lots", queued=QUEUED)
        return _compared(
            "next_card_20k_vs_200", (place, "bench-few"), (place, "bench-lots"), ("200", "20k")
        )


def _compared(name, small, large, labels) -> Measure:  # type: ignore[no-untyped-def]
    """Time both sides in interleaved rounds; the first round warms up."""
    durations = {label: [] for label in labels}
    medians = {label: [] for label in labels}
    for number in range(ROUNDS + 1):
        for label, (place, slug) in zip(labels, (small, large), strict=True):
            seconds = place.ask("time_next_card", slug=slug, calls=CALLS, seed=number)
            if number:
                durations[label] += seconds
                medians[label].append(median(seconds))
    few, lots = labels
    return Measure(
        name=name,
        value=median(medians[lots]) / median(medians[few]),
        unit="ratio",
        goal="<= 1.5",
        n=ROUNDS * CALLS * 2,
        detail={label: milliseconds(durations[label]) for label in labels}
        | {"rounds": ROUNDS, "queued_today": QUEUED},
    )
