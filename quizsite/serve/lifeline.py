"""A process's tie to the one that started it, so that none survives a crashed parent."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def hold(parent: int, number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process signal `number` when `parent`, who forked it, dies.

    For processes that somebody else's code forks (pool processes, web workers); our own
    are tied before they run, by `quizsite.embedded.process`. Only Linux can do this.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it died before the line above
        os.kill(os.getpid(), number)
