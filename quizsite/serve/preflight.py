"""What must hold before anything is started, each said in one sentence when it does not."""

import errno
import fcntl
import os
import socket
import time
from pathlib import Path

# A supervisor that was killed leaves a server that is just ending.
PORT_PATIENCE_SECONDS = 1.5


class CannotServe(Exception):
    """A sentence for the person at the terminal."""


def check_writable(folder: Path) -> None:
    """Raise CannotServe unless files can be made in `folder`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotServe(
            f"The folder {folder} cannot be written to ({error.strerror}): make it writable, "
            "or name another in QUIZSITE_VAR."
        ) from None


def take_lock(folder: Path) -> int:
    """Return a descriptor that holds the only right to serve from `folder`; CannotServe if taken.

    The kernel frees it with the last process that has it open, however that ends.
    """
    path = folder / "run" / "serve.lock"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(descriptor)
        raise CannotServe(
            f"The site already runs from {folder} (process {holder}): stop that one first, "
            "or name another folder in QUIZSITE_VAR."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
    return descriptor


def check_port(host: str, port: int) -> None:
    """Raise CannotServe unless `host`:`port` can be listened on."""
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    while True:
        try:
            _bind(host, port)
        except PermissionError:
            raise CannotServe(
                f"Port {port} is reserved for the system; choose one above 1023, for example "
                '`make run ARGS="--port 8001"`.'
            ) from None
        except OSError as error:
            if time.monotonic() < deadline:
                time.sleep(0.1)
                continue
            if error.errno == errno.EADDRINUSE:
                another = port + 1 if port < 65535 else 8001
                raise CannotServe(
                    f"Port {port} is in use by another program. Stop it or run "
                    f'`make run ARGS="--port {another}"`.'
                ) from None
            raise CannotServe(
                f"The site cannot listen on {host}:{port}: {error.strerror}."
            ) from None
        return


def _bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)
