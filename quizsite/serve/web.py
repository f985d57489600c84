"""The app server: loads the site once, then forks the workers that serve it.

Workers share the memory of what is loaded, and a new one for a killed one is there at once.
"""

import argparse
import gc
import importlib
import os

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from quizsite.serve.lifeline import hold


def load_site() -> None:
    """Import the application and all its pages, opening no connection."""
    from django.urls import get_resolver

    importlib.import_module("quizsite.wsgi")
    get_resolver().reverse_dict  # noqa: B018 - imports every URLconf and with it every view
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every shared page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    load_site()
    master = os.getpid()
    os.register_at_fork(after_in_child=lambda: hold(master))
    Granian(
        "quizsite.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=3,
    ).serve()


if __name__ == "__main__":
    main()
