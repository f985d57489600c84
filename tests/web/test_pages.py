"""What holds for every page: our look, a strict policy, errors in words."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from courses.common.errors import DomainError, PermissionRefused
from courses.web import errors
from tests.factories.accounts import make_user

FOR_ALL = [
    "/",
    "/courses/harbour/",
    "/courses/harbour/lessons/pier/",
    "/courses/harbour/claims/TT-002/",
    "/courses/harbour/quizzes/practice/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/design/",
]
SIGNED_IN = [
    "/",
    "/courses/harbour/lessons/pier/",
    "/review/",
    "/progress/",
    "/preferences/",
    "/jobs/",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
]
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/json))|javascript:"
)


def check(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="masthead"' in page
    assert not INLINE.search(page)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", FOR_ALL)
def test_pages_for_all_keep_to_the_policy(client, taught, path, settings):
    settings.DEVELOPMENT = True

    check(client.get(path))


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_a_learner_keep_to_the_policy(signed_in, taught, path):
    check(signed_in.get(path))


def test_the_claim_page_says_what_when_and_where_from(client, taught):
    page = client.get("/courses/harbour/claims/TT-002/").content.decode()

    for word in ("Statement of TT-002.", "27 January 2023", "Commentary S1", "November 2024"):
        assert word in page
    assert "The pier &amp; the lamp" in page


def test_the_design_page_is_for_staff_in_production(client, taught, settings):
    settings.DEVELOPMENT = False
    assert client.get("/design/").status_code == 404

    client.force_login(make_user(is_staff=True))

    assert client.get("/design/").status_code == 200


def test_a_missing_page_says_so_in_our_look(client, db):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
    assert 'class="masthead"' in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_every_error_has_a_page_without_inline_code(rf, name):
    page = render_to_string(f"{name}.html")

    assert not INLINE.search(page)
    assert "<h1>" in page


class Refused(DomainError):
    code = "refused"
    status = 409
    message = "Not <now>."


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(Refused, 409, "Not &lt;now&gt;."), (PermissionRefused, 403, "This is not open to you")],
)
def test_domain_errors_become_pages(rf, error, status, words, admin_user):
    def view(request):
        raise error

    request = rf.get("/", headers={"referer": "http://testserver/courses/"})
    request.user = admin_user
    response = errors.shown(view)(request)

    assert response.status_code == status
    assert words in response.content.decode()
    assert "http://testserver/courses/" in response.content.decode()


def test_sign_in_by_the_form(client, learner):
    response = client.post(
        reverse("account_login"), {"login": learner.email, "password": "a-long-test-password-7"}
    )

    assert response.status_code == 302
    assert settings.SESSION_COOKIE_NAME in client.cookies


def test_sign_up_has_its_module_of_scripts(client, db):
    page = client.get(reverse("account_signup")).content.decode()

    assert 'type="module"' in page
    assert "data-browser-time-zone" in page


@pytest.mark.parametrize("path", ["/", "/courses/harbour/", "/courses/harbour/lessons/pier/"])
def test_administrators_find_the_administration_and_nobody_else_does(client, taught, path):
    link = 'href="/administration/"'
    client.force_login(make_user())
    others = client.get(path).content.decode()

    client.force_login(make_user(is_staff=True))
    own = client.get(path).content.decode()

    assert link in own
    assert link not in others


def test_a_claim_leads_with_what_it_states(client, taught):
    page = client.get("/courses/harbour/claims/TT-002/").content.decode()

    assert '<h1 class="claim-statement" lang="en">Statement of TT-002.</h1>' in page
    assert "<title>Statement of TT-002. ·" in page
    assert ">Commentary S1</dd>" in page


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/api/v1/nowhere"])
def test_no_answer_grants_the_powers_of_a_device(client, db, path):
    policy = client.get(path)["Permissions-Policy"]

    for power in ("camera", "microphone", "geolocation"):
        assert f"{power}=()" in policy


def test_the_icon_that_browsers_ask_for_is_the_seal(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert "seal" in response["Location"]
    assert response["Location"].endswith(".svg")
