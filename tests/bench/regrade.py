"""regrade_100k_s: a changed key carried through to 100,000 responses and their cards."""

from tests.bench.reporting import Measure
from tests.bench.stage import stage

LEARNERS, QUESTIONS = 5_000, 20


def measure() -> Measure:
    """Return the seconds of the job: all keys of a quiz change, 5,000 have taken it."""
    with stage("sqlite") as place:
        count = place.ask(
            "answer_quiz", learners=LEARNERS, questions=QUESTIONS, slug="bench-regrade"
        )
        found = place.ask("time_regrade", slug="bench-regrade")
    seconds = found["seconds"]
    return Measure(
        name="regrade_100k_s",
        value=seconds["apply_regrade"],
        unit="s",
        goal="<= 60",
        n=count,
        detail={
            "preview_s": round(seconds["preview_regrade"], 1),
            "undo_s": round(seconds["undo_regrade"], 1),
            "discrepancies": found["discrepancies"],
        }
        | found["figures"],
    )
