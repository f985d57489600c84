"""Every page of ours, full and empty, in every guise: what WCAG 2.2 AA asks, asked of each.

Wide and narrow, light and dark, text twice as large or spaced, four times enlarged, without
motion, in forced colours: axe finds nothing, nothing spills or is cut or heaped, each stop of
the keyboard is seen, targets are large enough, headings and tables and pictures speak.
"""

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from courses.accounts.models import User
from courses.common.errors import DomainError
from courses.common.models import Job
from courses.web import errors
from tests.browser.demo import Demo, make_demo
from tests.browser.looking import in_every_guise, probe
from tests.permissions.matrix import ACCOUNTS, PAGES, rows

# No pages: probes of machines, pictures; allauth's way by codes, which is off.
NO_PAGES = {"healthz", "readyz", "web:favicon", "web:media", "account_confirm_login_code"}
# Leads away whoever has a password already.
LED_AWAY = {"account_set_password"}


@pytest.fixture
def demo(transactional_db) -> Demo:
    return make_demo()


def routes_of_pages() -> set[str]:
    ours = {line.split()[0] for line in (PAGES + ACCOUNTS).splitlines() if line.strip()}
    seen = {row.route for row in rows() if row.method == "GET" and "200" in row.expected.values()}
    # The results of an attempt that is handed in are seen; the matrix has an open one.
    return (seen & ours | {"web:results"}) - NO_PAGES - LED_AWAY


def test_every_page_and_every_page_that_is_empty(new_page, demo, settings):
    settings.DEVELOPMENT = True
    Job.objects.all().delete()
    faults, titles, visited = [], Counter(), set()
    for pages in (demo.pages, demo.empty):
        for email, paths in pages.items():
            page = new_page(user=demo.people.get(email))
            for route, path in paths.items():
                status = page.goto(path).status
                found = in_every_guise(page) if status == 200 else [f"answers {status}"]
                faults += [f"{email or 'visitor'} {path} {fault}" for fault in found]
                titles[page.title()] += pages is demo.pages and route not in visited
                visited.add(route)
            page.context.close()

    assert not faults, "\n".join(faults)
    assert [title for title, times in titles.items() if times > 1] == []
    assert routes_of_pages() - visited == set()


class OutOfOrder(DomainError):
    """Something that the pages need does not answer."""

    status = 503


PAGES_OF_ERRORS = {
    "400": lambda request: errors.unreadable(request, ValueError()),
    "403": lambda request: errors.refused(request, PermissionError()),
    "403 of an old form": errors.form_too_old,
    "404": lambda request: errors.not_found(request, LookupError()),
    "413": errors.too_large,
    "429": errors.too_many,
    "500": errors.broken,
    "503": lambda request: errors.error_page(request, OutOfOrder()),
}
# They ask nothing of what may be broken, and so cannot carry the foot that offers languages.
WITHOUT_FOOT = {"400", "413", "500", "503"}


@pytest.mark.parametrize("name", PAGES_OF_ERRORS)
def test_every_page_of_an_error(new_page, transactional_db, name):
    request = RequestFactory().get("/wrong/")
    request.user, request.session = AnonymousUser(), {}
    body = PAGES_OF_ERRORS[name](request).content
    page = new_page()
    # As 200, for of any other status the browser itself complains.
    page.route("**/wrong/", lambda route: route.fulfill(body=body, content_type="text/html"))

    page.goto("/wrong/")

    assert page.locator("h1").is_visible()
    footless = ["wide: outline: not one footer"] if name in WITHOUT_FOOT else []
    assert in_every_guise(page) == footless


def test_in_japanese_each_word_is_marked_as_what_it_is(new_page, demo, settings, live_server):
    faults = []
    User.objects.update(language="ja")
    for email, paths in demo.pages.items():
        page = new_page(user=demo.people.get(email), locale="ja-JP")
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ja"}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        for name, path in paths.items():
            if name == "web:design":  # is English, whoever looks at it
                continue
            page.goto(path)
            assert page.locator("html").get_attribute("lang") == "ja"
            faults += [f"{email or 'visitor'} {path} {fault}" for fault in probe(page, "tongues")]

    assert not faults, "\n".join(faults)
