"""How the cost of work grows with its size: a ratio within one run, never a limit in seconds."""

import gc
import time
from collections.abc import Callable

FACTOR = 4
# Four times the work costs about four times as much if the cost is linear, sixteen if quadratic.
LINEAR = 9.0


def cpu_seconds(run: Callable[[], object], *, times: int = 3) -> float:
    """Return the least processor time that `run` took in so many `times`.

    Without the collector of garbage, which looks through all that the tests before have left.
    """
    taken = []
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for _time in range(times):
            begin = time.process_time()
            run()
            taken.append(time.process_time() - begin)
    finally:
        if collects:
            gc.enable()
    return min(taken)


def growth(run: Callable[[int], object], size: int) -> float:
    """Return how many times as much `run(FACTOR * size)` costs as `run(size)`.

    `size` must be large enough for a few thousandths of a second.
    """
    small = cpu_seconds(lambda: run(size))
    return cpu_seconds(lambda: run(FACTOR * size)) / max(small, 1e-4)
