"""The Celery application: a doorbell, never the record of what is still to do."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import setup_logging, worker_init, worker_process_init, worker_ready

from quizsite.serve.lifeline import hold

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quizsite.settings")

# Its reason is pickled messages; ours are JSON, and in a container root is the usual user.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("quizsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_worker_pid = 0


def _log_as_django_does(**_: Any) -> None:
    """Keep Celery from configuring logging: courses.common.logs has done so."""


def _remember_worker(**_: Any) -> None:
    global _worker_pid
    _worker_pid = os.getpid()


def _end_with_the_worker(**_: Any) -> None:
    """Have a pool process end with its worker, even one that was killed."""
    if _worker_pid:
        hold(_worker_pid)


def _sweep_at_once(**_: Any) -> None:
    """See what was left lying while no worker ran, without waiting for beat."""
    app.send_task("courses.common.tasks.sweep", expires=30, ignore_result=True)


worker_ready.connect(_sweep_at_once, weak=False)
setup_logging.connect(_log_as_django_does, weak=False)
worker_init.connect(_remember_worker, weak=False)
worker_process_init.connect(_end_with_the_worker, weak=False)
