"""The kill drill: answers over HTTP while the site's processes are killed at random.

    python -m tests.drills.kill [--answers 5000] [--kills 50] [--seed 1]

Prints one JSON line; status 1 unless no acknowledged answer is lost, none is there twice,
and every card is the fold of its log.
"""

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from courses.common.ids import new_id
from tests.support.children import PYTHON, ROOT
from tests.support.processes import ServedSite, served_site

# Who is killed how often: those that hold answers in their hands the most.
WEIGHTS = {"web_worker": 4, "web": 1, "worker": 2, "bulk": 1, "pool": 2, "beat": 1, "broker": 2}
CLIENTS = 8
GIVE_UP_SECONDS = 120
CSRF = "d" * 32


@dataclass
class Progress:
    """What the clients have done so far, shared between threads."""

    acknowledged: list[dict[str, str]] = field(default_factory=list)
    retries: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Answering(threading.Thread):
    """A client that answers and, when nothing comes back, sends the same again."""

    def __init__(
        self,
        site: ServedSite,
        learners: list[dict[str, str]],
        questions: list[dict[str, Any]],
        answers: int,
        progress: Progress,
        seed: int,
    ) -> None:
        super().__init__(daemon=True)
        self._site = site
        self._learners = learners
        self._questions = questions
        self._answers = answers
        self._progress = progress
        self._rng = random.Random(seed)
        self._connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        try:
            for _ in range(self._answers):
                self._answer_one()
        except Exception as error:
            with self._progress.lock:
                self._progress.failures.append(f"{type(error).__name__}: {error}")

    def _answer_one(self) -> None:
        learner = self._rng.choice(self._learners)
        question = self._rng.choice(self._questions)
        review = str(new_id())
        right = "right" if self._rng.random() < 0.7 else "wrong"
        body = json.dumps(
            {
                "question": question["id"],
                "answer": question[right],
                "answered_at": datetime.now(UTC).isoformat(),
                "duration_ms": 4000,
            }
        )
        self._send_until_acknowledged(learner, review, body)
        if self._rng.random() < 0.05:  # a page that heard the answer and did not believe it
            self._send_until_acknowledged(learner, review, body)
        with self._progress.lock:
            self._progress.acknowledged.append(
                {"learner": learner["id"], "question": question["id"], "review": review}
            )

    def _send_until_acknowledged(self, learner: dict[str, str], review: str, body: str) -> None:
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while True:
            try:
                status, text = self._send(learner, review, body)
            except (OSError, http.client.HTTPException) as error:
                self._hang_up()
                status, text = 0, type(error).__name__
            if status == 200:
                return
            if 400 <= status < 500 and status not in (409, 429):
                raise AssertionError(f"refused with {status}: {text[:500]}")
            with self._progress.lock:
                self._progress.retries[text if status == 0 else str(status)] += 1
            if time.monotonic() > deadline:
                raise AssertionError(f"no answer for {GIVE_UP_SECONDS} s; last {status} {text}")
            time.sleep(0.05 + 0.1 * self._rng.random())

    def _send(self, learner: dict[str, str], review: str, body: str) -> tuple[int, str]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._site.port, timeout=30)
        headers = {
            "Host": "localhost",
            "Content-Type": "application/json",
            "Cookie": f"sessionid={learner['session']}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Idempotency-Key": review,
        }
        self._connection.request("POST", "/api/v1/reviews/answer", body, headers)
        response = self._connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def kill_at_random(
    site: ServedSite, progress: Progress, *, kills: int, answers: int, rng: random.Random
) -> Counter[str]:
    """Kill `kills` processes, spread over the answers; return how many of which role."""
    marks = sorted(rng.uniform(0.01, 0.97) * answers for _ in range(kills))
    killed: Counter[str] = Counter()
    for mark in marks:
        while len(progress.acknowledged) < mark and not progress.failures:
            time.sleep(0.005)
        while not progress.failures:
            family = site.family()
            role = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            if family.get(role):
                site.kill(rng.choice(family[role]))
                killed[role] += 1
                break
            time.sleep(0.02)
    return killed


def on_site_data(site: ServedSite, *arguments: str, given: str = "") -> Any:
    """Run tests.drills.learners on the site's data and return what it printed."""
    done = subprocess.run(
        [PYTHON, "-m", "tests.drills.learners", *arguments],
        cwd=ROOT,
        env=site.environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    return json.loads(done.stdout)


def drill(
    folder: Path, *, answers: int, kills: int, seed: int, clients: int = CLIENTS
) -> dict[str, Any]:
    """Run the drill in `folder` and return its figures; raises AssertionError if a client fails."""
    rng = random.Random(seed)
    with served_site(folder, SWEEP_SECONDS="1") as site:
        made = on_site_data(site, "make", f"--learners={clients * 2}", "--questions=40")
        progress = Progress()
        shares = [answers // clients + (n < answers % clients) for n in range(clients)]
        threads = [
            Answering(
                site,
                made["learners"][2 * n : 2 * n + 2],
                made["questions"],
                share,
                progress,
                seed * 1000 + n,
            )
            for n, share in enumerate(shares)
        ]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        killed = kill_at_random(site, progress, kills=kills, answers=answers, rng=rng)
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - started
        assert not progress.failures, progress.failures[:3]
        site.wait_for("/readyz", seconds=60)
        counted = on_site_data(site, "count", given=json.dumps(progress.acknowledged))
    return {
        "drill": "kill",
        "seed": seed,
        "kills": killed.total(),
        "kills_by_role": dict(sorted(killed.items())),
        "retries": dict(progress.retries.most_common()),
        "seconds": round(seconds, 1),
        **counted,
    }


def is_clean(figures: dict[str, Any]) -> bool:
    """Return whether nothing was lost, doubled, invented or folded wrongly."""
    wrong = ("lost", "twice", "never_sent", "cards_off_their_log")
    return not any(figures[name] for name in wrong) and figures["kept"] == figures["acknowledged"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quizsite-drill-") as folder:
        figures = drill(
            Path(folder), answers=options.answers, kills=options.kills, seed=options.seed
        )
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if is_clean(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
