"""What the children say: each writes to a file of its own, merged here into one log.

Files, not pipes: a child never waits for a reader, and loses none when the supervisor dies.
"""

import contextlib
import os
import sys
from pathlib import Path

SPOOL_LIMIT = 4 * 1024 * 1024
LOG_LIMIT = 10 * 1024 * 1024
LOGS_KEPT = 3
CHUNK = 256 * 1024


class Spool:
    """The file one child writes to, and how far it has been read."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC, 0o600)
        self._read = 0
        self._partial = b""

    def new_lines(self) -> list[str]:
        """Return the whole lines written since the last call, at most about CHUNK bytes."""
        data = os.pread(self.descriptor, CHUNK, self._read)
        self._read += len(data)
        if self._read > SPOOL_LIMIT and len(data) < CHUNK:
            os.ftruncate(self.descriptor, 0)  # they append: their next line is the first
            self._read = 0
        *lines, self._partial = (self._partial + data).split(b"\n")
        return [line.decode("utf-8", "replace") for line in lines]

    def rest(self) -> list[str]:
        """Return what is left when nobody writes any more, an unfinished line included."""
        lines: list[str] = []
        while new := self.new_lines():
            lines += new
        if self._partial:
            lines.append(self._partial.decode("utf-8", "replace"))
            self._partial = b""
        return lines


class MergedLog:
    """One readable log of everything, on the terminal and in a file that does not grow for ever."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("a", encoding="utf-8")
        self._terminal_gone = False

    def write(self, name: str, line: str, *, on_terminal: bool = True) -> None:
        """Write one line of the process `name`. A full disk costs lines, never the site."""
        text = f"{name:<7}| {line}\n"
        if on_terminal:
            self.show(text)
        with contextlib.suppress(OSError):
            self._file.write(text)
            if self._file.tell() > LOG_LIMIT:
                self._rotate()

    def show(self, text: str) -> None:
        """Write `text` to the terminal only, as long as there is one."""
        if self._terminal_gone:
            return
        try:
            sys.stdout.write(text)
        except (OSError, ValueError):
            self._terminal_gone = True

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()
        try:
            sys.stdout.flush()
        except (OSError, ValueError):
            self._terminal_gone = True

    def _rotate(self) -> None:
        self._file.close()
        for number in range(LOGS_KEPT - 1, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            if older.exists():
                older.replace(self._path.with_name(f"{self._path.name}.{number + 1}"))
        self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        self._file = self._path.open("a", encoding="utf-8")
