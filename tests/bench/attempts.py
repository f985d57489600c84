"""attempt_answer_vs_floor_*: a quiz over HTTP, from its start to handing in, on both engines.

The ratio is that of answering a question in an attempt to the bare view that authenticates,
reads one row and writes two. Starting, saving and handing in twenty saved answers are told
beside it, with 4 and with 16 clients.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from uuid_utils.compat import uuid7

from tests.bench import load
from tests.bench.dataset import CSRF
from tests.bench.reporting import Measure, median, milliseconds
from tests.bench.stage import Stage, serving, stage

CLIENTS = 16
QUIZZES = 20
QUESTIONS_A_QUIZ = 20
ROUNDS = 5
SECONDS = 4.0
SLUG = "bench-attempts"
FLOOR = "/bench/answer"
WRONG_EVERY = 8

# What one learner can do: [attempt or quiz, its questions as [id, right, wrong]].
Work = list[Any]


def measure(engine: str) -> Measure:
    """Return the requests/s of answering with 16 clients, as a share of the floor's."""
    rates: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    durations: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    with stage(engine) as place:
        people, questions = place.ask(
            "populate", learners=CLIENTS, questions=QUIZZES * QUESTIONS_A_QUIZ, slug=SLUG
        )
        cookies = [cookie for _id, cookie in people]
        place.ask("quizzes", slug=SLUG, size=QUESTIONS_A_QUIZ)
        with serving(place):

            def run(name: str, clients: int, seconds: float = SECONDS, keep: bool = True) -> None:
                outcome = _ROUNDS[name](place, cookies, questions, clients, seconds)
                if keep:
                    rates[name, clients].append(outcome.per_second)
                    durations[name, clients].extend(outcome.seconds)

            for name in ("floor", "answer"):
                run(name, CLIENTS, 1.5, keep=False)
            for clients, rounds in ((CLIENTS, ROUNDS), (4, 2)):
                for _ in range(rounds):
                    for name in ("floor", "answer"):
                        run(name, clients)
                for name in ("start", "save", "submit"):
                    run(name, clients)
    ratio = median(rates["answer", CLIENTS]) / median(rates["floor", CLIENTS])
    return Measure(
        name=f"attempt_answer_vs_floor_{engine}",
        value=ratio,
        unit="ratio",
        goal=">= 0.5",
        n=len(durations["answer", CLIENTS]),
        detail={
            f"{name}_{clients}_clients": {
                "per_second": round(median(rates[name, clients]), 1),
                "n": len(durations[name, clients]),
                **milliseconds(durations[name, clients]),
            }
            for name in _ROUNDS
            for clients in (4, CLIENTS)
        }
        | {"rounds": ROUNDS, "seconds_a_round": SECONDS},
    )


def _floor(
    place: Stage, cookies: list[str], questions: Work, clients: int, seconds: float
) -> load.Outcome:
    place.ask("replan", slug=SLUG)
    requests = [
        [_post(place, cookie, FLOOR, _answer(*question)) for question in questions]
        for cookie in cookies
    ]
    return _run(place, requests, clients, seconds)


def _answering(
    place: Stage, cookies: list[str], questions: Work, clients: int, seconds: float
) -> load.Outcome:
    work = place.ask("reopen", slug=SLUG, kind="practice", saved=False)
    requests = [
        [
            _post(place, cookie, f"/api/v1/attempts/{attempt}/answers", _answer(*question, number))
            for attempt, asked in mine
            for number, question in enumerate(asked)
        ]
        for cookie, mine in zip(cookies, work, strict=True)
    ]
    return _run(place, requests, clients, seconds)


def _saving(
    place: Stage, cookies: list[str], questions: Work, clients: int, seconds: float
) -> load.Outcome:
    work = place.ask("reopen", slug=SLUG, kind="graded", saved=False)
    requests = [
        [
            _post(
                place,
                cookie,
                f"/api/v1/attempts/{attempt}/saved",
                {"question": question, "answer": {"option": right}, "revision": 0},
            )
            for attempt, asked in mine
            for question, right, _wrong in asked
        ]
        for cookie, mine in zip(cookies, work, strict=True)
    ]
    return _run(place, requests, clients, seconds)


def _starting(
    place: Stage, cookies: list[str], questions: Work, clients: int, seconds: float
) -> load.Outcome:
    quizzes = place.ask("unstart", slug=SLUG)
    requests = [
        [_post(place, cookie, f"/api/v1/quizzes/{quiz}/attempts", {}) for quiz in quizzes]
        for cookie in cookies
    ]
    return _run(place, requests, clients, 10 * seconds)


def _submitting(
    place: Stage, cookies: list[str], questions: Work, clients: int, seconds: float
) -> load.Outcome:
    work = place.ask("reopen", slug=SLUG, kind="graded", saved=True)
    requests = [
        [_post(place, cookie, f"/api/v1/attempts/{attempt}/submit", {}) for attempt, _asked in mine]
        for cookie, mine in zip(cookies, work, strict=True)
    ]
    return _run(place, requests, clients, 10 * seconds)


_ROUNDS: dict[str, Callable[[Stage, list[str], Work, int, float], load.Outcome]] = {
    "floor": _floor,
    "answer": _answering,
    "start": _starting,
    "save": _saving,
    "submit": _submitting,
}


def _run(place: Stage, requests: list[list[bytes]], clients: int, seconds: float) -> load.Outcome:
    """Give each learner's requests to one of `clients` connections, and send them."""
    scripts: list[list[bytes]] = [[] for _ in range(clients)]
    for number, script in enumerate(requests):
        scripts[number % clients] += script
    return load.run(place.port, scripts, seconds=seconds)


def _answer(question: str, right: str, wrong: str, number: int = 1) -> dict[str, Any]:
    answered = datetime.now(UTC)
    return {
        "question": question,
        "answer": {"option": wrong if number % WRONG_EVERY == 0 else right},
        "served_at": (answered - timedelta(seconds=8)).isoformat(),
        "answered_at": answered.isoformat(),
        "duration_ms": 8000,
    }


def _post(place: Stage, cookie: str, path: str, body: dict[str, Any]) -> bytes:
    headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "Idempotency-Key": str(uuid7())}
    return load.request(
        "POST", path, port=place.port, headers=headers, body=json.dumps(body).encode()
    )
