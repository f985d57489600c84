"""A load generator of raw sockets and prepared requests, in processes of its own.

Nothing is parsed but the status and the length, so that the client costs a fraction of
what the server does. Each connection is kept alive and sends its next request when the
answer to the one before has come: a closed loop, as that many busy people would make.
"""

import multiprocessing
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

CONNECTIONS_PER_PROCESS = 4


@dataclass
class Outcome:
    """What one round of load gave: seconds per request, and what was not answered with 2xx."""

    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    failures: list[str] = field(default_factory=list)
    exhausted: bool = False

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


class LoadFailed(RuntimeError):
    """The server did not answer as it should; the message shows the first failure."""


def run(port: int, scripts: Sequence[Sequence[bytes]], *, seconds: float) -> Outcome:
    """Send each connection's script of requests, for at most `seconds`; return the outcome.

    Every script is one connection's. Raises LoadFailed unless every answer is a 2xx.
    """
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    groups = [
        scripts[i : i + CONNECTIONS_PER_PROCESS]
        for i in range(0, len(scripts), CONNECTIONS_PER_PROCESS)
    ]
    begin = context.Barrier(len(groups) + 1)
    processes = [
        context.Process(target=_process, args=(port, group, seconds, begin, results), daemon=True)
        for group in groups
    ]
    for process in processes:
        process.start()
    begin.wait(30)
    started = time.perf_counter()
    outcome = Outcome()
    for _ in processes:
        durations, failures, exhausted, ended = results.get()
        outcome.seconds += durations
        outcome.failures += failures
        outcome.exhausted |= exhausted
        outcome.elapsed = max(outcome.elapsed, ended - started)
    for process in processes:
        process.join()
    if outcome.failures:
        raise LoadFailed(f"{len(outcome.failures)} failed, the first: {outcome.failures[0]}")
    return outcome


def _process(port, group, seconds, begin, results) -> None:  # type: ignore[no-untyped-def]
    """Run one process's connections, each in a thread, and hand over what they saw."""
    durations: list[float] = []
    failures: list[str] = []
    exhausted: list[bool] = []
    connections = [_connect(port) for _ in group]
    begin.wait(30)
    deadline = time.perf_counter() + seconds
    threads = [
        threading.Thread(
            target=_talk, args=(connection, script, deadline, durations, failures, exhausted)
        )
        for connection, script in zip(connections, group, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((durations, failures[:3], bool(exhausted), time.perf_counter()))


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _talk(
    connection: socket.socket,
    script: Sequence[bytes],
    deadline: float,
    durations: list[float],
    failures: list[str],
    exhausted: list[bool],
) -> None:
    with connection:
        for request in script:
            before = time.perf_counter()
            if before >= deadline:
                return
            connection.sendall(request)
            answer = read_answer(connection)
            durations.append(time.perf_counter() - before)
            if answer[9:10] != b"2":
                failures.append(answer[:600].decode("utf-8", "replace"))
                return
    exhausted.append(True)


def read_answer(connection: socket.socket) -> bytes:
    """Return one whole HTTP/1.1 answer with a Content-Length or in chunks."""
    data = connection.recv(65536)
    while True:
        end = data.find(b"\r\n\r\n")
        if end >= 0:
            break
        more = connection.recv(65536)
        if not more:
            return data
        data += more
    head = data[:end].lower()
    at = head.find(b"content-length:")
    if at >= 0:
        total = end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
        while len(data) < total:
            data += connection.recv(65536)
    elif b"transfer-encoding: chunked" in head:
        while not data.endswith(b"0\r\n\r\n"):
            data += connection.recv(65536)
    return data


def request(
    method: str, path: str, *, port: int, headers: dict[str, str], body: bytes = b""
) -> bytes:
    """Return the bytes of one HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
