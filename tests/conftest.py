"""What every test stands on: a Redis-protocol server, a clock, databases that can be emptied."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from quizsite.embedded import valkey
from tests.support import clock as test_clock

pytest_plugins = ["tests.fixtures.people"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRE_BROWSER = os.environ.get("QUIZSITE_REQUIRE_BROWSER") == "1"

_slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis_settings.register_profile(
    "default", deadline=None, max_examples=50, suppress_health_check=_slow, derandomize=True
)
hypothesis_settings.register_profile(
    "fuzz", deadline=None, max_examples=10_000, suppress_health_check=_slow, print_blob=True
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    named = os.environ.get("QUIZSITE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_configure() -> None:
    Path(settings.VAR_DIR).mkdir(mode=0o700, exist_ok=True)


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what cannot run here, and fail it where a skip is a failure."""
    full_drills = "drill_full" in (config.getoption("-m") or "")
    skip_full = pytest.mark.skip(reason="at its full size by make drill-kill")
    chromium = find_chromium()
    no_browser = pytest.mark.skip(reason="no Chromium here")
    for item in items:
        if item.get_closest_marker("drill_full") and not full_drills:
            item.add_marker(skip_full)
        if item.get_closest_marker("browser") and not chromium and not REQUIRE_BROWSER:
            item.add_marker(no_browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when the pages were not seen by a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    unseen = sum("no Chromium here" in str(report.longrepr) for report in skipped)
    if unseen:
        terminalreporter.write_sep("!", red=True, bold=True)
        terminalreporter.write_line(
            f"{unseen} BROWSER TESTS WERE SKIPPED: there is no Chromium here. Install one (on "
            "Debian: apt install chromium) or name it in QUIZSITE_CHROMIUM.",
            red=True,
            bold=True,
        )
        terminalreporter.write_sep("!", red=True, bold=True)


# --- Servers ----------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def redis_url() -> Iterator[str]:
    """The URL of this test process's own Redis-protocol server: its cache and its broker."""
    if not settings.REDIS_IS_EMBEDDED:
        yield settings.REDIS_URL
        return
    folder = Path(settings.VAR_DIR) / "valkey"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("ab") as log:
        process = valkey.start(settings.EMBEDDED_REDIS_SOCKET, folder, log)
    yield settings.REDIS_URL
    process.terminate()
    process.wait(10)


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave nothing in the cache (rate limits, rendered lessons) for the next test."""
    yield
    if "db" in request.fixturenames or _db_marker(request) or _flushes(request):
        cache.clear()


# --- Databases ---------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _emptied_review_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Before a transactional test's database is flushed, empty the append-only review log.

    Its trigger refuses every DELETE of a learner without an ErasePermit; the flush knows
    nothing of permits.
    """
    if not _flushes(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM flashcards_erasepermit")
        cursor.execute(
            "INSERT INTO flashcards_erasepermit (learner_id) "
            "SELECT DISTINCT learner_id FROM flashcards_reviewlog"
        )
        cursor.execute("DELETE FROM flashcards_reviewlog")


def _db_marker(request: pytest.FixtureRequest) -> pytest.Mark | None:
    marker: pytest.Mark | None = request.node.get_closest_marker("django_db")
    return marker


def _flushes(request: pytest.FixtureRequest) -> bool:
    """Return whether this test's database is emptied by a flush instead of a rollback."""
    marker = _db_marker(request)
    if marker and marker.kwargs.get("transaction"):
        return True
    return bool({"transactional_db", "live_server"} & set(request.fixturenames))


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Leave no test in the language of the last request of another."""
    yield
    translation.deactivate()


# --- Time -------------------------------------------------------------------------------


@pytest.fixture
def moved_clock() -> Iterator[object]:
    """The clock that all processes of this test share; `.move(hours=1)`, `.move_to(moment)`."""
    test_clock.reset()
    yield test_clock
    test_clock.reset()
