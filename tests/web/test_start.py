"""The start page: today's number, the courses, an invitation to read."""

import re

import pytest

from courses.content.models import Lesson
from courses.enrollment.domain import roles
from courses.enrollment.models import Course
from tests.factories.accounts import make_user
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import NOON, make_review_card


@pytest.fixture
def course_of_prose(db):
    course = make_course("prose", access=Course.Access.OPEN)
    make_lesson(course, "first", body="Nothing is asked here.")
    return course


def main_button(page: str) -> tuple[str, str] | None:
    """Return where the page's main button leads and what it says."""
    found = re.search('class="button button-main[^>]*href="([^"]+)"[^>]*>([^<]+)<', page)
    return (found[1], found[2]) if found else None


def test_a_visitor_is_invited_to_read_the_first_lesson(client, taught):
    page = client.get("/").content.decode()

    assert "Read the first lesson" in page
    assert "/courses/harbour/lessons/pier/" in page


def test_a_visitor_finds_the_first_question_and_the_contents(client, taught):
    page = client.get("/").content.decode()

    assert "Question of type single_choice?" in page
    assert 'id="q-asked-single-choice"' in page
    assert page.index("The pier &amp; the lamp") < page.index("The railway")
    assert not re.search("[\ue000\ue001]", page)


def test_a_visitor_who_comes_back_is_led_to_the_next_lesson(client, taught):
    client.post("/courses/harbour/lessons/pier/finish/")

    page = client.get("/").content.decode()

    assert "Read the first lesson" not in page
    assert 'href="/courses/harbour/lessons/railway/" aria-describedby="go-on"' in page


def test_a_first_lesson_that_asks_nothing_leaves_the_cover_to_its_words(client, course_of_prose):
    page = client.get("/").content.decode()

    assert "Read the first lesson" in page
    assert "Try one now" not in page


def test_the_cover_takes_few_queries(client, taught, django_assert_num_queries):
    client.get("/")

    # courses, lessons, how the visitor stands to the first, its questions
    with django_assert_num_queries(4):
        client.get("/")


def test_a_lesson_begun_is_where_one_left_off(signed_in, taught):
    signed_in.get("/courses/harbour/lessons/pier/")

    page = signed_in.get("/").content.decode()

    assert "Where you left off" in page
    assert "Lesson 1 of 2" in page
    assert main_button(page) == ("/courses/harbour/lessons/pier/", "Continue reading")


def test_a_site_without_courses_says_so(client, db):
    assert "There is no course here yet." in client.get("/").content.decode()


def test_a_learner_sees_todays_number_and_one_button(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    for question in list(taught.questions.values())[:3]:
        make_review_card(learner, question)

    page = signed_in.get("/").content.decode()

    assert "Today: 3 cards," in page
    assert 'href="/review/"' in page


def test_parts_of_nothing_are_not_told(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_review_card(learner, taught.questions["numeric"])

    page = signed_in.get("/").content.decode()

    assert "1 due" in page
    assert "0 new" not in page


def test_a_learner_with_nothing_due_is_sent_to_the_lessons(signed_in):
    page = signed_in.get("/").content.decode()

    assert "Nothing is due" in page
    assert main_button(page) == ("/courses/harbour/lessons/pier/", "Start the first lesson")


def test_a_learner_in_the_midst_of_a_course_is_sent_on(signed_in):
    signed_in.post("/courses/harbour/lessons/railway/finish/")  # without questions, so no cards

    page = signed_in.get("/").content.decode()

    assert main_button(page) == ("/courses/harbour/lessons/pier/", "Continue reading")


def test_who_has_read_everything_gets_no_button_to_read_on(signed_in, taught):
    Lesson.objects.filter(pk=taught.lesson.pk).update(status=Lesson.Status.ARCHIVED)
    signed_in.post("/courses/harbour/lessons/railway/finish/")

    assert main_button(signed_in.get("/").content.decode()) is None


def test_who_studies_no_course_is_asked_to_join_one(client, taught):
    client.force_login(make_user())

    page = client.get("/").content.decode()

    assert "Join a course and answer" in page
    assert main_button(page) is None


def test_names_are_escaped_on_every_page(signed_in, taught):
    for path in ("/", "/courses/harbour/", "/courses/harbour/lessons/pier/", "/progress/"):
        page = signed_in.get(path).content.decode()

        assert "Aiko O&#x27;Neil 🦉 Ольга &lt;b&gt;" in page
        assert "Ольга <b>" not in page


def test_the_next_lesson_is_the_first_that_is_not_finished(signed_in, learner, taught):
    signed_in.post("/courses/harbour/lessons/pier/finish/")

    page = signed_in.get("/").content.decode()

    assert "1 of 2 lessons" in page
    assert "/courses/harbour/lessons/railway/" in page


@pytest.mark.parametrize("role", [roles.OWNER, roles.ASSISTANT])
def test_who_teaches_is_one_click_from_the_class(client, taught, role):
    teacher = make_user()
    enrol_as(teacher, taught.course, role)
    client.force_login(teacher)

    assert 'href="/courses/harbour/class/"' in client.get("/").content.decode()


def test_who_teaches_and_learns_nothing_finds_the_class_first(client, taught):
    teacher = make_user()
    enrol_as(teacher, taught.course, roles.OWNER)
    client.force_login(teacher)

    page = client.get("/").content.decode()

    assert "Your teaching" in page
    assert "Nothing is due" not in page
    assert main_button(page) == ("/courses/harbour/class/", "The class")
    assert page.count("button-main") == 1


def test_who_teaches_and_has_cards_due_finds_the_cards_first(client, taught, time_machine):
    time_machine.move_to(NOON)
    teacher = make_user()
    enrol_as(teacher, taught.course, roles.OWNER)
    make_review_card(teacher, taught.questions["numeric"])
    client.force_login(teacher)

    page = client.get("/").content.decode()

    assert "Today: 1 card" in page
    assert "Your teaching" not in page


def test_who_learns_is_not_led_to_the_class(signed_in):
    assert "/class/" not in signed_in.get("/").content.decode()


def test_closed_courses_of_others_are_not_listed(client, taught):
    make_course("secret", title="A secret course")

    assert "A secret course" not in client.get("/").content.decode()


def test_queries_do_not_grow_with_the_courses(client, taught, django_assert_num_queries):
    reader = make_user()
    for number in range(4):
        course = make_course(f"more-{number}", access=Course.Access.OPEN)
        make_lesson(course)
        enrol_as(reader, course)
    client.force_login(reader)
    client.get("/")  # makes the day's plans

    # session, user, courses, plans lacking, today's three, the lessons of the course to go on with
    with django_assert_num_queries(8):
        client.get("/")
