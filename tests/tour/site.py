"""The site as `manage.py serve` runs it, in a folder of its own, with the demo people and class."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizsite.embedded.process import die_with_parent
from tests.bench.reporting import ROOT
from tests.bench.stage import free_port, wait_for

KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Site:
    """A site that answers at `url`."""

    url: str
    environment: dict[str, str]

    def people(self, *, language: str = "en") -> dict[str, Any]:
        """Return the cookies of the demo student and teacher, and the paths of the pages."""
        output = self._run("-m", "tests.tour.people", "--language", language)
        answer: dict[str, Any] = json.loads(output.splitlines()[-1])
        return answer

    def load_class(self) -> None:
        """Make whoever of the demo class the worker has not made yet."""
        self._run("manage.py", "load_demo_class")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout


@contextmanager
def touring(name: str) -> Iterator[Site]:
    """Serve the site in a fresh folder under build/ on a free port; yield it with its demo class.

    DEBUG is off, and the static files are the collected, hashed and compressed ones: what
    differs from production is that SQLite and plain HTTP on this machine are enough. What the site
    said is kept in build/NAME-failed.log where something goes wrong.
    """
    (ROOT / "build").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=ROOT / "build"))
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key in KEPT} | {
        "DJANGO_SETTINGS_MODULE": "quizsite.settings",
        "QUIZSITE_ENV_FILE": os.devnull,
        "QUIZSITE_ENV": "development",
        "QUIZSITE_VAR": str(folder),
        "SITE_URL": f"http://localhost:{port}",
    }
    with (folder / "serve.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={port}"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
    try:
        wait_for(port, server)
        site = Site(f"http://localhost:{port}", environment)
        site.load_class()
        yield site
    except Exception:
        shutil.copy(folder / "serve.log", ROOT / "build" / f"{name}-failed.log")
        raise
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
