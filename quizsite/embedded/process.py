"""Child processes that never outlive their parent."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_parent(death_signal: int = signal.SIGTERM) -> Callable[[], None] | None:
    """Return a `preexec_fn` that has the kernel end the child when its parent dies.

    A launcher that is killed cannot stop its servers; left alone they keep their socket,
    their files and their log. Only Linux can do this; elsewhere return None. The signal is
    bound to the thread that starts the child: start children from the main thread.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)  # loaded here: no import after the fork
    parent = os.getpid()

    def arm() -> None:
        libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return arm
