"""page_weight_kb: all CSS and JS of the heaviest page, as compressed as the server sends it.

Chromium visits every main page signed in (and the sign-in page signed out) with an empty cache and
says which stylesheets and scripts it fetched; each is then fetched once more with the same
Accept-Encoding, and the bytes of the body as they travel are what counts. Fonts stand apart.
"""

import urllib.request
from collections.abc import Iterable
from typing import Any

from tests.bench.reporting import Measure
from tests.tour.browser import chromium
from tests.tour.site import touring

GOAL_KB = 100
OURS, FONT = {"stylesheet", "script"}, "font"
TEACHERS, VISITORS = {"class"}, {"sign-in"}


def measure() -> Measure:
    """Return the kilobytes (1000 bytes) of the heaviest page's stylesheets and scripts."""
    with touring("weight") as site, chromium() as browser:
        people = site.people()
        visits = {
            name: _fetched(browser, site.url, path, _cookie(people, name))
            for name, path in people["pages"].items()
        }
        sizes: dict[str, int] = {}
        for _kind, url in {one for visit in visits.values() for one in visit}:
            sizes.setdefault(url, _bytes_sent(url))
    return Measure(
        name="page_weight_kb",
        value=max(_kilobytes(visit, OURS, sizes) for visit in visits.values()),
        unit="kB",
        goal=f"<= {GOAL_KB}",
        n=len(visits),
        detail=heaviest_first(visits, sizes),
    )


def heaviest_first(
    visits: dict[str, set[tuple[str, str]]], sizes: dict[str, int]
) -> dict[str, Any]:
    """Return what each page weighs, and the files of the heaviest with their bytes."""
    pages = sorted(visits, key=lambda name: -_kilobytes(visits[name], OURS, sizes))
    files = {url: sizes[url] for kind, url in visits[pages[0]] if kind in OURS}
    return {
        "heaviest": pages[0],
        "pages_kb": {name: _kilobytes(visits[name], OURS, sizes) for name in pages},
        "fonts_kb": {name: _kilobytes(visits[name], {FONT}, sizes) for name in pages},
        "files_of_heaviest": {
            url.rpartition("/")[2]: size
            for url, size in sorted(files.items(), key=lambda one: -one[1])
        },
    }


def _kilobytes(visit: Iterable[tuple[str, str]], kinds: set[str], sizes: dict[str, int]) -> float:
    return round(sum(sizes[url] for kind, url in visit if kind in kinds) / 1000, 1)


def _cookie(people: dict[str, Any], page: str) -> dict[str, str] | None:
    if page in VISITORS:
        return None
    found: dict[str, str] = people["cookies"]["teacher" if page in TEACHERS else "student"]
    return found


def _fetched(
    browser: Any, url: str, path: str, cookie: dict[str, str] | None
) -> set[tuple[str, str]]:
    """Return the kind and URL of everything a first visit of the page loads, wherever from."""
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 800})
    if cookie:
        context.add_cookies([cookie | {"url": url}])
    page = context.new_page()
    found: set[tuple[str, str]] = set()
    page.on("request", lambda request: found.add((_kind_of(request), request.url)))
    answer = page.goto(path, wait_until="networkidle")
    assert answer.ok, f"{path} answers {answer.status}"
    context.close()
    return {one for one in found if one[0] in OURS | {FONT}}


def _kind_of(request: Any) -> str:
    """Return the kind of a request; modules that are preloaded count as what they are."""
    path = request.url.partition("?")[0]
    if path.endswith((".js", ".mjs")):
        return "script"
    return "stylesheet" if path.endswith(".css") else str(request.resource_type)


def _bytes_sent(url: str) -> int:
    """Return the size of the body as a browser over HTTP or HTTPS alike is sent it: by gzip."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
        return len(answer.read())
