"""A real broker, workers and beats on the test's own database, to be killed and started again."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from redis import Redis

from courses.common import outbox
from quizsite.embedded import valkey
from tests.support import jobs
from tests.support.children import PYTHON, celery_worker_command, environment, running
from tests.support.processes import wait_until


class Machines:
    """The processes of one test, each with a log in `folder`; mails are files in `mails`."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.socket = folder / "broker.sock"
        self.mails = folder / "mails"
        self._folder = folder
        self._stack = stack
        self._environment = environment(
            QUIZSITE_TEST_REDIS_URL=f"unix://{self.socket}",
            QUIZSITE_TEST_SWEEP_SECONDS="0.5",
            QUIZSITE_TEST_DRILL_JOBS="1",
            QUIZSITE_TEST_EMAIL_URL=f"filemail:///{self.mails}",
        )

    def _run(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        log = self._folder / f"{name}.log"
        return self._stack.enter_context(running(command, log=log, env=self._environment))

    def broker(self) -> "subprocess.Popen[bytes]":
        process = self._run("broker", valkey.command(self.socket, self._folder))
        wait_until(lambda: valkey.answers(self.socket))
        return process

    def empty_broker(self) -> None:
        with Redis(unix_socket_path=str(self.socket)) as client:
            client.flushall()

    def worker(self, concurrency: int = 2) -> "subprocess.Popen[bytes]":
        return self._run("worker", self._worker_command(concurrency))

    def kept_worker(self) -> None:
        """Run a worker that is started again when it ends, as `manage.py serve` does.

        Where the broker goes while a message is in hand, Celery's worker may end with an error:
        kombu 5.7 has no connection any more with which to put the message back.
        """
        self._run("worker", [PYTHON, "-m", "tests.support.keeper", *self._worker_command(2)])

    def _worker_command(self, concurrency: int) -> list[str]:
        command = celery_worker_command(concurrency=concurrency, queues="plan,deliver,mail,bulk")
        return [*command, "--include=tests.support.jobs"]

    def beat(self) -> "subprocess.Popen[bytes]":
        command = [PYTHON, "-m", "celery", "-A", "quizsite", "beat", "--pidfile=",
                   "--scheduler=celery.beat:Scheduler"]  # fmt: skip
        return self._run("beat", command)

    def kill_and_empty_broker(self, broker: "subprocess.Popen[bytes]") -> None:
        """Kill it and remove what it had on disk."""
        broker.kill()
        broker.wait()
        for file in self._folder.glob("appendonlydir/*"):
            file.unlink()

    def sent_mails(self) -> list[str]:
        """Return the mails that the workers sent, the headers included."""
        found = [file.read_text(encoding="utf-8") for file in sorted(self.mails.glob("*"))]
        return [mail for text in found for mail in text.split("-" * 79) if mail.strip()]


@contextmanager
def machines_in(folder: Path) -> Iterator[Machines]:
    """Machines for the length of the block, with the drills' job kinds known here too."""
    jobs.register()
    try:
        with ExitStack() as stack:
            yield Machines(folder, stack)
    finally:
        for kind in jobs.KINDS:
            outbox.unregister(kind)
