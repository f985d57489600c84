"""What a page says when something is not there, not allowed or not working."""

import re

import pytest
from allauth.core.internal import ratelimit
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

from courses.common.errors import DomainError
from courses.content.models import Lesson
from courses.enrollment.models import Course
from courses.web import errors
from courses.web.views import courses as course_views
from tests.factories.accounts import make_user
from tests.factories.content import make_lesson
from tests.factories.enrollment import make_course

PARTS = ("What was kept", "What you can do")
LESSONS = "/courses/harbour/lessons"


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def says_it_all(response) -> bool:
    return all(part in text_of(response) for part in PARTS)


def test_a_slip_in_a_lessons_address_leads_to_the_lesson(client, taught):
    response = client.get(f"{LESSONS}/peir/")

    assert response.status_code == 404
    assert says_it_all(response)
    assert "Did you mean this?" in text_of(response)
    assert f'href="{LESSONS}/{taught.lesson.slug}/"' in response.content.decode()
    assert 'href="/courses/harbour/"' in response.content.decode()


def test_a_slip_in_a_claims_or_a_courses_address_leads_on(client, taught):
    claim = client.get("/courses/harbour/claims/TT-0002/").content.decode()
    course = client.get("/courses/harbuor/").content.decode()

    assert 'href="/courses/harbour/claims/TT-002/"' in claim
    assert 'href="/courses/harbour/"' in course


def test_drafts_are_not_named(client, taught):
    make_lesson(taught.course, "secret", status=Lesson.Status.DRAFT, title="A secret title")

    page = client.get(f"{LESSONS}/secrets/").content.decode()

    assert "A secret title" not in page
    assert "lessons/secret/" not in page


@pytest.mark.parametrize("address", ["lessons/hidden-lesso/", "claims/X-1/", ""])
def test_courses_of_others_are_not_named(signed_in, address):
    hidden = make_course("hidden-course", title="Hidden course", access=Course.Access.CLOSED)
    make_lesson(hidden, "hidden-lesson", title="Hidden lesson")

    for slug in ("hidden-course", "hidden-cours"):
        page = signed_in.get(f"/courses/{slug}/{address}").content.decode()

        assert "Hidden" not in page
        assert "Did you mean" not in page


def test_the_same_is_said_of_what_is_hidden_and_what_is_not_there(client, taught):
    make_course("hidden-course", access=Course.Access.CLOSED)
    token = re.compile(r'value="[A-Za-z0-9]{64}"')

    hidden = token.sub("", client.get("/courses/hidden-course/").content.decode())
    absent = token.sub("", client.get("/courses/absent-course/").content.decode())

    assert hidden.replace("hidden-course", "absent-course") == absent


def test_an_endless_address_is_compared_with_nothing(client, taught, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = client.get(f"{LESSONS}/{'pier-' * 400}/")

    assert response.status_code == 404
    assert "Did you mean" not in text_of(response)


def test_an_unknown_address_costs_a_visitor_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/no/such/page/")

    assert says_it_all(response)


def test_who_is_signed_in_is_told_as_whom(signed_in):
    response = signed_in.get("/courses/harbour/class/")

    assert response.status_code == 403
    assert says_it_all(response)
    assert "You are signed in as Aiko O&#x27;Neil 🦉 Ольга &lt;b&gt;." in text_of(response)


def test_an_old_form_is_explained_and_leads_back(taught):
    page = "http://testserver/courses/harbour/"

    response = Client(enforce_csrf_checks=True).post("/appearance/", headers={"referer": page})

    assert response.status_code == 403
    assert says_it_all(response)
    assert "This form had grown old" in text_of(response)
    assert f'href="{page}"' in response.content.decode()


def test_too_many_tries_say_when_to_try_again(client, db, monkeypatch):
    monkeypatch.setattr(ratelimit, "consume", lambda *args, **kwargs: None)

    response = client.post("/account/signup/", {})

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert says_it_all(response)
    assert "Wait 60 seconds" in text_of(response)


def test_the_address_of_a_button_shows_a_page(client, db):
    response = client.get("/appearance/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Nothing was changed." in text_of(response)


def test_a_refusal_of_a_service_says_why(client, taught, monkeypatch):
    class Closed(DomainError):
        status = 409
        message = "The harbour is closed."

    def refuse(*_args):
        raise Closed

    monkeypatch.setattr(course_views.selectors, "course_for", refuse)

    response = client.get("/courses/harbour/")

    assert response.status_code == 409
    assert "The harbour is closed." in text_of(response)
    assert says_it_all(response)


@pytest.mark.django_db
def test_a_mistake_of_ours_is_told_without_the_session(taught, monkeypatch):
    def fail(*_args, **_kwargs):
        raise DatabaseError("gone")

    client = Client(raise_request_exception=False)
    client.force_login(make_user())
    client.cookies["theme"] = "dark"
    monkeypatch.setattr(SessionStore, "load", fail)

    response = client.get("/preferences/")

    assert response.status_code == 500
    assert says_it_all(response)
    assert 'data-theme="dark"' in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "accounts/unavailable.html"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_some_pages_need_nothing_at_all(name, language):
    """No database is allowed here, and no context is given."""
    with override(language):
        page = render_to_string(name)

    assert f'<html lang="{language}"' in page
    assert "<dl" in page
    assert 'href="/"' in page


def test_a_request_that_cannot_be_read_gets_a_page():
    response = errors.unreadable(RequestFactory().get("/"), ValueError())

    assert response.status_code == 400
    assert says_it_all(response)


def test_who_is_not_known_yet_gets_the_page_of_a_visitor(db):
    response = errors.not_found(RequestFactory().get("/courses/x/"), ValueError())

    assert response.status_code == 404
