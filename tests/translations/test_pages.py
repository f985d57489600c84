"""Every page that people see says in Japanese all that is not the course's own words."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses.accounts.models import User
from courses.api.models import PersonalToken
from courses.assessment.services import submit_attempt
from courses.common.clock import now
from courses.common.ids import new_id
from courses.enrollment.domain import roles
from courses.enrollment.models import Section
from courses.flashcards.services import stop_token
from courses.web import lesson_page
from tests.factories.accounts import make_user
from tests.factories.assessment import RIGHT, make_attempt
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import make_review_card
from tests.factories.harbour import Taught, make_harbour
from tests.permissions import world as worlds
from tests.permissions.matrix import rows
from tests.permissions.requests import path_of
from tests.permissions.world import World
from tests.translations.reading import faults_of

pytestmark = pytest.mark.django_db
ACTORS = ("anonymous", "student", "owner", "administrator")
# Django translates its administration, where our entries are looked at below; the page of all
# components is for who works on them.
NOT_OURS = ("admin:", "web:design")
LESSON = "/courses/harbour/lessons/pier/"
ADMINISTRATION = (
    "/administration/",
    "/administration/accounts/user/",
    "/administration/common/job/",
    "/administration/common/heartbeat/",
    "/administration/enrollment/course/",
    "/administration/enrollment/course/add/",
    "/administration/enrollment/enrollment/",
    "/administration/enrollment/enrollment/add/",
    "/administration/enrollment/section/",
    "/administration/review-log/",
)


@pytest.fixture(autouse=True)
def _japanese(settings: Any) -> None:
    lesson_page.forget_pages()
    settings.DEVELOPMENT = False


@pytest.fixture
def world() -> World:
    built = worlds.build()
    name_in_japanese()
    return built


@pytest.fixture
def taught() -> Taught:
    return make_harbour()


@pytest.fixture
def learner(taught: Taught) -> User:
    user = make_user("learner@example.org")
    enrol_as(user, taught.course)
    for question in taught.questions.values():
        make_review_card(user, question)
    name_in_japanese()
    user.refresh_from_db()
    return user


def name_in_japanese() -> None:
    """Give people, classes and tokens Japanese names: only words of ours can be English then."""
    User.objects.update(display_name="青木 愛子", language="ja")
    Section.objects.update(name="一組")
    PersonalToken.objects.update(name="試験用")


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "ja"})
    if user:
        client.force_login(user)
    return client


def faults_at(client: Client, path: str, **post: Any) -> list[str]:
    """Return what is wrong with the language of a page; `post` is sent if it is given."""
    response = client.post(path, post) if post else client.get(path)
    if response.status_code == 302 or "text/html" not in response.get("Content-Type", ""):
        return []
    label = f"{path} ({response.status_code})"
    faults = [f"{label}: {fault}" for fault in faults_of(response.content.decode())]
    if response["Content-Language"] != "ja":
        faults.append(f"{label}: Content-Language is {response['Content-Language']}")
    return faults


def none_of(faults: Iterable[str]) -> None:
    """Fail with every fault on a line of its own."""
    wrong = dict.fromkeys(faults)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("actor", ACTORS)
def test_every_page_of_the_matrix(world: World, actor: str):
    client = browser(None if actor == "anonymous" else world.people[actor])
    faults = []
    for row in rows():
        if row.method == "GET" and not row.route.startswith(NOT_OURS) and "*" not in row.route:
            faults += faults_at(client, path_of(world, row.route, row.where))

    none_of(faults)


def test_what_a_learner_sees_of_a_course(taught: Taught, learner: User):
    client = browser(learner)
    attempt = make_attempt(learner, taught.quiz)
    paths = [
        "/",
        "/courses/harbour/",
        LESSON,
        "/courses/harbour/claims/TT-002/",
        "/courses/harbour/quizzes/practice/",
        "/courses/harbour/timeline/",
        "/courses/harbour/glossary/",
        "/account/delete/",
        "/review/",
        "/progress/",
        "/progress/cards/",
        f"/progress/cards/{taught.questions['numeric'].pk}/",
        "/preferences/",
        "/jobs/",
        f"/attempts/{attempt.pk}/",
        f"/reminders/stop/{stop_token(learner)}/",
    ]
    faults = [fault for path in paths for fault in faults_at(client, path)]
    for name, question in taught.questions.items():
        sent = {"question": question.pk, "response": new_id(), **RIGHT[name]}
        answered = client.post(f"/attempts/{attempt.pk}/", sent, follow=True)
        faults += [f"{name}: {fault}" for fault in faults_of(answered.content.decode())]
        faults += faults_at(client, f"/progress/cards/{question.pk}/")
    submit_attempt(learner=learner, attempt_id=attempt.pk, now=now())
    faults += faults_at(client, f"/attempts/{attempt.pk}/results/")

    none_of(faults)


def test_what_a_visitor_sees_of_a_course(taught: Taught):
    client = browser()
    question = taught.questions["single_choice"]
    paths = ["/", "/courses/harbour/", LESSON, "/courses/harbour/quizzes/practice/"]
    faults = [fault for path in paths for fault in faults_at(client, path)]
    answer = client.post(
        f"{LESSON}answer/", {"question": question.pk, "choice": "right"}, follow=True
    )
    faults += faults_of(answer.content.decode())
    faults += faults_at(client, LESSON)

    none_of(faults)


def test_what_a_teacher_sees_of_the_class(taught: Taught, learner: User):
    teacher = make_user("teacher@example.org")
    enrol_as(teacher, taught.course, roles.OWNER)
    name_in_japanese()
    client = browser(teacher)

    faults = faults_at(client, "/courses/harbour/class/")
    faults += faults_at(client, f"/courses/harbour/class/{learner.pk}/")

    none_of(faults)


FORMS = [
    ("account_signup", {"email": "no-address", "password1": "12345"}),
    ("account_signup", {"email": "aiko@example.org", "password1": "password"}),
    ("account_signup", {"email": "learner@example.org", "password1": "learner@example"}),
    ("account_login", {"login": "nobody@example.org", "password": "wrong"}),
    ("account_login", {"login": "", "password": ""}),
    ("account_reset_password", {"email": "no-address"}),
    ("account_reset_password", {"email": "nobody@example.org"}),
]
OWN_FORMS = [
    ("web:preferences", {"minutes_per_day": "x", "rollover_hour": "99", "language": "無"}),
    ("web:preferences", {"minutes_per_day": "0", "new_per_day": "9999", "display_name": "\x01"}),
    ("account_change_password", {"oldpassword": "wrong", "password1": "1", "password2": "2"}),
    ("account_email", {"action_add": "", "email": "learner@example.org"}),
    ("account_email", {"action_add": "", "email": "new@example.org"}),
    ("account_email", {"action_remove": "", "email": "learner@example.org"}),
    ("account_email", {"action_send": "", "email": "learner@example.org"}),
    ("api:tokens", {"name": "", "days": "9999"}),
    ("account_logout", {"next": "/"}),
]


def followed(client: Client, route: str, sent: dict[str, str]) -> list[str]:
    """Return the faults of the page that a form leads to, be it itself with its errors."""
    response = client.post(reverse(route), sent, follow=True)
    return [f"{route} {sent}: {fault}" for fault in faults_of(response.content.decode())]


@pytest.mark.parametrize(("route", "sent"), FORMS)
def test_forms_at_the_door_and_their_errors(learner: User, route: str, sent: dict[str, str]):
    none_of(followed(browser(), route, sent))


@pytest.mark.parametrize(("route", "sent"), OWN_FORMS)
def test_forms_of_one_s_own_and_their_errors(learner: User, route: str, sent: dict[str, str]):
    none_of(followed(browser(learner), route, sent))


# Django's icon of the search, and what a course is called here.
KNOWN = [
    "English: 'Search' in img[alt]",
    *(
        f"English: {text!r} in {where}"
        for text, where in (
            ("The harbour", "th > a"),
            ("The harbour", "tr > td.field-course.nowrap"),
            ("harbour", "tr > td.field-slug"),
            ("en", "tr > td.field-language"),
            ("en", "li > a"),
        )
    ),
]


@pytest.mark.parametrize("path", ADMINISTRATION)
def test_the_administration(learner: User, path: str):
    User.objects.filter(pk=learner.pk).update(is_staff=True, is_superuser=True)
    response = browser(learner).get(path)

    assert response.status_code == 200
    none_of(fault for fault in faults_of(response.content.decode()) if fault not in KNOWN)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_pages_of_errors(rf: Any, name: str):
    request = rf.get("/")
    request.user = AnonymousUser()
    with translation.override("ja"):
        page = render_to_string(f"{name}.html", {}, request=request)

    none_of(faults_of(page))


def test_a_language_is_chosen_in_the_browser_and_kept_by_an_account(learner: User):
    visitor, client = Client(), browser(learner)
    visitor.post("/language/", {"language": "ja"})
    client.post("/language/", {"language": "en"})
    learner.refresh_from_db()

    assert 'lang="ja"' in visitor.get("/").content.decode().partition("<body")[0]
    assert learner.language == "en"
    assert 'lang="en"' in client.get("/").content.decode().partition("<body")[0]


def test_a_language_that_nobody_speaks_changes_nothing(client: Client, learner: User):
    response = client.post("/language/", {"language": "xx"})

    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
