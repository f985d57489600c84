"""Answers without an account: kept, counted, swept, and handed over once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from courses.accounts.services import erase_people
from courses.assessment.domain.types import get_type
from courses.assessment.errors import AnswerRefused, GuestFull
from courses.assessment.models import GuestEntry, Response
from courses.assessment.selectors import guest_answer_count, guest_record
from courses.assessment.services import (
    answer_as_guest,
    answer_in_lesson,
    claim_guest,
    finish_as_guest,
    forget_guest,
    guest_key,
)
from courses.assessment.services import guests as service
from courses.assessment.services.guests import CLAIM_GUEST, owe_claim, sweep_guests
from courses.common import outbox
from courses.common.errors import KeyReused, NotFound
from courses.common.ids import new_id
from courses.common.models import Job
from courses.content.models import LessonProgress
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.models import Card, ReviewLog
from tests.factories.accounts import make_user
from tests.factories.assessment import ASKED_AT, RIGHT, WRONG, make_question
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as, make_course
from tests.factories.flashcards import card_of

pytestmark = pytest.mark.django_db

GUEST = guest_key("0" * 32)
NOW = ASKED_AT + timedelta(hours=1)


@pytest.fixture
def here() -> Course:
    return make_course(access=Course.Access.OPEN)


@pytest.fixture
def lesson(here):
    return make_lesson(here)


@pytest.fixture
def question(here, lesson):
    return make_question(here, lesson=lesson)


@pytest.fixture
def person():
    return make_user()


def give(lesson, question, raw=None, **fields):
    values = {
        "guest": GUEST,
        "response_id": new_id(),
        "raw_answer": RIGHT[question.current.type] if raw is None else raw,
        "answered_at": ASKED_AT,
    }
    return answer_as_guest(lesson_id=lesson.pk, question_id=question.pk, **(values | fields))


# --- As a guest -------------------------------------------------------------------------
@pytest.mark.parametrize("type_name", list(RIGHT))
def test_every_type_is_marked_and_kept(here, lesson, type_name):
    question = make_question(here, type_name)

    right, wrong = give(lesson, question), give(lesson, question, WRONG[type_name])

    by_hand = get_type(type_name).marked_by_hand
    expected = ("awaiting", "awaiting") if by_hand else ("right", "wrong")
    assert (right.mark.verdict, wrong.mark.verdict) == expected
    assert guest_record(GUEST).last[question.pk] == wrong.entry
    assert guest_answer_count(GUEST) == 2


def test_the_same_id_with_the_same_answer_is_one_answer(lesson, question):
    first = give(lesson, question)

    again = give(lesson, question, response_id=first.entry.response_id)

    assert (again.replayed, again.entry) == (True, first.entry)
    assert GuestEntry.objects.count() == 1


def test_the_same_id_with_another_answer_is_refused(lesson, question):
    first = give(lesson, question)

    with pytest.raises(KeyReused):
        give(lesson, question, WRONG["single_choice"], response_id=first.entry.response_id)


def test_two_guests_may_use_the_same_id(lesson, question):
    first = give(lesson, question)

    other = give(lesson, question, guest=guest_key("1" * 32), response_id=first.entry.response_id)

    assert not other.replayed


@pytest.mark.parametrize(
    "raw", [{"option": "nothing"}, {"option": "a\0"}, {"option": "x" * 30_000}]
)
def test_what_is_no_answer_is_refused_and_not_kept(lesson, question, raw):
    with pytest.raises(AnswerRefused):
        give(lesson, question, raw)

    assert not GuestEntry.objects.exists()


@pytest.mark.parametrize("text", ["a\0b", "Abe" + " " * 5_000, "x" * 300])
def test_what_cannot_or_need_not_be_stored_is_refused(here, lesson, text):
    with pytest.raises(AnswerRefused):
        give(lesson, make_question(here, "short_text"), {"text": text})

    assert not GuestEntry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"access": Course.Access.CLOSED},
        {"status": Course.Status.DRAFT},
        {"status": Course.Status.ARCHIVED},
    ],
)
def test_only_open_published_courses_take_guests(here, lesson, question, change):
    Course.objects.filter(pk=here.pk).update(**change)
    lesson.refresh_from_db()

    with pytest.raises(NotFound):
        give(lesson, question)
    with pytest.raises(NotFound):
        finish_as_guest(guest=GUEST, lesson=lesson, now=NOW)


def test_drafts_take_no_guests(here, question):
    draft = make_lesson(here, status="draft")

    with pytest.raises(NotFound):
        give(draft, question)
    with pytest.raises(NotFound):
        finish_as_guest(guest=GUEST, lesson=draft, now=NOW)


def test_a_guest_has_a_limit(monkeypatch, lesson, question):
    monkeypatch.setattr(service, "MOST_ENTRIES", 2)
    first = give(lesson, question)
    give(lesson, question)

    with pytest.raises(GuestFull):
        give(lesson, question)
    with pytest.raises(GuestFull):
        finish_as_guest(guest=GUEST, lesson=lesson, now=NOW)
    assert give(lesson, question, response_id=first.entry.response_id).replayed


def test_a_lesson_is_finished_once(lesson):
    finish_as_guest(guest=GUEST, lesson=lesson, now=NOW)
    finish_as_guest(guest=GUEST, lesson=lesson, now=NOW + timedelta(days=1))

    assert guest_record(GUEST).finished_at == {lesson.pk: NOW}
    assert guest_answer_count(GUEST) == 0


def test_an_entry_is_an_answer_or_a_finish(lesson, question):
    with pytest.raises(IntegrityError):
        GuestEntry.objects.create(
            guest=GUEST, response_id=new_id(), lesson=lesson, question=question, done_at=NOW
        )


def test_forgetting_removes_one_guest(lesson, question):
    give(lesson, question)
    kept = give(lesson, question, guest=guest_key("1" * 32))

    forget_guest(GUEST)

    assert GuestEntry.objects.get() == kept.entry


def test_entries_are_swept_after_thirty_days(monkeypatch, lesson, question):
    monkeypatch.setattr(service, "_SWEPT_AT_ONCE", 2)
    for _ in range(5):
        give(lesson, question, answered_at=NOW - timedelta(days=30, seconds=1))
    young = give(lesson, question, answered_at=NOW - timedelta(days=30))

    assert sweep_guests(NOW) == 5
    assert GuestEntry.objects.get() == young.entry


# --- Claiming ---------------------------------------------------------------------------
def test_an_account_gets_all_of_it_as_if_it_had_been_there(here, lesson, person):
    first, second = make_question(here), make_question(here, "numeric")
    one = give(lesson, first, answered_at=ASKED_AT, duration_ms=4_000)
    two = give(lesson, second, WRONG["numeric"], answered_at=ASKED_AT + timedelta(minutes=3))
    finish_as_guest(guest=GUEST, lesson=lesson, now=ASKED_AT + timedelta(minutes=9))
    twin = make_user()
    enrol_as(twin, here)
    for entry in (one.entry, two.entry):
        answer_in_lesson(
            learner=twin,
            response_id=entry.response_id,
            lesson_id=lesson.pk,
            question_id=entry.question_id,
            raw_answer=entry.answer,
            answered_at=entry.done_at,
            duration_ms=entry.duration_ms,
            now=entry.done_at,
        )

    claimed = claim_guest(person, GUEST, now=NOW)

    assert (claimed.answers, claimed.refused) == (2, 0)
    assert Enrollment.objects.get(user=person).role == "student"
    given = list(Response.objects.filter(learner=person))
    assert [row.id for row in given] == [one.entry.response_id, two.entry.response_id]
    assert given[0].answered_at == ASKED_AT
    assert given[0].received_at == NOW
    progress = LessonProgress.objects.get(learner=person)
    assert progress.started_at == ASKED_AT
    assert progress.finished_at == ASKED_AT + timedelta(minutes=9)
    columns = ("id", "rating", "answered_at", "local_day", "interval_days", "credit", "digest")
    logs = ReviewLog.objects.order_by("answered_at").values_list(*columns)
    assert list(logs.filter(learner=person)) == list(logs.filter(learner=twin)) != []
    for question in (first, second):
        mine, theirs = card_of(person, question), card_of(twin, question)
        assert (mine.stability, mine.due_at, mine.state) == (
            theirs.stability, theirs.due_at, theirs.state,
        )  # fmt: skip
    assert not GuestEntry.objects.exists()


def test_claiming_again_finds_nothing(lesson, question, person):
    give(lesson, question)
    claim_guest(person, GUEST, now=NOW)

    again = claim_guest(person, GUEST, now=NOW)
    other = claim_guest(make_user(), GUEST, now=NOW)

    assert (again.answers, other.answers) == (0, 0)
    assert Response.objects.count() == 1


def test_what_the_account_knows_better_is_not_harmed(here, lesson, question, person):
    enrol_as(person, here)
    entry = give(lesson, question, WRONG["single_choice"]).entry
    same = give(lesson, question, answered_at=ASKED_AT + timedelta(minutes=1)).entry
    for response_id, moment in (
        (same.response_id, same.done_at),
        (new_id(), ASKED_AT + timedelta(minutes=30)),
    ):
        answer_in_lesson(
            learner=person,
            response_id=response_id,
            lesson_id=lesson.pk,
            question_id=question.pk,
            raw_answer=RIGHT["single_choice"],
            answered_at=moment,
            now=moment,
        )

    claimed = claim_guest(person, GUEST, now=NOW)

    assert (claimed.answers, claimed.refused) == (2, 0)
    given = list(Response.objects.filter(learner=person).order_by("answered_at"))
    assert [row.credit for row in given] == [0, 1, 1]
    assert given[0].id == entry.response_id
    card = card_of(person, question)
    assert card.reps == ReviewLog.objects.filter(learner=person).count() == 3
    assert card.last_review_at == ASKED_AT + timedelta(minutes=30)


def test_a_new_wording_since_then_leaves_the_answer_with_the_old(here, lesson, person):
    question = make_question(here, slug="asked", lesson=lesson)
    entry = give(lesson, question).entry
    make_question(here, slug="asked", lesson=lesson, stem="What is it now?")

    claim_guest(person, GUEST, now=NOW)

    assert Response.objects.get(learner=person).version_id == entry.version_id


def test_teachers_stay_teachers(here, lesson, question, person):
    enrol_as(person, here, "owner")
    give(lesson, question)

    claim_guest(person, GUEST, now=NOW)

    assert Enrollment.objects.get(user=person).role == "owner"
    assert Response.objects.filter(learner=person).exists()


def test_what_was_closed_since_is_let_go_and_the_rest_is_kept(here, lesson, question, person):
    closed = make_course(access=Course.Access.OPEN)
    elsewhere = make_lesson(closed)
    give(lesson, question)
    give(elsewhere, make_question(closed))
    finish_as_guest(guest=GUEST, lesson=elsewhere, now=NOW)
    Course.objects.filter(pk=closed.pk).update(access=Course.Access.CLOSED)

    claimed = claim_guest(person, GUEST, now=NOW)

    assert (claimed.answers, claimed.refused) == (1, 1)
    assert Enrollment.objects.get(user=person).course == here
    assert not GuestEntry.objects.exists()


def test_a_withdrawn_question_does_not_stop_the_others(here, lesson, person):
    gone, stays = make_question(here, lesson=lesson), make_question(here, lesson=lesson)
    give(lesson, gone)
    give(lesson, stays)
    type(gone).objects.filter(pk=gone.pk).update(status="archived")

    claimed = claim_guest(person, GUEST, now=NOW)

    assert (claimed.answers, claimed.refused) == (1, 1)
    assert Card.objects.get(learner=person).question_id == stays.pk


def test_a_failure_loses_nothing(monkeypatch, lesson, question, person):
    give(lesson, question)
    finish_as_guest(guest=GUEST, lesson=lesson, now=NOW)

    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(service, "finish_lesson", fail)
        with pytest.raises(RuntimeError):
            claim_guest(person, GUEST, now=NOW)

    assert GuestEntry.objects.count() == 2
    assert not Response.objects.exists()
    assert not Enrollment.objects.filter(user=person).exists()
    assert claim_guest(person, GUEST, now=NOW).answers == 1


# --- By a job ---------------------------------------------------------------------------
def test_a_straggler_is_claimed_by_the_job(lesson, question, person):
    give(lesson, question)
    claim_guest(person, GUEST, now=NOW)
    give(lesson, question)

    outbox.run_due(CLAIM_GUEST, now=NOW)
    assert Response.objects.count() == 1
    outbox.run_due(CLAIM_GUEST, now=NOW + timedelta(minutes=3))

    assert Response.objects.filter(learner=person).count() == 2
    assert not GuestEntry.objects.exists()


def test_the_job_claims_nothing_for_who_was_suspended(lesson, question, person):
    give(lesson, question)
    owe_claim(person, GUEST, due_at=NOW, now=NOW)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    outbox.run_due(CLAIM_GUEST, now=NOW)

    assert GuestEntry.objects.exists()
    assert Job.objects.get(kind=CLAIM_GUEST).state == Job.State.DONE


def test_an_erased_person_leaves_no_claim(person):
    owe_claim(person, GUEST, due_at=NOW, now=NOW)

    erase_people([person], now=NOW)

    assert not Job.objects.filter(kind=CLAIM_GUEST).exists()
