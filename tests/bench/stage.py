"""Where a measure plays: a folder, a database, Valkey, and the product's app server."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizsite.embedded import postgres, valkey
from quizsite.embedded.process import die_with_parent
from tests.bench.reporting import ROOT

PRODUCTION_POSTGRES = {"shared_buffers": "256MB"}


@dataclass
class Stage:
    """A prepared site. `environment` is what its processes are started with."""

    folder: Path
    environment: dict[str, str]
    engine: str
    port: int = 0
    _dataset: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def ask(self, command: str, **arguments: Any) -> Any:
        """Have the stage's dataset process do something and return its answer."""
        if not self._dataset:
            self._dataset.append(self._start_dataset())
        process = self._dataset[0]
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps([command, arguments]) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            log = (self.folder / "dataset.log").read_text(errors="replace")
            raise RuntimeError(f"The dataset process ended at {command}:\n{log[-3000:]}")
        return json.loads(answer)

    def _start_dataset(self) -> "subprocess.Popen[str]":
        with (self.folder / "dataset.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.bench.dataset"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=die_with_parent(),
            )

    def close(self) -> None:
        for process in self._dataset:
            assert process.stdin
            process.stdin.close()
            process.wait(60)


@contextmanager
def stage(engine: str, *, shipped_course: bool = False) -> Iterator[Stage]:
    """Yield a site on `engine` ("sqlite" or "postgres") in a folder on the checkout's disk.

    Its database is empty unless `shipped_course` asks for that course and the pages' files.
    """
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=build))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        environment = {
            key: value
            for key, value in os.environ.items()
            if key in {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}
        } | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "QUIZSITE_ENV_FILE": os.devnull,
            "QUIZSITE_ENV": "development",
            "QUIZSITE_VAR": str(folder),
            "MALLOC_ARENA_MAX": "2",
        }
        if engine == "postgres":
            server = stack.enter_context(
                postgres.running(durable=True, options=PRODUCTION_POSTGRES)
            )
            environment["DATABASE_URL"] = server.url("postgres")
        socket_folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizsite-")))
        environment["REDIS_URL"] = f"unix://{socket_folder / 'valkey.sock'}"
        log = stack.enter_context((folder / "valkey.log").open("ab"))
        broker = valkey.start(socket_folder / "valkey.sock", folder / "valkey", log)
        stack.callback(stop, broker)
        made = Stage(folder, environment, engine)
        stack.callback(made.close)
        made.ask("prepare", shipped_course=shipped_course)
        yield made


@contextmanager
def serving(stage: Stage) -> Iterator[int]:
    """Run the product's app server on the stage; yield its port."""
    port = free_port()
    threads = "1" if stage.engine == "sqlite" else "2"
    with (stage.folder / "web.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "quizsite.serve.web", f"--port={port}", f"--threads={threads}"],
            cwd=ROOT,
            env=stage.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
    try:
        wait_for(port, server)
        stage.port = port
        yield port
    finally:
        stop(server)


def wait_for(port: int, server: "subprocess.Popen[bytes]", *, seconds: float = 60.0) -> None:
    """Return when /healthz answers; raise when the server ends or stays silent."""
    deadline = time.monotonic() + seconds
    while fetch(port, "/healthz") != 200:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The app server does not answer; its log is web.log.")
        time.sleep(0.02)


def fetch(port: int, path: str, headers: dict[str, str] | None = None) -> int:
    """Return the status of a GET, 0 if nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "localhost"} | (headers or {}))
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop(process: "subprocess.Popen[bytes]", *, seconds: float = 15.0) -> None:
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
