"""The doorbell: tells a worker to look for due rows, and never makes the caller wait for it."""

import os
import threading
import time
from typing import Any

import structlog
from celery import Celery, current_app
from django.conf import settings

LOOK_TASK = "courses.common.tasks.look"

# A message that nobody took within this time is worth nothing: the sweeper rang since.
EXPIRES_SECONDS = 60
# A broker that hangs costs a request at most about this long, once per SILENT_SECONDS.
TIMEOUT_SECONDS = 0.5
SILENT_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Doorbell:
    """One connection to the broker per thread, and a while of silence after a failure."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._silent_until = 0.0

    def ring(self, kind: str, *, queue: str) -> bool:
        """Ask a worker on `queue` to look for due rows of `kind`; return whether it was sent.

        Never raises because of the broker: the row is in the database, and the sweeper
        finds every row that no message came for.
        """
        if time.monotonic() < self._silent_until:
            return False
        try:
            self._send(kind, queue)
        except Exception as error:  # whatever the broker's client raises, the row is safe
            self._silent_until = time.monotonic() + SILENT_SECONDS
            self._forget_connection()
            log.warning("doorbell_failed", kind=kind, error=type(error).__name__)
            return False
        return True

    def _send(self, kind: str, queue: str) -> None:
        app = current_app._get_current_object()
        app.send_task(
            LOOK_TASK,
            kwargs={"kind": kind},
            queue=queue,
            producer=self._producer(app),
            expires=EXPIRES_SECONDS,
            retry=False,
            ignore_result=True,
        )

    def _producer(self, app: Celery) -> Any:
        # A connection must not be shared with the process that this one was forked from.
        if getattr(self._local, "pid", None) != os.getpid():
            options = {
                **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
                "socket_timeout": TIMEOUT_SECONDS,
                "socket_connect_timeout": TIMEOUT_SECONDS,
                "max_retries": 0,
            }
            connection = app.connection_for_write(
                connect_timeout=TIMEOUT_SECONDS, transport_options=options
            )
            self._local.producer = app.amqp.Producer(connection)
            self._local.pid = os.getpid()
        return self._local.producer

    def _forget_connection(self) -> None:
        producer = getattr(self._local, "producer", None)
        self._local.__dict__.clear()
        if producer is not None:
            try:
                producer.connection.release()
            except Exception as error:
                log.debug("doorbell_release_failed", error=type(error).__name__)


_doorbell = Doorbell()


def ring(kind: str, *, queue: str) -> bool:
    """Ask a worker on `queue` to look for due rows of `kind`; see Doorbell.ring."""
    return _doorbell.ring(kind, queue=queue)
