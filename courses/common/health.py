"""Is it alive, is it ready: two addresses for whoever watches over the processes."""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis

from courses.common import clock
from courses.common.models import Heartbeat

BROKER_TIMEOUT_SECONDS = 1.0
HEARTBEAT_LIMIT = timedelta(seconds=60)
# Reading the migrations from disk costs a tenth of a second: a good answer is kept this long.
MIGRATIONS_KEPT_SECONDS = 60.0

log = structlog.get_logger(__name__)


class NotReady(Exception):
    """A check failed; the text is shown to whoever asks and names no address and no secret."""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    timeout = BROKER_TIMEOUT_SECONDS
    with Redis.from_url(
        settings.REDIS_URL, socket_timeout=timeout, socket_connect_timeout=timeout
    ) as client:
        client.ping()


def _worker() -> None:
    now = clock.now()
    seen_at = Heartbeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()
    if seen_at is None:
        raise NotReady("No worker has been seen yet.")
    if now - seen_at > HEARTBEAT_LIMIT:
        raise NotReady(f"No worker has been seen for {int((now - seen_at).total_seconds())} s.")


class _Migrations:
    def __init__(self) -> None:
        self._good_until = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self._good_until:
            return
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            raise NotReady(f"{len(missing)} migrations are not applied.")
        self._good_until = time.monotonic() + MIGRATIONS_KEPT_SECONDS


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "broker": _broker,
    "worker": _worker,
    "migrations": _Migrations(),
}


def _outcome(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as error:
        return str(error)
    except Exception as error:  # the cause may name hosts and users: it goes to the log only
        log.warning("readiness_check_failed", check=name, error=f"{type(error).__name__}: {error}")
        return "This check failed; the log says why."
    return "ok"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; reads nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything that requests need is there, else 503; either way what and why."""
    checks = {name: _outcome(name, check) for name, check in CHECKS.items()}
    ready = all(outcome == "ok" for outcome in checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)
