"""Keeps a command running as a supervisor does: started again whenever it ends, until SIGTERM."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from quizsite.embedded.process import die_with_parent

PAUSE_SECONDS = 0.5


def keep(command: Sequence[str]) -> None:
    """Run `command` again and again; end it when this process is asked to stop."""
    signal.signal(signal.SIGTERM, _leave)
    while True:
        child = subprocess.Popen(command, preexec_fn=die_with_parent())
        try:
            child.wait()
        except SystemExit:
            child.terminate()
            child.wait()
            raise
        time.sleep(PAUSE_SECONDS)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    keep(sys.argv[1:])
