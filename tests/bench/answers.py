"""answer_vs_floor_*: answering a card over HTTP against the bare view, on both engines."""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from uuid_utils.compat import uuid7

from tests.bench import load
from tests.bench.dataset import CSRF
from tests.bench.reporting import Measure, median, milliseconds
from tests.bench.stage import Stage, serving, stage

CLIENTS = 16
QUESTIONS = 400
ROUNDS = 5
SECONDS = 4.0
PRODUCT, FLOOR = "/api/v1/reviews/answer", "/bench/answer"
# One answer in this many is wrong: the card goes back to its steps.
WRONG_EVERY = 8


def measure(engine: str) -> Measure:
    """Return the requests/s of answering with 16 clients, as a share of the floor's."""
    with stage(engine) as place:
        people, questions = place.ask(
            "populate", learners=CLIENTS, questions=QUESTIONS, slug="bench-answers"
        )
        cookies = [cookie for _id, cookie in people]
        with serving(place):
            for path in (FLOOR, PRODUCT):
                _round(place, path, cookies, questions, clients=CLIENTS, seconds=1.5)
            rates, durations = defaultdict(list), defaultdict(list)
            for clients, rounds in ((CLIENTS, ROUNDS), (4, 2)):
                for _ in range(rounds):
                    for path in (FLOOR, PRODUCT):
                        outcome = _round(
                            place, path, cookies, questions, clients=clients, seconds=SECONDS
                        )
                        rates[path, clients].append(outcome.per_second)
                        durations[path, clients] += outcome.seconds
    ratio = median(rates[PRODUCT, CLIENTS]) / median(rates[FLOOR, CLIENTS])
    return Measure(
        name=f"answer_vs_floor_{engine}",
        value=ratio,
        unit="ratio",
        goal=">= 0.5",
        n=len(durations[PRODUCT, CLIENTS]),
        detail={
            f"{name}_{clients}_clients": {
                "per_second": round(median(rates[path, clients]), 1),
                **milliseconds(durations[path, clients]),
            }
            for name, path in (("answer", PRODUCT), ("floor", FLOOR))
            for clients in (4, CLIENTS)
        }
        | {"rounds": ROUNDS, "seconds_a_round": SECONDS},
    )


def _round(
    place: Stage,
    path: str,
    cookies: list[str],
    questions: list[list[str]],
    *,
    clients: int,
    seconds: float,
) -> load.Outcome:
    """Put all cards back, then let `clients` connections answer them."""
    place.ask("replan", slug="bench-answers")
    scripts: list[list[bytes]] = [[] for _ in range(clients)]
    for number, cookie in enumerate(cookies):
        scripts[number % clients] += _requests(place.port, path, cookie, questions)
    return load.run(place.port, scripts, seconds=seconds)


def _requests(port: int, path: str, cookie: str, questions: list[list[str]]) -> list[bytes]:
    """Return one learner's answers to all cards, in the order of their queue."""
    answered = datetime.now(UTC)
    served = answered - timedelta(seconds=8)
    requests = []
    for number, (question, right, wrong) in enumerate(questions):
        body = {
            "question": question,
            "answer": {"option": wrong if number % WRONG_EVERY == 0 else right},
            "served_at": served.isoformat(),
            "answered_at": answered.isoformat(),
            "duration_ms": 8000,
        }
        headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "Idempotency-Key": str(uuid7())}
        requests.append(
            load.request("POST", path, port=port, headers=headers, body=json.dumps(body).encode())
        )
    return requests
