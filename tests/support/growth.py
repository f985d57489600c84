"""How the cost of work grows with its size: a ratio within one run, never a limit in seconds."""

import time
from collections.abc import Callable

FACTOR = 4
# Four times the work costs about four times as much if the cost is linear, sixteen if quadratic.
LINEAR = 9.0


def cpu_seconds(run: Callable[[], object], *, times: int = 3) -> float:
    """Return the least processor time that `run` took in so many `times`."""
    taken = []
    for _time in range(times):
        begin = time.process_time()
        run()
        taken.append(time.process_time() - begin)
    return min(taken)


def growth(run: Callable[[int], object], size: int) -> float:
    """Return how many times as much `run(FACTOR * size)` costs as `run(size)`.

    `size` must be large enough for a few thousandths of a second.
    """
    small = cpu_seconds(lambda: run(size))
    return cpu_seconds(lambda: run(FACTOR * size)) / max(small, 1e-4)
