"""Starts the children, starts again those that die, and stops them all in order.

Imports neither Django nor a server: this process stays small and has little to fail by.
"""

import contextlib
import http.client
import os
import signal
import subprocess
import time
from pathlib import Path
from types import FrameType

from quizsite.embedded import valkey
from quizsite.embedded.process import die_with_parent
from quizsite.serve.output import MergedLog, Spool
from quizsite.serve.plan import Child, Plan

TICK_SECONDS = 0.1
FIRST_BACKOFF = 0.25
LONGEST_BACKOFF = 10.0
# A child that lived this long was well: its next death starts the backoff anew.
WELL_AFTER = 10.0
# A site that never answered and died this often will not answer the next time either.
HOPELESS_STARTS = 4
BROKER_WAIT = 10.0


class Supervised:
    """One child: its process, its output, and when to start it (again)."""

    def __init__(self, child: Child, spool: Spool) -> None:
        self.child = child
        self.spool = spool
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.start_at: float | None = None
        self.deaths = 0
        self._backoff = FIRST_BACKOFF

    def start(self) -> None:
        self.start_at = None
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.child.command,
            stdin=subprocess.DEVNULL,
            stdout=self.spool.descriptor,
            stderr=subprocess.STDOUT,
            env=os.environ | self.child.environment,
            # A group of its own: Ctrl-C reaches only the supervisor, a kill all of the group.
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def schedule(self) -> float:
        """Plan the next start after a death and return the wait in seconds."""
        self.deaths += 1
        self.signal(signal.SIGKILL)  # what the dead one left of its group
        if time.monotonic() - self.started > WELL_AFTER:
            self._backoff = FIRST_BACKOFF
        wait, self._backoff = self._backoff, min(self._backoff * 2, LONGEST_BACKOFF)
        self.process = None
        self.start_at = time.monotonic() + wait
        return wait

    def signal(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def describe_end(status: int) -> str:
    """Return how a process ended, from its return code."""
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"was killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"was killed by signal {-status}"


class Supervisor:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        folder = Path(plan.folder)
        (folder / "log").mkdir(parents=True, exist_ok=True)
        (folder / "run").mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log = MergedLog(folder / "log" / "serve.log")
        self.supervised = [
            Supervised(child, Spool(folder / "run" / f"{child.name}.out"))
            for child in plan.children
        ]
        self.answered = False
        self._words = plan.must_be_seen
        self._stops = 0
        self._next_probe = 0.0

    def run(self) -> int:
        """Run until a signal asks to stop; return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        status = 0
        try:
            self._start_first()
            while not self._stops:
                self._tick()
                if self._hopeless():
                    status = 1
                    break
                time.sleep(TICK_SECONDS)
        finally:
            self._stop_all()
            self._greet()  # what must be seen, even when the site never answered
            self.log.flush()
        return status

    def say(self, sentence: str) -> None:
        self.log.write("serve", sentence)
        self.log.flush()

    # --- Starting and watching ---------------------------------------------------------
    def _start_first(self) -> None:
        for one in self.supervised:
            if one.child.after_web:
                continue
            self._start(one)
            if one.child.name == "broker":
                self._await_broker()

    def _await_broker(self) -> None:
        deadline = time.monotonic() + BROKER_WAIT
        while not valkey.answers(Path(self.plan.broker_socket)):
            if time.monotonic() > deadline or self._stops:
                return  # the site answers without it; the backoff goes on trying
            time.sleep(0.01)

    def _tick(self) -> None:
        now = time.monotonic()
        for one in self.supervised:
            self._copy_output(one)
            if one.process is not None and not one.alive:
                assert one.process.returncode is not None
                self._start_later(one, describe_end(one.process.returncode))
            elif one.start_at is not None and now >= one.start_at:
                self._start(one)
        if not self.answered and now >= self._next_probe:
            self._probe(now)
        self.log.flush()

    def _copy_output(self, one: Supervised) -> None:
        for line in one.spool.new_lines():
            self.log.write(one.child.name, line, on_terminal=one.child.on_terminal)

    def _start(self, one: Supervised) -> None:
        try:
            one.start()
        except OSError as error:  # no memory or no process to be had: it may pass
            self._start_later(one, f"could not be started ({error.strerror})")

    def _start_later(self, one: Supervised, what: str) -> None:
        wait = one.schedule()
        self.say(f"{one.child.name} {what}; starting it again in {wait:g} s.")

    def _probe(self, now: float) -> None:
        self._next_probe = now + 0.1
        connection = http.client.HTTPConnection(self.plan.host, self.plan.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()
        if status < 500:
            self.answered = True
            for one in self.supervised:
                if one.process is None and one.start_at is None:
                    self._start(one)
            self._words = self.plan.greeting
            self._greet()

    def _greet(self) -> None:
        self.log.show(self._words)
        self._words = ""
        self.log.flush()

    def _hopeless(self) -> bool:
        web = next(one for one in self.supervised if one.child.name == "web")
        if self.answered or web.deaths < HOPELESS_STARTS:
            return False
        self._copy_output(web)
        log = Path(self.plan.folder) / "log" / "serve.log"
        self.say(f"The web server does not start; its last lines are above and in {log}.")
        return True

    # --- Stopping ----------------------------------------------------------------------
    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stops += 1

    def _stop_all(self) -> None:
        if any(one.alive for one in self.supervised):
            self.say("Stopping; once more Ctrl-C stops at once.")
        asked = self._stops
        for rank in sorted({one.child.stop_rank for one in self.supervised}):
            group = [one for one in self.supervised if one.child.stop_rank == rank]
            for one in group:
                one.signal(signal.SIGTERM)
            deadline = time.monotonic() + max(one.child.stop_seconds for one in group)
            while any(one.alive for one in group) and time.monotonic() < deadline:
                if self._stops > asked:
                    break
                time.sleep(0.02)
            for one in group:
                one.signal(signal.SIGKILL)
                if one.process is not None:
                    one.process.wait()
        for one in self.supervised:
            for line in one.spool.rest():
                self.log.write(one.child.name, line, on_terminal=one.child.on_terminal)
        self.say("Stopped.")
