"""Processes that a test starts: their environment, and the promise that they end with it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from quizsite.embedded.process import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable


def environment(**more: str) -> dict[str, str]:
    """Return the environment in which a child sees this test's database, broker and clock.

    Keywords add variables. A setting that comes from the environment is passed as
    QUIZSITE_TEST_<NAME> (see quizsite.settings_test).
    """
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "quizsite.settings_test",
        "QUIZSITE_TEST_VAR": str(settings.VAR_DIR),
        "QUIZSITE_TEST_DATABASE_URL": database_url(),
        "QUIZSITE_TEST_REDIS_URL": settings.REDIS_URL,
        **more,
    }


def database_url() -> str:
    """Return the DATABASE_URL of the test database that this process uses."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    host = f"/{chosen['HOST']}" if str(chosen["HOST"]).startswith("/") else chosen["HOST"]
    port = f":{chosen['PORT']}" if chosen["PORT"] else ""
    password = f":{chosen['PASSWORD']}" if chosen["PASSWORD"] else ""
    return f"postgres://{chosen['USER']}{password}@{host}{port}/{chosen['NAME']}"


@contextmanager
def running(
    command: Sequence[str], *, log: Path, env: dict[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `command` for the length of the block, its output in `log`; then end it for sure."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
    try:
        yield process
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]", *, grace_seconds: float = 10.0) -> None:
    """Ask `process` to stop, and kill it when it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def celery_worker_command(*, concurrency: int = 1, queues: str | None = None) -> list[str]:
    """Return the command line of a real Celery worker, as the product runs it."""
    command = [PYTHON, "-m", "celery", "-A", "quizsite", "worker", "--loglevel=INFO",
               "--without-gossip", "--without-mingle", f"--concurrency={concurrency}"]  # fmt: skip
    return [*command, f"--queues={queues}"] if queues else command
