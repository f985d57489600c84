"""lesson_vs_session: a signed-in lesson with progress against a view that only knows the user."""

from collections import defaultdict

from tests.bench import load
from tests.bench.reporting import Measure, median, milliseconds
from tests.bench.stage import serving, stage

CLIENTS = 16
ROUNDS = 5
SECONDS = 3.0
FLOOR = "/bench/session"


def measure() -> Measure:
    """Return the requests/s of the lesson page as a share of the session view's."""
    with stage("sqlite", shipped_course=True) as place:
        lesson, cookies = place.ask("reader", count=CLIENTS)
        with serving(place) as port:
            rates, durations = defaultdict(list), defaultdict(list)
            for number in range(ROUNDS + 1):
                for path in (FLOOR, lesson):
                    scripts = [
                        [load.request("GET", path, port=port, headers={"Cookie": cookie})] * 20_000
                        for cookie in cookies
                    ]
                    outcome = load.run(port, scripts, seconds=SECONDS if number else 1.0)
                    if number:
                        rates[path].append(outcome.per_second)
                        durations[path] += outcome.seconds
    return Measure(
        name="lesson_vs_session",
        value=median(rates[lesson]) / median(rates[FLOOR]),
        unit="ratio",
        goal=">= 0.5",
        n=len(durations[lesson]),
        detail={
            name: {"per_second": round(median(rates[path]), 1), **milliseconds(durations[path])}
            for name, path in (("lesson", lesson), ("session", FLOOR))
        }
        | {"path": lesson, "clients": CLIENTS, "rounds": ROUNDS},
    )
