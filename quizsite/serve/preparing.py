"""Brings database, static files, the shipped course and the demo people up to date.

Everything here is fast when there is nothing to do: a second start must take no time.
"""

import hashlib
import io
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from quizsite.serve.preflight import CannotServe

COURSE = settings.BASE_DIR / "fixtures" / "japan-russia-policy"


class Preparation:
    """What was prepared before, kept in a file, and what is to be done now."""

    def __init__(self, folder: Path, *, say: Callable[[str], object]) -> None:
        self._say = say
        self._file = folder / "run" / "prepared.json"
        try:
            self._done: dict[str, str] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._done = {}
        self.demo_words = ""

    def run(self, *, course: bool, demo: bool) -> None:
        """Do what is to be done. Raises CannotServe with a sentence."""
        collecting = self._start_collecting()
        try:
            fresh = self._migrate()
            if fresh:
                self._forget("course", "demo")
            if course:
                self._import_course()
            if demo:
                self._load_demo()
        finally:
            connection.close()
            if collecting is not None:
                collecting.join()
        if collecting is not None:
            if collecting.exitcode:
                raise CannotServe("Collecting the static files failed; the lines above say why.")
            self._remember("static", self._static_digest)

    # --- Static files, on the second processor while the first migrates -----------------
    def _start_collecting(self) -> multiprocessing.process.BaseProcess | None:
        self._static_digest = digest_of(_static_sources())
        if self._done.get("static") == self._static_digest and settings.STATIC_ROOT.is_dir():
            return None
        process = multiprocessing.get_context("fork").Process(target=_collect)
        process.start()
        return process

    # --- Database ------------------------------------------------------------------------
    def _migrate(self) -> bool:
        """Apply missing migrations; return whether the database was empty."""
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError as error:
            raise CannotServe(f"The database cannot be opened: {error}") from None
        _refuse_newer(executor)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        fresh = not executor.loader.applied_migrations
        if plan:
            self._say("Preparing the database." if fresh else "Bringing the database up to date.")
            call_command("migrate", interactive=False, verbosity=0)
        return fresh

    # --- Course and people -----------------------------------------------------------------
    def _import_course(self) -> None:
        if not (COURSE / "course.yaml").is_file():
            raise CannotServe(
                f"The shipped course is missing: {COURSE} has no course.yaml. "
                "Get it back with `git checkout fixtures`."
            )
        digest = digest_of(file for file in sorted(COURSE.rglob("*")) if file.is_file())
        if self._done.get("course") == digest:
            return
        report = io.StringIO()
        try:
            call_command("import_course", str(COURSE), stdout=report)
        except CommandError as error:
            raise CannotServe(f"The shipped course could not be imported: {error}") from None
        self._remember("course", digest)

    def _load_demo(self) -> None:
        if "demo" in self._done:
            return
        words = io.StringIO()
        call_command("load_demo", stdout=words)
        self.demo_words = words.getvalue().strip()
        self._remember("demo", "loaded")

    # --- Memory --------------------------------------------------------------------------
    def _remember(self, what: str, value: str) -> None:
        self._done[what] = value
        fresh = self._file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(self._done), encoding="utf-8")
        fresh.replace(self._file)

    def _forget(self, *names: str) -> None:
        for name in names:
            self._done.pop(name, None)


def _refuse_newer(executor: MigrationExecutor) -> None:
    on_disk = executor.loader.disk_migrations or {}
    known = set(on_disk).union(*(migration.replaces for migration in on_disk.values()))
    apps = {label for label, _ in known}
    newer = sorted(
        f"{label}.{name}"
        for label, name in executor.loader.applied_migrations
        if label in apps and (label, name) not in known
    )
    if newer:
        raise CannotServe(
            f"The database was written by a newer version of the site (it has {newer[-1]}). "
            "Update the site, or name another folder in QUIZSITE_VAR."
        )


def _collect() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the parent
    call_command("collectstatic", interactive=False, verbosity=0)


def _static_sources() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list(None):
            yield Path(storage.path(path))


def digest_of(files: Iterable[Path]) -> str:
    """Return a digest of the files' names, sizes and times of change, not of their content."""
    digest = hashlib.sha256()
    for file in files:
        stat = file.stat()
        digest.update(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
