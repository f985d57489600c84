"""The processes of the site: what each runs, and in which order they stop."""

import sys
from pathlib import Path

from django.conf import settings

from quizsite.embedded import valkey
from quizsite.embedded.folders import FolderNotOurs, make_own_folder
from quizsite.serve.plan import Child
from quizsite.serve.preflight import CannotServe

# glibc gives every thread a heap of its own, most of it empty: two are enough for us.
LEAN = {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
# Imports and fits take minutes: they have a worker of their own and hold nobody up.
SOON, LATER = "plan,deliver,mail", "bulk"


def children(*, host: str, port: int, workers: int, folder: Path) -> list[Child]:
    """Return all processes of one machine, in the order of their start."""
    broker = [_broker(folder)] if settings.REDIS_IS_EMBEDDED else []
    return [
        *broker,
        _web(host, port, workers),
        _worker("worker", SOON, processes=2),
        _worker("bulk", LATER, processes=1, own_process=True),
        _beat(),
    ]


def _broker(folder: Path) -> Child:
    socket = settings.EMBEDDED_REDIS_SOCKET
    data = folder / "valkey"
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        make_own_folder(socket.parent)
    except FolderNotOurs as refusal:
        raise CannotServe(str(refusal)) from refusal
    return Child(
        "broker", valkey.command(socket, data), stop_rank=3, stop_seconds=1.0, on_terminal=False
    )


def _web(host: str, port: int, workers: int) -> Child:
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    # SQLite has one writer: more threads only wait for each other (p99 of a second).
    threads = 1 if on_sqlite else 2
    command = [
        sys.executable, "-m", "quizsite.serve.web", f"--host={host}", f"--port={port}",
        f"--workers={workers}", f"--threads={threads}",
    ]  # fmt: skip
    return Child("web", command, stop_rank=1, stop_seconds=3.5, environment=LEAN)


def _worker(name: str, queues: str, *, processes: int, own_process: bool = False) -> Child:
    """Return a worker; with `own_process` each task has a process, which gives its memory back."""
    command = [
        sys.executable, "-m", "celery", "--quiet", "-A", "quizsite", "worker",
        f"--hostname={name}@%h", f"--queues={queues}", f"--concurrency={processes}",
        "--prefetch-multiplier=1", "--without-gossip", "--without-mingle", "--loglevel=WARNING",
    ]  # fmt: skip
    if own_process:
        command.append("--max-tasks-per-child=1")
    return Child(name, command, stop_rank=2, stop_seconds=4.0, after_web=True, environment=LEAN)


def _beat() -> Child:
    # Its times need no memory: it says "look" every few seconds, and rows say what is due.
    command = [
        sys.executable, "-m", "celery", "--quiet", "-A", "quizsite", "beat",
        "--scheduler=celery.beat:Scheduler", "--pidfile=", "--loglevel=WARNING",
    ]  # fmt: skip
    return Child("beat", command, stop_rank=1, stop_seconds=3.5, after_web=True, environment=LEAN)
