"""cold_start_s and memory_mb: the whole embedded set-up, as `make run` starts it."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizsite.embedded.process import die_with_parent
from tests.bench.reporting import ROOT, Measure
from tests.bench.stage import fetch, free_port, stop

PAGES = ("/", "/account/login/", "/account/signup/", "/healthz", "/readyz")


def cold_start() -> Measure:
    """Return the seconds from `make run` on an empty folder to the first page."""
    starts, again = [], []
    for _ in range(3):
        with _folder() as folder:
            for seconds in (starts, again):
                with _running(folder) as (_process, port, began):
                    _await_page(port, began)
                    seconds.append(time.monotonic() - began)
    return Measure(
        name="cold_start_s",
        value=sorted(starts)[1],
        unit="s",
        goal="<= 10",
        n=len(starts),
        detail={
            "first_starts_s": [round(value, 2) for value in starts],
            "second_starts_s": [round(value, 2) for value in again],
            "goal_second_start_s": "<= 5",
        },
    )


def memory() -> Measure:
    """Return the memory of all processes, shared pages divided among those that share them."""
    with _folder() as folder, _running(folder) as (process, port, began):
        _await_page(port, began)
        _await_ready(port, began)
        for _ in range(20):
            for page in PAGES:
                fetch(port, page)
        time.sleep(3)
        by_process = _pss_by_process(process.pid)
    return Measure(
        name="memory_mb",
        value=sum(by_process.values()),
        unit="MB",
        goal="<= 600",
        n=len(by_process),
        detail={name: round(value, 1) for name, value in sorted(by_process.items())},
    )


@contextmanager
def _folder() -> Iterator[Path]:
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=build))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int, float]]:
    """Run `make run` with its data in `folder`; yield it, its port and when it began."""
    port = free_port()
    environment = {
        key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "TMPDIR"}
    } | {"QUIZSITE_VAR": str(folder), "QUIZSITE_ENV": "development", "PORT": str(port)}
    with (folder / "make-run.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            ["make", "--no-print-directory", "run"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
    try:
        yield process, port, began
    finally:
        for child in _descendants(process.pid)[1:]:
            if "quizsite.serve" in _command(child) and "serve.web" not in _command(child):
                os.kill(child, 15)  # make would not pass its signal on
        stop(process, seconds=30)


def _await_page(port: int, began: float) -> None:
    while fetch(port, "/") != 200:
        if time.monotonic() - began > 120:
            raise RuntimeError("make run shows no page after two minutes.")
        time.sleep(0.02)


def _await_ready(port: int, began: float) -> None:
    """Return once the worker has given its sign of life too."""
    while fetch(port, "/readyz") != 200:
        if time.monotonic() - began > 180:
            raise RuntimeError("The site does not get ready: /readyz says no.")
        time.sleep(0.2)


def _pss_by_process(root: int) -> dict[str, float]:
    """Return the proportional set size in MB of every process below `root`, by what it runs."""
    sizes: dict[str, float] = {}
    for pid in _descendants(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        size = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
        sizes[f"{_label(pid)} {pid}"] = size / 1024
    return sizes


def _descendants(root: int) -> list[int]:
    """Return `root` and all processes below it."""
    found = [root]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text(encoding="ascii").split()]
            except OSError:
                continue
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _label(pid: int) -> str:
    command = _command(pid)
    signs = {"valkey-server": "broker", "serve.web": "web", " worker ": "worker",
             " beat ": "beat", "quizsite.serve": "supervisor", "make": "make"}  # fmt: skip
    return next((name for sign, name in signs.items() if sign in command), command[:40])
