"""The administration: who gets in, what it can do, and that its pages keep to the CSP."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from courses.accounts.models import User
from courses.common.models import Job
from courses.enrollment.models import Course, Enrollment
from courses.enrollment.selectors import roles_of
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.enrollment import make_section

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LISTS = ["accounts/user", "enrollment/course", "enrollment/section", "enrollment/enrollment",
         "common/job", "common/heartbeat"]  # fmt: skip
PREFERENCES = {
    "time_zone": "Asia/Tokyo", "rollover_hour": 4, "language": "en", "minutes_per_day": 15,
    "new_per_day": 10, "reviews_per_day": 200,
}  # fmt: skip


@pytest.fixture
def admin_client(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("actor", ["student", "assistant", "editor", "owner"])
def test_nobody_else_gets_in(client: Client, people: dict[str, User], actor: str):
    client.force_login(people[actor])

    for path in ["", *(f"{name}/" for name in LISTS), "review-log/"]:
        assert client.get(f"/administration/{path}", follow=True).status_code == 403, path


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_search_answer(admin_client: Client, people: dict[str, User], name: str):
    assert admin_client.get(f"/administration/{name}/").status_code == 200
    assert admin_client.get(f"/administration/{name}/?q=a").status_code == 200


@pytest.mark.usefixtures("people")
def test_pages_run_no_inline_script_or_style(admin_client: Client, course: Course, student: User):
    paths = ["", *(f"{name}/" for name in LISTS), "review-log/?email=nobody@example.org"]
    paths += [f"accounts/user/{student.pk}/change/", f"enrollment/course/{course.pk}/change/",
              "enrollment/course/add/", "enrollment/enrollment/add/"]  # fmt: skip
    for path in paths:
        response = admin_client.get(f"/administration/{path}")

        html = response.content.decode()
        assert response.status_code == 200, path
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", html), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html), path


def test_suspend_and_reinstate(admin_client: Client, student: User, administrator: User):
    marked = {"_selected_action": [str(student.pk), str(administrator.pk)]}

    admin_client.post("/administration/accounts/user/", marked | {"action": "suspend"})
    student.refresh_from_db()
    administrator.refresh_from_db()
    assert not student.is_active
    assert administrator.is_active

    admin_client.post("/administration/accounts/user/", marked | {"action": "reinstate"})
    student.refresh_from_db()
    assert student.is_active


def test_try_again_revives_dead_letters(admin_client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("courses.common.outbox.wake", lambda kind: None)
    job = Job.objects.create(
        kind="k", slot="s", state="dead", attempts=8, due_at=NOW, created_at=NOW, last_error="boom"
    )

    admin_client.post(
        "/administration/common/job/", {"action": "try_again", "_selected_action": [str(job.pk)]}
    )

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)


def test_enrolling_goes_through_the_service(admin_client: Client, course: Course):
    user, section = make_user(), make_section(course)
    fields = {"user": user.pk, "course": course.pk, "section": section.pk, "role": "student"}

    admin_client.post("/administration/enrollment/enrollment/add/", fields)

    assert roles_of(user, course) == {"student"}


def test_a_section_of_another_course_is_refused(
    admin_client: Client, course: Course, other_course: Course
):
    user, section = make_user(), make_section(other_course)
    fields = {"user": user.pk, "course": course.pk, "section": section.pk, "role": "student"}

    response = admin_client.post("/administration/enrollment/enrollment/add/", fields)

    assert response.status_code == 200
    assert not Enrollment.objects.filter(user=user).exists()


def test_a_person_is_changed_through_the_service(admin_client: Client, student: User):
    path = f"/administration/accounts/user/{student.pk}/change/"
    fields = {
        "display_name": "New name", "email": student.email, "time_zone": "Europe/Moscow",
        "rollover_hour": 5, "language": "en", "minutes_per_day": 15, "new_per_day": 10,
        "reviews_per_day": 200, "reminder_hour": "", "is_staff": "on",
    }  # fmt: skip

    response = admin_client.post(path, fields)

    assert response.status_code == 302
    student.refresh_from_db()
    assert (student.display_name, student.rollover_hour) == ("New name", 5)
    assert student.is_staff


def test_who_is_given_a_new_address_signs_in_with_it_and_not_with_the_old(
    admin_client: Client, student: User
):
    old = student.email
    path = f"/administration/accounts/user/{student.pk}/change/"

    assert admin_client.post(path, PREFERENCES | {"email": "New.Mail@Example.org"}).url

    addresses = EmailAddress.objects.filter(user=student)
    assert list(addresses.values_list("email", "primary", "verified")) == [
        ("new.mail@example.org", True, True)
    ]
    for email, works in (("NEW.mail@example.org", True), (old, False)):
        client = Client()
        client.post("/account/login/", {"login": email, "password": PASSWORD})
        assert ("_auth_user_id" in client.session) is works, email


def test_an_address_that_somebody_else_confirmed_is_refused(
    admin_client: Client, student: User, stranger: User
):
    EmailAddress.objects.create(user=stranger, email="second@example.org", verified=True)
    path = f"/administration/accounts/user/{student.pk}/change/"

    for email in ("Second@example.org", "Stranger@example.org"):
        response = admin_client.post(path, PREFERENCES | {"email": email})

        assert response.context["adminform"].form.errors["email"], email


def test_addresses_are_kept_in_lower_case_and_none_is_none(
    admin_client: Client, student: User, stranger: User
):
    for user, email in ((student, "Student@Example.ORG"), (stranger, "")):
        path = f"/administration/accounts/user/{user.pk}/change/"
        assert admin_client.post(path, PREFERENCES | {"email": email}).status_code == 302

    student.refresh_from_db()
    stranger.refresh_from_db()
    assert (student.email, stranger.email) == ("student@example.org", None)


def test_the_front_page_speaks_of_people_and_work(admin_client: Client):
    page = admin_client.get("/administration/").content.decode()

    for words in ("People", "Sign-in addresses", "Background work", "Signs of life", "Enrolments"):
        assert words in page
    for words in ("Accounts", "Common", "Heartbeat", "Is demo"):
        assert words not in page


def test_a_job_says_what_it_is_for_whom_and_which_day(admin_client: Client, student: User):
    Job.objects.create(
        kind="plan_day", slot=f"{student.pk}:2026-11-22", state="dead", attempts=8, due_at=NOW,
        created_at=NOW, last_error="Traceback\nValueError: no such zone",
    )  # fmt: skip

    page = admin_client.get(f"/administration/common/job/?q={student.email}").content.decode()

    table = page.partition('id="result_list"')[2].partition("</table>")[0]
    for words in ("Plan for a day", str(student), "gave up", "ValueError: no such zone"):
        assert words in table
    assert "2026" in table
    assert "Traceback" not in table


def test_one_job_can_be_opened(admin_client: Client, student: User):
    job = Job.objects.create(kind="remind", slot="strange", due_at=NOW, created_at=NOW)

    page = admin_client.get(f"/administration/common/job/{job.pk}/change/").content.decode()

    assert "Reminder by e-mail" in page


def test_a_page_of_jobs_reads_its_people_at_once(
    admin_client: Client, people: dict[str, User], django_assert_max_num_queries
):
    for user in people.values():
        if user.pk:
            Job.objects.create(
                kind="plan_day", slot=f"{user.pk}:2026-11-22", due_at=NOW, created_at=NOW
            )

    with django_assert_max_num_queries(10):
        admin_client.get("/administration/common/job/?kind=plan_day")


def test_the_old_address_is_told_of_the_one_an_administrator_gave(
    admin_client: Client, student: User, mailoutbox, django_capture_on_commit_callbacks
):
    path = f"/administration/accounts/user/{student.pk}/change/"
    before = student.email

    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(path, PREFERENCES | {"email": "new@example.org"})

    (sent,) = mailoutbox
    assert sent.to == [before]
    assert "An administrator changed the address" in sent.body
    assert "/account/login/" in sent.body


def test_a_password_that_an_administrator_sets_is_told(
    admin_client: Client, student: User, mailoutbox, django_capture_on_commit_callbacks
):
    new = {"password1": "a long new one 77", "password2": "a long new one 77"}

    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(
            f"/administration/accounts/user/{student.pk}/password/",
            new | {"usable_password": "true"},
        )

    (sent,) = mailoutbox
    assert sent.to == [student.email]
    assert "An administrator gave your account" in sent.body
