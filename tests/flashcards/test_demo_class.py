"""The demo class: true to the log, the same on the same day, made once, removed by one command."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Max

from courses.accounts.models import User
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.models import Attempt, QuestionVersion, Response
from courses.assessment.services.finishing import refresh_score
from courses.common import outbox
from courses.common.models import Job
from courses.content.models import LessonProgress
from courses.enrollment.demo import DEMO_SECTION, STUDENT_EMAIL, load_demo, remove_demo
from courses.enrollment.domain.roles import STUDENT
from courses.enrollment.models import Course, Enrollment, Section
from courses.flashcards.demo.loading import load_class
from courses.flashcards.demo.people import MEMBERS
from courses.flashcards.demo.syllabus import read_syllabus
from courses.flashcards.jobs import DEMO_CLASS
from courses.flashcards.models import Card, DayPlan, ReviewLog
from courses.flashcards.selectors import done_today, forecast
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services import verify_memory
from tests.assessment.test_races import at_once
from tests.factories.accounts import make_user
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, answer, make_card
from tests.factories.harbour import Taught, make_harbour

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> Taught:
    return make_harbour()


@pytest.fixture
def loaded(taught: Taught) -> Course:
    load_demo(taught.course, now=NOON)
    load_class(taught.course, now=NOON)
    return taught.course


def invented() -> list[object]:
    """Return who was invented, and all that they answered."""
    rows = ReviewLog.objects.exclude(learner__email=STUDENT_EMAIL).order_by("learner", "id")
    return [
        *User.objects.order_by("email").values_list("email", "display_name", "time_zone"),
        *rows.values_list("learner", "id", "rating", "answered_at", "question"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_worker_and_a_command_at_once_make_one_class():
    taught = make_harbour()
    load_demo(taught.course, now=NOON)

    outcomes = at_once(lambda _number: load_class(taught.course, now=NOON), 3)

    assert sum(outcomes) == len(MEMBERS), outcomes
    assert User.objects.filter(email__endswith="@class.quizsite.example").count() == 23
    assert list(verify_memory()) == []


def test_twenty_four_are_in_the_class_and_all_are_marked_as_demo(loaded: Course):
    class_of = Enrollment.objects.filter(section__name=DEMO_SECTION, role=STUDENT)

    assert class_of.count() == len(MEMBERS) == 24
    assert not class_of.exclude(user__is_demo=True).exists()
    assert Section.objects.get(name=DEMO_SECTION).exam_date == (NOON + timedelta(days=35)).date()


def test_only_those_with_a_printed_password_can_sign_in(loaded: Course):
    members = User.objects.filter(email__endswith="@class.quizsite.example")

    assert members.count() == 23
    assert not any(member.has_usable_password() for member in members)


def test_every_card_is_the_fold_of_its_log(loaded: Course):
    assert ReviewLog.objects.count() > 500
    assert list(verify_memory()) == []


def test_credits_agree_with_the_answers(loaded: Course):
    versions = {version.pk: version for version in QuestionVersion.objects.all()}

    for response in Response.objects.all():
        version = versions[response.version_id]
        kind = get_type(version.type)
        assert kind.parse(version.payload, response.answer) == response.answer
        assert kind.mark(version.payload, response.answer).credit == response.credit


def test_every_answer_of_a_lesson_or_quiz_is_one_entry_of_the_log(loaded: Course):
    entries = ReviewLog.objects.exclude(place=ReviewLog.Place.REVIEW)

    logged = set(entries.values_list("learner_id", "id", "digest", "credit"))
    assert logged == set(Response.objects.values_list("learner_id", "id", "digest", "credit"))
    assert Attempt.objects.filter(submitted_at__isnull=False).exists()
    for attempt in Attempt.objects.filter(submitted_at__isnull=False):
        assert attempt.responses.count() == len(attempt.order)
        kept = attempt.score
        refresh_score(attempt)
        assert attempt.score == kept == attempt.raw_score


def test_nothing_happens_after_now_and_received_rises_along_a_card(loaded: Course):
    assert ReviewLog.objects.aggregate(last=Max("answered_at"))["last"] < NOON
    assert not LessonProgress.objects.filter(finished_at__gte=NOON).exists()
    last: dict[object, object] = {}
    for entry in ReviewLog.objects.order_by("answered_at", "id"):
        card = (entry.learner_id, entry.question_id)
        assert card not in last or entry.received_at > last[card]
        last[card] = entry.received_at


def test_the_demo_student_has_lessons_read_and_cards_planned_today(loaded: Course):
    student = User.objects.get(email=STUDENT_EMAIL)

    assert LessonProgress.objects.filter(learner=student, finished_at__isnull=False).exists()
    assert Card.objects.filter(learner=student, last_review_at__isnull=False).count() == 5
    assert DayPlan.objects.filter(learner=student, day=study_day(student, NOON)).exists()
    assert done_today(student, NOON) == 0


def due_by_tonight(student: User) -> int:
    return forecast(student, NOON, days=1)[0].cards


def test_the_plan_of_an_empty_day_is_made_anew(taught: Taught):
    load_demo(taught.course, now=NOON)
    student = User.objects.get(email=STUDENT_EMAIL)
    DayPlan.objects.create(
        learner=student, course=taught.course, day=NOON.date(), due_count=0, new_count=0,
        seconds=0, planned_at=NOON,
    )  # fmt: skip

    load_class(taught.course, now=NOON)

    plan = DayPlan.objects.get(learner=student)
    assert plan.due_count + plan.postponed_count == due_by_tonight(student)


def test_a_second_run_doubles_nothing(loaded: Course):
    before = invented()

    assert load_class(loaded, now=NOON + timedelta(hours=1)) == 0
    assert invented() == before


def test_the_same_day_gives_the_same_class(loaded: Course):
    before = invented()
    remove_demo(now=NOON)

    load_demo(loaded, now=NOON)
    load_class(loaded, now=NOON)

    assert len(before) > 500
    assert invented() == before


def test_removal_leaves_nothing_and_nobody_elses_is_touched(loaded: Course, taught: Taught):
    other = make_user("somebody@example.org")
    enrol_as(other, loaded)
    question = taught.questions["single_choice"]
    make_card(other, question)
    answer(other, question)

    call_command("remove_demo", stdout=StringIO())

    assert not User.objects.filter(is_demo=True).exists()
    assert not Section.objects.filter(name=DEMO_SECTION).exists()
    for model in (ReviewLog, Card):
        assert [row.learner for row in model.objects.all()] == [other]
    assert not Response.objects.exists()
    assert not Attempt.objects.exists()
    assert not Job.objects.filter(slot__contains=DEMO_SECTION).exists()


def test_a_demo_class_that_somebody_joined_stays(loaded: Course):
    other = make_user("somebody@example.org")
    Enrollment.objects.create(
        user=other, course=loaded, role=STUDENT, section=Section.objects.get(name=DEMO_SECTION)
    )

    remove_demo(now=NOON)

    assert Section.objects.filter(name=DEMO_SECTION).exists()


def test_loading_the_people_owes_the_class_once(taught: Taught):
    for _time in range(2):
        load_demo(taught.course, now=NOON)

    assert outbox.run_due(DEMO_CLASS, now=NOON + timedelta(seconds=1)) == 1
    assert Card.objects.exists()


def test_a_class_whose_demo_people_were_removed_is_not_made(taught: Taught):
    load_demo(taught.course, now=NOON)
    remove_demo(now=NOON)

    outbox.run_due(DEMO_CLASS, now=NOON + timedelta(seconds=1))

    assert not User.objects.exists()


def test_who_has_learned_already_keeps_what_they_have(taught: Taught):
    load_demo(taught.course, now=NOON)
    student = User.objects.get(email=STUDENT_EMAIL)
    make_card(student, taught.questions["numeric"])

    load_class(taught.course, now=NOON)

    assert Card.objects.filter(learner=student).count() == 1


@pytest.mark.django_db
def test_a_question_of_every_type_that_marks_itself_can_be_answered_right_and_wrong():
    every = make_harbour(type_names())

    items = read_syllabus(every.course)[0].items

    assert len(items) == sum(not get_type(name).marked_by_hand for name in type_names())
    assert all(item.right and item.wrong for item in items)


def test_a_namesake_who_is_no_demo_person_is_left_alone(taught: Taught):
    real = make_user(MEMBERS[1].email)
    load_demo(taught.course, now=NOON)

    load_class(taught.course, now=NOON)

    assert not Card.objects.filter(learner=real).exists()
