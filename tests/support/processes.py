"""The whole site as `manage.py serve` runs it, in a folder of its own, to be killed in parts."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from quizsite.embedded.process import die_with_parent
from tests.support.children import PYTHON, ROOT, end

KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Running:
    """A process as /proc shows it."""

    pid: int
    parent: int
    command: str


def running_processes() -> list[Running]:
    """Return all processes of this machine that can be seen."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError, IndexError, ValueError):
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            state, parent = stat.rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if state != "Z":
                found.append(Running(int(folder.name), int(parent), command))
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServedSite:
    """`manage.py serve` in `folder`; a context manager that leaves nothing behind.

    In production mode it starts empty (no course, no demo people) and soonest.
    """

    def __init__(self, folder: Path, *, production: bool = True, **variables: str) -> None:
        self.folder = folder
        self.port = free_port()
        mode = "production" if production else "development"
        self.environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {
            "QUIZSITE_ENV_FILE": os.devnull,
            "QUIZSITE_ENV": mode,
            "QUIZSITE_VAR": str(folder / "var"),
            "SECRET_KEY": "of a site that lives for one test and is then gone, all of it",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SECURE_SSL_REDIRECT": "off",
            "DJANGO_SETTINGS_MODULE": "quizsite.settings",
            **variables,
        }
        self._flags = ["--embedded"] if production else []
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def output(self) -> Path:
        return self.folder / "terminal.txt"

    def command(self, *arguments: str) -> list[str]:
        return [PYTHON, str(ROOT / "manage.py"), *arguments]

    def manage(self, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run another command on this site's data."""
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
        )

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command("serve", f"--port={self.port}", *self._flags),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )

    def stop(self) -> None:
        if self.process is not None:
            end(self.process, grace_seconds=15)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    # --- Looking -----------------------------------------------------------------------
    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a page; raises OSError when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def wait_for(self, path: str = "/healthz", *, seconds: float = 60) -> float:
        """Wait until `path` answers 200 and return after how long it did."""
        started = time.monotonic()
        last = "nothing"
        while time.monotonic() - started < seconds:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, body = self.get(path)
                if status == 200:
                    return time.monotonic() - started
                last = f"{status} {body[:300]!r}"
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(
            f"{path} never answered 200; last: {last}\n{self.output.read_text()[-3000:]}"
        )

    def checks(self) -> dict[str, str]:
        with contextlib.suppress(OSError, http.client.HTTPException):
            checks: dict[str, str] = json.loads(self.get("/readyz")[1])["checks"]
            return checks
        return {}

    def family(self) -> dict[str, list[int]]:
        """Return the process ids by role: supervisor, broker, web, web_worker, worker, ..."""
        assert self.process is not None
        top = self.process.pid
        everyone = running_processes()
        roles: dict[str, list[int]] = {"supervisor": [top]}
        names = {
            "valkey": "broker",
            "serve.web": "web",
            "--queues=bulk ": "bulk",
            " worker ": "worker",
            " beat ": "beat",
        }
        for one in everyone:
            role = next((r for sign, r in names.items() if sign in one.command), None)
            if one.parent == top and role:
                roles.setdefault(role, []).append(one.pid)
                below = [other.pid for other in everyone if other.parent == one.pid]
                if role in ("web", "worker", "bulk"):
                    roles.setdefault("web_worker" if role == "web" else "pool", []).extend(below)
        return roles

    def kill(self, pid: int, number: int = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@contextlib.contextmanager
def served_site(folder: Path, *, production: bool = True, **more: str) -> Iterator[ServedSite]:
    """Serve from `folder` for the length of the block, ready from its first line on."""
    with ServedSite(folder, production=production, **more) as site:
        site.wait_for("/readyz")
        yield site


def wait_until(condition, *, seconds: float = 20.0) -> None:
    """Wait until `condition()` is true; AssertionError when it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"still not true after {seconds} s"
        time.sleep(0.05)
