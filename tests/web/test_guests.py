"""The first minute: a visitor answers, sees why and where from, and takes it into an account."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from courses.assessment.models import GuestEntry, Response
from courses.assessment.services import guests as service
from courses.assessment.services.guests import CLAIM_GUEST
from courses.common import outbox
from courses.common.clock import now
from courses.common.ids import new_id
from courses.content.models import LessonProgress
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.models import Card, ReviewLog
from courses.web import guests, receivers
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.assessment import RIGHT, WRONG
from tests.factories.harbour import TYPES
from tests.web.test_lesson import LESSON, posted

SIGNUP = {"display_name": "Aiko", "email": "aiko@example.org", "password1": PASSWORD}


@pytest.fixture
def browser():
    """A client that checks CSRF, as a browser does."""
    return Client(enforce_csrf_checks=True)


def send(client, path, form=None, **options):
    """Post a form with the token that the lesson's page has."""
    if client.handler.enforce_csrf_checks:
        page = client.get(LESSON).content.decode()
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = (form or {}) | {"csrfmiddlewaretoken": token.group(1)}
    return client.post(path, form, **options)


def answer(client, taught, type_name="numeric", answers=RIGHT, **options):
    form = posted(taught, type_name, answers[type_name])
    return send(client, f"{LESSON}answer/", form, follow=True, **options)


# --- Answering ----------------------------------------------------------------------------
@pytest.mark.parametrize("type_name", [name for name in TYPES if name != "flashcard"])
@pytest.mark.parametrize(("answers", "word"), [(RIGHT, "Right"), (WRONG, "Not right")])
def test_a_visitor_answers_and_sees_why_and_where_from(client, taught, type_name, answers, word):
    response = answer(client, taught, type_name, answers)

    page = response.content.decode()
    assert f"<span>{word}</span>" in page
    assert f"Why {type_name}." in page
    assert "Where this comes from" in page
    assert GuestEntry.objects.get().question == taught.questions[type_name]


def test_a_visitor_turns_a_card_and_rates_it(client, taught):
    page = answer(client, taught, "flashcard").content.decode()

    assert "Why flashcard." in page
    assert GuestEntry.objects.get().answer == {"rating": "3"}


def test_reading_sets_no_cookie_and_says_nothing_of_a_guest(client, taught):
    response = client.get(LESSON)

    assert set(response.cookies) == {"csrftoken"}
    assert "Cookie" in response.headers["Vary"]
    assert "Cache-Control" not in response.headers


def test_the_cookie_is_a_random_key_of_this_browser_alone(client, taught):
    response = send(client, f"{LESSON}answer/", posted(taught, "numeric", RIGHT["numeric"]))

    cookie = response.cookies[guests.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 24 * 3600
    assert cookie.value not in GuestEntry.objects.get().guest


def test_on_reload_the_guest_sees_what_they_answered(client, taught):
    answer(client, taught)

    response = client.get(LESSON)

    page = response.content.decode()
    assert page.count("Last time: Right") == 1
    assert page.count(f'action="{LESSON}answer/"') == len(TYPES)
    assert response.headers["Cache-Control"] == "private"
    assert "Cookie" in response.headers["Vary"]


def test_another_browser_sees_nothing_of_it(client, taught):
    shown = answer(client, taught).redirect_chain[0][0]

    stranger = Client().get(shown).content.decode()

    assert "Last time" not in stranger
    assert "data-feedback" not in stranger


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "0" * 4000])
def test_a_made_up_cookie_is_nobody(client, taught, cookie):
    client.cookies[guests.COOKIE] = cookie

    assert "Last time" not in client.get(LESSON).content.decode()


def test_a_guest_costs_one_query_and_a_stranger_none(client, taught, django_assert_num_queries):
    client.get(LESSON)
    with django_assert_num_queries(2):
        client.get(LESSON)
    for name in TYPES:
        answer(client, taught, name)

    with django_assert_num_queries(3):
        client.get(LESSON)


def test_a_double_click_is_one_answer_of_one_guest(browser, taught):
    page = browser.get(LESSON).content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    form = posted(taught, "numeric", RIGHT["numeric"]) | {"csrfmiddlewaretoken": token}
    browser.post(f"{LESSON}answer/", form)
    del browser.cookies[guests.COOKIE]  # the second click left before the first came back

    browser.post(f"{LESSON}answer/", form)

    assert GuestEntry.objects.count() == 1


def test_what_cannot_be_read_is_shown_again_with_the_reason(client, taught):
    response = answer(client, taught, answers={"numeric": {"value": "five"}})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="five"' in page
    assert "Write the number in figures" in page
    assert guests.COOKIE not in response.cookies
    assert not GuestEntry.objects.exists()


def test_who_goes_back_and_answers_otherwise_is_asked_to_send_it_once_more(client, taught):
    form = posted(taught, "numeric", RIGHT["numeric"])
    client.post(f"{LESSON}answer/", form)

    again = client.post(f"{LESSON}answer/", form | {"value": "7"})

    assert again.status_code == 422
    assert "Send it once more" in again.content.decode()
    assert GuestEntry.objects.count() == 1


def test_a_lesson_read_without_an_account_is_told_so(client, taught):
    page = send(client, f"{LESSON}finish/", follow=True).content.decode()

    assert "You finished this lesson on" in page
    assert "I have read it" not in page


# --- What is said of it ---------------------------------------------------------------------
def test_the_line_on_accounts_comes_after_the_first_and_the_fourth_answer(client, taught):
    told = ["data-guest-line" in answer(client, taught, name).content.decode() for name in TYPES]

    assert told == [True, False, False, True, False]


def test_the_line_leads_back_to_the_question_by_either_door(client, taught):
    page = answer(client, taught).content.decode()

    for door in ("login", "signup"):
        assert f'href="/account/{door}/?next={LESSON}%23q-asked-numeric"' in page
        assert f'href="/account/{door}/?next={LESSON}%23end"' in page


def test_the_end_of_a_lesson_counts_the_answers_and_says_what_is_stored(client, taught):
    before = client.get(LESSON).content.decode()
    answer(client, taught)
    answer(client, taught, "short_text")

    page = client.get(LESSON).content.decode()

    assert "You can answer without an account." in before
    assert "Your 2 answers are kept in this browser for 30 days." in page
    assert "No name, no address." in page


@pytest.mark.parametrize("door", ["login", "signup"])
def test_both_doors_say_what_comes_along(client, taught, door):
    assert "data-guest-comes" not in client.get(f"/account/{door}/").content.decode()
    for name in TYPES[:4]:
        answer(client, taught, name)

    page = client.get(f"/account/{door}/").content.decode()
    assert "Your 4 answers come with you." in page
    # Asked first, also without scripts: the button that deletes stands in a closed <details>.
    asked = page[page.index("<details>") : page.index("</details>")]
    assert "Delete them from this browser" in asked
    assert "All 4 are deleted at once" in asked
    assert asked.count("<button") == 1


def test_a_guest_may_delete_what_is_kept(client, taught):
    answer(client, taught)

    response = client.post("/guest/forget/", {"next": LESSON}, follow=True)

    assert "are deleted" in response.content.decode()
    assert response.redirect_chain == [(LESSON, 302)]
    assert not GuestEntry.objects.exists()
    assert client.cookies[guests.COOKIE].value == ""


# --- Refusals -------------------------------------------------------------------------------
def test_a_course_that_is_closed_leads_to_the_sign_in(client, taught):
    Course.objects.filter(pk=taught.course.pk).update(access=Course.Access.CLOSED)

    for path in (f"{LESSON}answer/", f"{LESSON}finish/"):
        response = client.post(path, posted(taught, "numeric", RIGHT["numeric"]))
        assert response.url == f"/account/login/?next={LESSON}"
    assert not GuestEntry.objects.exists()


def test_who_is_suspended_is_no_guest(client, taught):
    user = make_user()
    client.force_login(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)

    response = client.post(f"{LESSON}answer/", posted(taught, "numeric", RIGHT["numeric"]))

    assert response.url.startswith("/account/login/")
    assert not GuestEntry.objects.exists()


def test_too_many_answers_of_one_address_wait_in_their_form(client, taught, settings):
    settings.GUEST_ANSWERS_PER_MINUTE = 2
    answer(client, taught, "single_choice")
    answer(Client(), taught, "single_choice")

    response = answer(Client(), taught)

    page = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "Too many answers came from your network" in page
    assert 'value="5,5"' in page
    assert answer(client, taught, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_addresses_of_one_household_are_counted_as_one(client, taught, settings):
    settings.GUEST_ANSWERS_PER_MINUTE = 1

    def status(address):
        return answer(Client(), taught, REMOTE_ADDR=address).status_code

    assert [status("2001:db8:0:1::1"), status("2001:db8:0:1:ffff::2")] == [200, 429]
    assert status("2001:db8:0:2::1") == 200
    assert [status("192.0.2.1"), status("::ffff:192.0.2.1"), status("192.0.2.2")] == [200, 429, 200]


def test_in_an_hour_there_may_be_ten_times_as_many(client, taught, settings, moved_clock):
    settings.GUEST_ANSWERS_PER_MINUTE = 1
    moved_clock.move_to(now().replace(minute=0, second=5))
    statuses = []
    for _ in range(11):
        statuses.append(answer(client, taught).status_code)
        moved_clock.move(minutes=1)

    assert statuses == [200] * 10 + [429]


def test_a_full_guest_is_invited_to_an_account(client, taught, monkeypatch):
    monkeypatch.setattr(service, "MOST_ENTRIES", 1)
    answer(client, taught)

    response = answer(client, taught, "short_text")

    page = response.content.decode()
    assert response.status_code == 429
    assert "This is as much as we keep without an account." in page
    assert "data-guest-line" in page
    assert send(client, f"{LESSON}finish/").status_code == 429


# --- Coming with an account --------------------------------------------------------------------
def sign_in(client, email, **options):
    return client.post("/account/login/", {"login": email, "password": PASSWORD}, **options)


def test_who_signs_in_takes_along_what_they_answered(client, taught):
    person = make_user("aiko@example.org")
    answer(client, taught)
    answer(client, taught, "short_text", WRONG)
    send(client, f"{LESSON}finish/")

    response = sign_in(client, person.email, follow=True)

    assert "2 answers from this browser are now kept in your account." in response.content.decode()
    assert client.cookies[guests.COOKIE].value == ""
    assert Enrollment.objects.get(user=person).course == taught.course
    assert Response.objects.filter(learner=person).count() == 2
    assert set(Card.objects.values_list("learner", flat=True)) == {person.pk}
    assert ReviewLog.objects.count() == 2
    assert LessonProgress.objects.get(learner=person).finished_at is not None
    assert not GuestEntry.objects.exists()
    assert "Last time: Right" in client.get(LESSON).content.decode()


def test_a_new_account_gets_them_once_its_address_is_confirmed(client, taught):
    answer(client, taught)
    client.post("/account/signup/", SIGNUP)
    assert GuestEntry.objects.exists()
    link = re.search(r"/account/confirm-email/\S+", mail.outbox[0].body).group()

    response = client.post(link, follow=True)

    assert "1 answer from this browser is now kept in your account." in response.content.decode()
    assert Response.objects.get().learner.email == "aiko@example.org"


def test_a_link_opened_elsewhere_leaves_them_for_the_sign_in_here(client, taught):
    answer(client, taught)
    client.post("/account/signup/", SIGNUP)
    link = re.search(r"/account/confirm-email/\S+", mail.outbox[0].body).group()
    Client().post(link)
    assert GuestEntry.objects.exists()

    sign_in(client, "aiko@example.org")

    assert Response.objects.get().learner.email == "aiko@example.org"


def test_a_sign_up_with_a_known_address_keeps_them_until_the_sign_in(client, taught):
    person = make_user("aiko@example.org")
    answer(client, taught)

    client.post("/account/signup/", SIGNUP)
    assert GuestEntry.objects.exists()
    sign_in(client, person.email)

    assert Response.objects.get().learner == person


def test_a_new_password_by_mail_brings_them_too(client, taught):
    person = make_user("aiko@example.org")
    answer(client, taught)
    client.post("/account/password/reset/", {"email": person.email})
    link = re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body).group()
    form = client.get(link, follow=True)

    fresh = "another-long-one-8"
    client.post(form.request["PATH_INFO"], {"password1": fresh, "password2": fresh})
    client.post("/account/login/", {"login": person.email, "password": fresh})

    assert Response.objects.get().learner == person


def test_the_next_person_at_this_computer_gets_nothing_of_it(client, taught):
    first, second = make_user(), make_user()
    answer(client, taught)
    sign_in(client, first.email)
    client.post("/account/logout/")

    page = client.get(LESSON).content.decode()
    response = sign_in(client, second.email, follow=True)

    assert "Last time" not in page
    assert "kept in your account" not in response.content.decode()
    assert not Response.objects.filter(learner=second).exists()


def test_a_guest_after_a_sign_out_is_another_guest(browser, taught):
    answer(browser, taught)
    before = browser.cookies[guests.COOKIE].value
    page = browser.get("/account/login/").content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    sign_in_form = {"login": make_user().email, "password": PASSWORD}
    browser.post("/account/login/", sign_in_form | {"csrfmiddlewaretoken": token})
    send(browser, "/account/logout/")

    answer(browser, taught)

    assert browser.cookies[guests.COOKIE].value not in ("", before)


def test_a_form_sent_again_after_the_sign_in_is_the_same_answer(client, taught):
    person = make_user()
    form = posted(taught, "numeric", RIGHT["numeric"])
    client.post(f"{LESSON}answer/", form)
    sign_in(client, person.email)

    again = client.post(f"{LESSON}answer/", form)

    assert again.status_code == 302
    assert Response.objects.filter(learner=person).count() == 1


def test_who_cannot_be_given_them_now_is_let_in_and_gets_them_by_a_job(client, taught, monkeypatch):
    person = make_user()
    answer(client, taught)

    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(receivers, "claim_guest", fail)
        response = sign_in(client, person.email, follow=True)

    assert "in your account in a few minutes" in response.content.decode()
    assert GuestEntry.objects.exists()
    outbox.run_due(CLAIM_GUEST, now=now() + timedelta(minutes=1))
    assert Response.objects.get().learner == person


def test_a_suspended_person_takes_nothing_along(client, taught):
    person = make_user(is_active=False)
    answer(client, taught)

    sign_in(client, person.email)

    assert GuestEntry.objects.exists()
    assert client.cookies[guests.COOKIE].value


def test_signing_in_without_a_guest_says_nothing(client, taught):
    person = make_user()

    page = sign_in(client, person.email, follow=True).content.decode()

    assert "from this browser" not in page
    assert str(new_id()) not in page
