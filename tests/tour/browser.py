"""The machine's Chromium, for tools; a sentence where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.conftest import find_chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


class NoChromium(Exception):
    """There is no browser to look with."""

    def __str__(self) -> str:
        return (
            "There is no Chromium here: install it (apt install chromium), "
            "or name it in QUIZSITE_CHROMIUM."
        )


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a Playwright browser that runs the machine's own Chromium. Raises NoChromium."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def chromium_path() -> str:
    """Return where the machine's Chromium is. Raises NoChromium."""
    path = find_chromium()
    if path is None:
        raise NoChromium
    return path
