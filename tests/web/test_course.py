"""A course's page: its lessons, its quizzes, joining it."""

from datetime import date

import pytest

from courses.enrollment.models import Course, Enrollment, Section
from tests.factories.accounts import make_user
from tests.factories.assessment import answer_lesson, make_quiz
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import make_card, make_review_card


def test_lessons_stand_in_order_with_their_practice(client, taught):
    page = client.get("/courses/harbour/").content.decode()

    assert page.index("The pier &amp; the lamp") < page.index("The railway")
    assert "/courses/harbour/quizzes/practice/" in page
    assert "5 questions" in page


def test_a_visitor_is_asked_to_sign_in_before_joining(client, taught):
    page = client.get("/courses/harbour/").content.decode()

    assert "/account/login/?next=/courses/harbour/" in page


def test_joining_enrols_and_says_so(client, taught):
    reader = make_user()
    client.force_login(reader)
    assert "Join the course" in client.get("/courses/harbour/").content.decode()

    page = client.post("/courses/harbour/join/", follow=True).content.decode()

    assert "You have joined." in page
    assert Enrollment.objects.filter(user=reader, course=taught.course, role="student").exists()


def test_joining_leads_back_to_where_one_was_but_to_no_other_site(client, taught):
    client.force_login(make_user())
    lesson = "/courses/harbour/lessons/pier/#q-asked-numeric"

    back = client.post("/courses/harbour/join/", {"next": lesson})
    away = client.post("/courses/harbour/join/", {"next": "https://elsewhere.example/"})

    assert back["Location"] == lesson
    assert away["Location"] == "/courses/harbour/"


def test_leaving_is_asked_first_and_keeps_what_was_learned(signed_in, taught):
    mine = Enrollment.objects.filter(course=taught.course, role="student", ended_at=None)
    before = mine.count()
    assert "/courses/harbour/leave/" in signed_in.get("/courses/harbour/").content.decode()

    asked = signed_in.get("/courses/harbour/leave/").content.decode()
    assert "What stays" in asked
    assert mine.count() == before

    page = signed_in.post("/courses/harbour/leave/", follow=True).content.decode()
    assert "You have left the course." in page
    assert mine.count() == before - 1


def test_who_teaches_is_not_offered_to_leave(client, taught):
    teacher = make_user()
    enrol_as(teacher, taught.course, "owner")
    client.force_login(teacher)

    assert "/leave/" not in client.get("/courses/harbour/").content.decode()
    assert client.post("/courses/harbour/leave/").status_code == 403


def test_what_was_read_is_marked(signed_in, taught):
    signed_in.get("/courses/harbour/lessons/pier/")
    assert "Begun" in signed_in.get("/courses/harbour/").content.decode()

    signed_in.post("/courses/harbour/lessons/pier/finish/")

    assert "state-done" in signed_in.get("/courses/harbour/").content.decode()


@pytest.mark.parametrize("more", [0, 6])
def test_queries_do_not_grow_with_the_lessons(signed_in, taught, more, django_assert_num_queries):
    for number in range(more):
        lesson = make_lesson(taught.course, f"more-{number}")
        make_quiz(taught.course, [], slug=f"more-{number}", lesson=lesson)
    signed_in.get("/courses/harbour/")

    # session, user, course, roles, quizzes, what they ask, attempts, what is granted, lessons,
    # their questions, the exam, sources
    with django_assert_num_queries(12):
        signed_in.get("/courses/harbour/")


def test_the_contents_tell_length_and_what_was_answered(signed_in, learner, taught):
    answer_lesson(learner, taught.lesson, taught.questions["numeric"])
    answer_lesson(learner, taught.lesson, taught.questions["numeric"])

    page = signed_in.get("/courses/harbour/").content.decode()

    assert "1 minute" in page
    assert "1 of 5 questions answered" in page
    assert "0 of" not in page.replace("0 of 2 lessons read", "")


def test_a_question_answered_as_a_card_counts_as_answered(signed_in, learner, taught):
    make_review_card(learner, taught.questions["numeric"])
    make_card(learner, taught.questions["short_text"])  # planned, and never asked yet

    page = signed_in.get("/courses/harbour/").content.decode()

    assert "1 of 5 questions answered" in page


def test_what_the_course_rests_on_stands_beside_it(client, taught):
    page = client.get("/courses/harbour/").content.decode()

    assert "Commentary S1" in page
    assert "2 lessons" in page
    assert "Exam" not in page


def test_the_day_of_the_exam_is_told(client, taught):
    Course.objects.filter(pk=taught.course.pk).update(exam_date=date(2027, 2, 20))

    assert "20 February 2027" in client.get("/courses/harbour/").content.decode()


def test_the_exam_of_ones_own_class_comes_before_the_courses(signed_in, learner, taught):
    Course.objects.filter(pk=taught.course.pk).update(exam_date=date(2027, 2, 20))
    section = Enrollment.objects.get(user=learner, course=taught.course).section
    Section.objects.filter(pk=section.pk).update(exam_date=date(2027, 1, 30))

    page = signed_in.get("/courses/harbour/").content.decode()

    assert "30 January 2027" in page
    assert "20 February 2027" not in page


def test_who_sees_the_class_is_led_there(client, course, people):
    make_lesson(course, "first")
    for name, sees in (("owner", True), ("assistant", True), ("student", False)):
        client.force_login(people[name])

        page = client.get("/courses/own-course/").content.decode()

        assert ("The class" in page) is sees


DRAFT = "Draft: only you and your colleagues see it"


@pytest.mark.parametrize(
    ("name", "sees"), [("owner", True), ("reviewer", True), ("student", False)]
)
def test_drafts_are_listed_and_marked_for_those_who_may_see_them(
    client, course, people, name, sees
):
    make_lesson(course, "ready", title="Ready to read")
    make_lesson(course, "rough", title="A rough text", status="draft")
    make_lesson(course, "gone", title="Taken away", status="archived")
    client.force_login(people[name])

    page = client.get("/courses/own-course/").content.decode()

    assert ("A rough text" in page) is sees
    assert page.count(DRAFT) == sees
    assert "Taken away" not in page


def test_a_draft_is_never_the_next_lesson(client, course, owner):
    make_lesson(course, "rough", status="draft")
    client.force_login(owner)

    assert "Start reading" not in client.get("/courses/own-course/").content.decode()


def test_a_draft_is_marked_and_neither_begun_nor_finished(client, course, owner):
    lesson = make_lesson(course, "rough", status="draft")
    client.force_login(owner)

    page = client.get("/courses/own-course/lessons/rough/").content.decode()

    assert DRAFT in page
    assert "I have read it" not in page
    assert not lesson.progress.exists()
    assert "Begun" not in client.get("/courses/own-course/").content.decode()
