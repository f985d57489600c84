"""The marking queue: anonymous unless names are wished for, and comments that are kept."""

import pytest

from courses.accounts.models import User
from courses.assessment.models import Marking, Response
from courses.enrollment.domain.roles import ASSISTANT
from courses.enrollment.models import Course
from tests.factories.accounts import make_user
from tests.factories.assessment import answer_lesson, make_question
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as, make_course

pytestmark = pytest.mark.django_db
QUEUE = "/courses/harbour/marking/"
LEVELS = {"level-0": "1", "level-1": "2"}


@pytest.fixture
def course() -> Course:
    return make_course("harbour", title="The harbour")


@pytest.fixture
def marker(client, course: Course) -> User:
    user = make_user("assistant@example.org")
    enrol_as(user, course, ASSISTANT)
    client.force_login(user)
    return user


@pytest.fixture
def answers(course: Course) -> list[Response]:
    lesson = make_lesson(course)
    essay = make_question(course, "open_answer", lesson=lesson, stem="Why did it change?")
    found = []
    for number, name in enumerate(("Aiko O'Neil <b>", "Ольга 🦉", "Kenji")):
        student = make_user(f"student-{number}@example.org", display_name=name)
        enrol_as(student, course)
        text = {"text": f"Because <i>{name}</i> says so.\n\nAnd for other reasons."}
        found.append(answer_lesson(student, lesson, essay, text).response)
    return found


def path_of(response: Response) -> str:
    return f"{QUEUE}{response.learner_id}/{response.id}/"


def test_the_queue_names_nobody_unless_asked(client, marker, answers):
    page = client.get(QUEUE).content.decode()
    named = client.get(f"{QUEUE}?names=1").content.decode()

    assert page.count('<tr role="row">') == 4
    assert "Ольга" not in page
    assert "Answer 1" in page
    assert "Ольга 🦉" in named
    assert "Aiko O&#x27;Neil &lt;b&gt;" in named


def test_what_was_written_is_shown_as_text(client, marker, answers):
    page = client.get(path_of(answers[0])).content.decode()

    assert "Because &lt;i&gt;Aiko" in page
    assert "And for other reasons." in page
    assert "Gives reasons" in page
    assert "It changed, <em>because</em> of two things." in page


def test_a_mark_leads_to_the_next_answer(client, marker, answers):
    first, second, third = answers

    response = client.post(path_of(first), LEVELS | {"comment": "Well argued."})

    assert response.url == path_of(second)
    marking = Marking.objects.get()
    assert (marking.levels, marking.credit, marking.comment) == ([1, 2], 1.0, "Well argued.")
    assert client.post(path_of(third), LEVELS).url == QUEUE
    page = client.get(path_of(second)).content.decode()
    assert "Well argued." in page  # to be used again


def test_marked_answers_can_be_looked_at_and_marked_again(client, marker, answers):
    client.post(path_of(answers[0]), LEVELS | {"comment": "Good."})

    listed = client.get(f"{QUEUE}?marked=1").content.decode()
    page = client.get(f"{path_of(answers[0])}?marked=1").content.decode()
    client.post(f"{path_of(answers[0])}?marked=1", {"level-0": "0", "level-1": "0"})

    assert "100%" in listed
    assert page.count(" checked") == 2
    assert Response.objects.get(id=answers[0].id).credit == 0.0
    assert Marking.objects.count() == 2


@pytest.mark.parametrize("form", [{}, {"level-0": "1"}, {"level-0": "9", "level-1": "0"}])
def test_a_mark_needs_every_criterion_and_keeps_the_comment(client, marker, answers, form):
    response = client.post(path_of(answers[0]), form | {"comment": "Nearly there."})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose a level for every criterion." in page
    assert "Nearly there.</textarea>" in page
    assert not Marking.objects.exists()


def test_a_comment_that_is_too_long_is_refused(client, marker, answers):
    response = client.post(path_of(answers[0]), LEVELS | {"comment": "x" * 5001})

    assert response.status_code == 422
    assert not Marking.objects.exists()


def test_answers_of_other_courses_are_not_marked_here(client, marker, answers):
    other = make_course("elsewhere")
    enrol_as(marker, other, ASSISTANT)

    path = path_of(answers[0]).replace("harbour", "elsewhere")

    assert client.get(path).status_code == 404
    assert client.post(path, LEVELS).status_code == 404


def test_an_empty_queue_says_so(client, marker):
    assert "Nothing waits for you." in client.get(QUEUE).content.decode()


def test_queries_of_the_queue_do_not_grow(client, marker, answers, django_assert_max_num_queries):
    client.get(QUEUE)

    # session, user, course, roles, the answers, who gave them
    with django_assert_max_num_queries(6):
        client.get(QUEUE)
