"""A Chromium that visits the live server; the machine's own, never one that is downloaded."""

import os
from collections.abc import Callable, Iterator

import pytest

from courses.accounts.models import User
from tests.conftest import find_chromium
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as
from tests.factories.harbour import Taught, make_harbour

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 800}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and keep it in one worker: one browser is enough."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all browser tests of this process."""
    from playwright.sync_api import sync_playwright

    chromium = find_chromium()
    if chromium is None:
        pytest.fail("QUIZSITE_REQUIRE_BROWSER=1, but there is no Chromium here.")
    # Playwright's loop runs in this thread, and Django would take its ORM for misused.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield chrome
        chrome.close()


class Console:
    """What the page complained about: script errors, CSP violations, failed requests."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def watch(self, page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", self._message)
        page.on("requestfailed", self._failed)

    def _message(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, request) -> None:
        # Leaving a page aborts what it was still loading: that is no fault of the page.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"failed: {request.url} {request.failure}")


@pytest.fixture
def new_page(browser, live_server) -> Iterator[Callable[..., object]]:
    """Make pages: `new_page(size="phone", scheme="dark", user=somebody)`.

    `page.console.complaints` collects what the browser's console said; `goto("/path")`
    is relative to the live server.
    """
    contexts = []

    def make(*, size: str = "desktop", scheme: str = "light", user=None, **options):
        options.setdefault("viewport", SIZES[size])
        if size == "phone":
            options.setdefault("has_touch", True)
        context = browser.new_context(
            base_url=live_server.url, color_scheme=scheme, reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session_cookie(user, live_server.url)])
        page = context.new_page()
        page.console = Console()
        page.console.watch(page)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page of nobody in particular at desktop size."""
    return new_page()


def _session_cookie(user, url: str) -> dict[str, str]:
    """Sign `user` in without the form, which has tests of its own."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": url}


@pytest.fixture
def taught(transactional_db: None) -> Taught:
    """A small course with a question of every type."""
    return make_harbour()


@pytest.fixture
def learner(taught: Taught) -> User:
    """Somebody who studies that course, and has no card yet."""
    user = make_user("learner@example.org", display_name="Aiko O'Neil 🦉")
    enrol_as(user, taught.course)
    return user
