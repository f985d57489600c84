"""The class page: three questions in order, nobody's business but the teacher's."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.common.ids import new_id
from courses.enrollment.domain import roles
from courses.enrollment.models import Enrollment, Section
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.parameters import DEFAULT_SET_ID
from courses.flashcards.services import undo_last_review
from courses.web.csv_files import harmless
from tests.factories.accounts import make_user
from tests.factories.assessment import make_question
from tests.factories.content import make_topic
from tests.factories.enrollment import enrol_as, make_course, make_section
from tests.factories.flashcards import NOON, answer, finish, make_card, make_review_card
from tests.factories.harbour import Taught

CLASS = "/courses/harbour/class/"
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def teacher(taught: Taught) -> User:
    user = make_user("teacher@example.org", display_name="Teacher")
    enrol_as(user, taught.course, roles.OWNER)
    return user


@pytest.fixture
def at_desk(client: Client, teacher: User) -> Client:
    client.force_login(teacher)
    return client


@pytest.fixture
def pupils(taught: Taught) -> list[User]:
    """Three students: one studied yesterday, one ten days ago, one never."""
    people = [
        make_user(f"{name}@example.org", display_name=name.capitalize())
        for name in ("anna", "boris", "chiyo")
    ]
    for person in people:
        enrol_as(person, taught.course)
    for question in list(taught.questions.values())[:4]:
        studied(people[0], question, on=TODAY - timedelta(days=1))
    studied(people[1], taught.questions["numeric"], on=TODAY - timedelta(days=10))
    finish(people[0], taught.lesson)
    return people


def studied(learner: User, question, *, on: date, rating: int = 3) -> None:
    """Put a card in review and one answer of that day into its log."""
    moment = NOON - (TODAY - on)
    make_review_card(
        learner, question, last_review_at=moment, last_review_day=on, due_at=moment, stability=10.0
    )
    log(learner, question, on=on, rating=rating)


def log(learner: User, question, *, on: date, rating: int = 3) -> ReviewLog:
    moment = NOON - (TODAY - on)
    return ReviewLog.objects.create(
        learner=learner, question=question, course_id=question.course_id,
        version_id=question.current_id, rating=rating, credit=0.0 if rating == 1 else 1.0,
        answer={}, digest="", answered_at=moment, received_at=moment, local_day=on,
        duration_ms=90_000, parameters_id=DEFAULT_SET_ID,
    )  # fmt: skip


def page_of(client: Client, query: str = ""):
    response = client.get(CLASS + query)
    assert response.status_code == 200
    return response.context["page"], response.content.decode()


# --- What it says ----------------------------------------------------------------------------
def test_it_answers_three_questions_in_order(at_desk, pupils):
    _page, html = page_of(at_desk)

    places = [html.index(f'id="{name}-heading"') for name in ("forgotten", "weak", "who")]
    assert places == sorted(places)


def test_never_met_questions_count_as_nothing(at_desk, pupils, taught):
    page, html = page_of(at_desk)

    pairs = 5 * 3
    assert page.overall.unmet == pytest.approx(1 - 5 / pairs)
    assert page.overall.remembered + page.overall.forgotten == pytest.approx(5 / pairs)
    assert page.students[0].ahead < 1 / 5 + 1e-9
    assert "nobody can remember what they have not been asked" in html


def test_the_lesson_with_most_to_win_back_is_named(at_desk, pupils, taught):
    page, html = page_of(at_desk)

    assert page.teach_again.lesson == taught.lesson
    assert page.teach_again.readers == 1
    assert "Teach again first" in html
    assert "more than in any other lesson" in html
    assert f'href="/courses/harbour/lessons/{taught.lesson.slug}/"' in html


def test_facts_at_risk_name_their_claims(at_desk, pupils):
    page, html = page_of(at_desk)

    assert page.at_risk[0].met == 2
    assert page.at_risk[0].claims == ("TT-101",)
    assert 'href="/courses/harbour/claims/TT-101/"' in html


def test_an_exam_that_is_past_is_none(at_desk, pupils, taught):
    taught.course.exam_date = TODAY - timedelta(days=1)
    taught.course.save()

    page, html = page_of(at_desk)

    assert page.ahead.day == TODAY + timedelta(days=30)
    assert "What will be forgotten in 30 days" in html


def test_the_sections_exam_comes_before_the_courses(at_desk, pupils, taught):
    taught.course.exam_date = TODAY + timedelta(days=90)
    taught.course.save()
    Section.objects.update(exam_date=TODAY + timedelta(days=5))

    page, html = page_of(at_desk)

    assert page.ahead.day == TODAY + timedelta(days=5)
    assert "Exam on 25 November 2026" in html


def test_topics_are_ordered_by_what_is_kept_of_them(at_desk, pupils, taught):
    strong, weak = make_topic(taught.course, "strong"), make_topic(taught.course, "weak")
    good = make_question(taught.course, slug="good", topic=strong)
    bad = make_question(taught.course, slug="bad", topic=weak)
    studied(pupils[0], good, on=TODAY)
    studied(pupils[1], bad, on=TODAY)
    Card.objects.filter(question=good).update(stability=900.0)
    Card.objects.filter(question=bad).update(stability=0.2)

    page, _html = page_of(at_desk)

    titles = [row.title for row in page.topics]
    assert titles.index(weak.title) < titles.index(strong.title)
    assert all(sum(row.bins) == row.students for row in page.topics)


def test_cards_in_their_steps_are_not_in_the_recall_now(at_desk, pupils, taught):
    Card.objects.filter(learner=pupils[1]).update(state=State.RELEARNING)

    page, _html = page_of(at_desk, "?sort=name")

    assert [row.now is None for row in page.students] == [False, True, True]
    assert page.students[1].ahead > 0


def test_the_most_missed_have_enough_answers_and_no_undone_ones(at_desk, pupils, taught):
    for _time in range(5):
        log(pupils[0], taught.questions["numeric"], on=TODAY, rating=1)
    for _time in range(3):
        log(pupils[0], taught.questions["ordering"], on=TODAY, rating=1)

    page, _html = page_of(at_desk)

    assert [(row.wrong, row.answers) for row in page.missed] == [(5, 7)]


def test_an_answer_taken_back_counts_nowhere(at_desk, pupils, taught):
    question = taught.questions["single_choice"]
    make_card(pupils[2], question)
    answer(pupils[2], question, right=False)
    undo_last_review(learner=pupils[2], undo_id=new_id(), now=NOON)

    page, _html = page_of(at_desk, "?sort=name")

    assert page.students[2].activity.day_count == 0
    assert page.students[2].quiet_days is None


def test_who_studies_and_who_has_gone_quiet(at_desk, pupils):
    page, html = page_of(at_desk)

    assert [str(row.person) for row in page.students] == ["Chiyo", "Boris", "Anna"]
    assert [row.quiet_days for row in page.students] == [None, 10, 1]
    assert (page.active, page.drifting, page.not_begun) == (1, 1, 1)
    assert "quiet for 10 days" in html
    assert "has not begun yet" in html
    assert "Studied on 1 of the last 14 days" in html
    assert page.students[2].minutes == 6


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Anna"),
        ("-name", "Chiyo"),
        ("-cards", "Anna"),
        ("-days", "Anna"),
        ("-minutes", "Anna"),
        ("-ahead", "Anna"),
        ("-now", "Anna"),
        ("nonsense", "Chiyo"),
    ],
)
def test_the_table_sorts_by_links(at_desk, pupils, sort, first):
    page, _html = page_of(at_desk, f"?sort={sort}")

    assert str(page.students[0].person) == first


def test_long_classes_have_pages(at_desk, taught):
    for number in range(61):
        person = make_user(f"p{number}@example.org", display_name=f"Person {number:02}")
        enrol_as(person, taught.course)
    studied(User.objects.get(email="p0@example.org"), taught.questions["numeric"], on=TODAY)

    response = at_desk.get(CLASS + "?sort=name&page=2")

    assert [str(row.person) for row in response.context["rows"]] == ["Person 60"]
    section = response.context["section"].pk
    kept = f"?section={section}&amp;sort=name&amp;"
    assert f'href="{kept}page=1#who-heading">Earlier students' in response.content.decode()
    assert f'href="{kept}format=csv"' in response.content.decode()


# --- The file --------------------------------------------------------------------------------
def test_the_file_has_every_student_and_no_formula(at_desk, pupils):
    User.objects.filter(pk=pupils[0].pk).update(display_name='=HYPERLINK("x")')

    response = at_desk.get(CLASS + "?format=csv&sort=-cards")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 3
    assert rows[1][0] == '\'=HYPERLINK("x")'
    assert rows[1][1:5] == ["2026-11-19", "1", "6", "4"]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1"),
        *("\uff1d1", "\uff0b1", "\uff0d1", "\uff20A1", "\ufeff=1", "\u200b=1", "\u202e=1"),
    ],
)
def test_formulas_are_defused(text):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("name", ["Siobhán O’Connor", "佐藤 美咲", "", "\u200b"])
def test_names_stay_as_they_are(name):
    assert harmless(name) == name


# --- Empty states ----------------------------------------------------------------------------
def test_without_students_it_says_so(at_desk, taught):
    assert "Nobody studies here yet." in at_desk.get(CLASS).content.decode()
    make_section(taught.course)
    assert "Nobody studies here yet." in at_desk.get(CLASS).content.decode()


def test_before_the_first_answer_it_shows_who_is_there(at_desk, learner):
    html = at_desk.get(CLASS).content.decode()

    assert "Nobody has answered a question yet." in html
    assert "has not begun yet" in html
    assert "&lt;b&gt;" in html  # a name is text


# --- Who may --------------------------------------------------------------------------------
def test_sections_are_apart(at_desk, pupils, taught):
    other = Section.objects.create(course=taught.course, name="Class B")
    stranger = make_user("stranger@example.org", display_name="Stranger")
    Enrollment.objects.create(
        user=stranger, course=taught.course, section=other, role=roles.STUDENT
    )

    first, _html = page_of(at_desk)
    second, html = page_of(at_desk, f"?section={other.pk}")

    assert len(first.students) == 3
    assert [row.person for row in second.students] == [stranger]
    assert "Class A" in html
    assert at_desk.get(f"{CLASS}?section={new_id()}").status_code == 404
    assert at_desk.get(f"{CLASS}?section=x").status_code == 404


def test_who_left_or_is_suspended_is_not_shown(at_desk, pupils):
    Enrollment.objects.filter(user=pupils[0]).update(ended_at=NOON)
    User.objects.filter(pk=pupils[1].pk).update(is_active=False)

    page, _html = page_of(at_desk)

    assert [row.person for row in page.students] == [pupils[2]]
    for gone in pupils[:2]:
        assert at_desk.get(f"{CLASS}{gone.pk}/").status_code == 404


def test_a_student_sees_neither_class_nor_fellow_nor_file(client, pupils):
    client.force_login(pupils[0])

    for path in (
        CLASS,
        f"{CLASS}?format=csv",
        f"{CLASS}{pupils[1].pk}/",
        f"{CLASS}{pupils[0].pk}/",
    ):
        response = client.get(path)
        assert response.status_code == 403
        assert "Boris" not in response.content.decode()


def test_assistants_and_teachers_are_no_students(at_desk, pupils, teacher):
    page, _html = page_of(at_desk)

    assert teacher not in [row.person for row in page.students]
    assert at_desk.get(f"{CLASS}{teacher.pk}/").status_code == 404


# --- One student -----------------------------------------------------------------------------
def test_a_student_has_a_page(at_desk, pupils, taught):
    log(pupils[0], taught.questions["flashcard"], on=TODAY, rating=2)

    response = at_desk.get(f"{CLASS}{pupils[0].pk}/")

    page, html = response.context["page"], response.content.decode()
    assert page.share.unmet == pytest.approx(1 / 5)
    assert (page.read, page.lessons) == (1, 2)
    assert page.activity.day_count == 2
    assert len(page.answers) == 5
    assert "Question of type numeric?" in html
    assert "Has read 1 of 2 lessons." in html


def test_what_they_learn_elsewhere_is_not_shown(at_desk, pupils):
    other = make_course("elsewhere")
    elsewhere = make_question(other, slug="elsewhere", stem="A secret of another course?")
    enrol_as(pupils[0], elsewhere.course)
    studied(pupils[0], elsewhere, on=TODAY)

    response = at_desk.get(f"{CLASS}{pupils[0].pk}/")

    assert "A secret" not in response.content.decode()
    assert response.context["page"].activity.day_count == 1
    assert at_desk.get(CLASS).context["page"].students[2].cards == 4


def test_one_who_has_not_begun_is_told_kindly(at_desk, pupils):
    assert (
        "Has not answered a question yet."
        in at_desk.get(f"{CLASS}{pupils[2].pk}/").content.decode()
    )


# --- What it costs ---------------------------------------------------------------------------
def test_the_queries_do_not_grow_with_the_class(
    at_desk, pupils, taught, django_assert_max_num_queries
):
    at_desk.get(CLASS)  # reads what the process keeps
    for number in range(20):
        person = make_user(f"q{number}@example.org")
        enrol_as(person, taught.course)
        for question in taught.questions.values():
            studied(person, question, on=TODAY)

    with django_assert_max_num_queries(20):
        at_desk.get(CLASS)
    with django_assert_max_num_queries(20):
        at_desk.get(f"{CLASS}{pupils[0].pk}/")
