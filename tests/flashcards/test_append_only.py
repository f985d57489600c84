"""The database itself refuses to change the review log."""

import importlib

import pytest
from django.db import IntegrityError, connection, transaction

from courses.accounts.services import erase_people
from courses.common.models import Job
from courses.flashcards.models import Card, DayPlan, ErasePermit, ReviewLog
from courses.flashcards.services import make_day_plans
from tests.factories.assessment import make_question
from tests.factories.flashcards import NOON, answer, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(course):
    return make_question(course)


@pytest.fixture
def logged(student, question):
    make_card(student, question)
    return answer(student, question)


def refused(statement: str) -> None:
    """Assert that the database refuses the statement, and changes nothing."""
    before = list(ReviewLog.objects.values())
    with (
        pytest.raises(IntegrityError, match=r"append-only|has this id|duplicate key"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(ReviewLog.objects.values()) == before


def test_an_update_is_refused(logged):
    refused("UPDATE flashcards_reviewlog SET rating = 4")


def test_an_update_is_refused_even_with_a_permit(logged, student):
    ErasePermit.objects.create(learner_id=student.pk)

    refused("UPDATE flashcards_reviewlog SET rating = 4")


def test_a_delete_is_refused(logged):
    refused("DELETE FROM flashcards_reviewlog")


def test_a_delete_with_another_learners_permit_is_refused(logged, owner):
    ErasePermit.objects.create(learner_id=owner.pk)

    refused("DELETE FROM flashcards_reviewlog")


def test_a_delete_with_the_learners_permit_is_done(logged, student):
    ErasePermit.objects.create(learner_id=student.pk)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM flashcards_reviewlog")

    assert not ReviewLog.objects.exists()


def test_deleting_a_person_in_passing_is_refused(logged, student):
    with pytest.raises(IntegrityError), transaction.atomic():
        student.delete()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite's")
def test_replacing_an_entry_is_refused(logged):
    refused("INSERT OR REPLACE INTO flashcards_reviewlog SELECT * FROM flashcards_reviewlog")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL's")
def test_truncating_is_refused(logged):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a TRUNCATE waits for none
    refused("TRUNCATE flashcards_reviewlog")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL's")
def test_an_upsert_is_refused(logged):
    refused(
        "INSERT INTO flashcards_reviewlog SELECT * FROM flashcards_reviewlog"
        " ON CONFLICT (learner_id, id) DO UPDATE SET rating = 4"
    )


def test_erasing_a_person_removes_their_log_cards_plans_and_jobs(
    logged, student, owner, course, question
):
    make_card(owner, question)
    kept = answer(owner, question)
    make_day_plans(learner=student, now=NOON)

    erase_people([student], now=NOON)

    assert [entry.id for entry in ReviewLog.objects.all()] == [kept.id]
    assert Card.objects.get().learner_id == owner.pk
    assert not DayPlan.objects.exists()
    assert not ErasePermit.objects.exists()
    assert not Job.objects.filter(slot__startswith=str(student.pk)).exists()


def test_the_guard_can_be_taken_off_and_put_on_again(logged):
    migration = importlib.import_module("courses.flashcards.migrations.0001_initial")
    with connection.cursor() as cursor:
        for statement in migration.REVERSE[connection.vendor]:
            cursor.execute(statement)
        cursor.execute("UPDATE flashcards_reviewlog SET rating = 2")
        for statement in migration.FORWARD[connection.vendor]:
            cursor.execute(statement)

    refused("UPDATE flashcards_reviewlog SET rating = 4")
