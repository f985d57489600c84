"""Claims of one guest at the same moment, in real threads on a real database."""

from datetime import timedelta

import pytest

from courses.assessment.models import GuestEntry, Response
from courses.assessment.services import (
    Claimed,
    GuestOutcome,
    answer_as_guest,
    claim_guest,
    finish_as_guest,
    guest_key,
)
from courses.common.ids import new_id
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.models import Card, ReviewLog
from tests.assessment.test_races import at_once
from tests.factories.accounts import make_user
from tests.factories.assessment import ASKED_AT, RIGHT, make_question
from tests.factories.content import make_lesson
from tests.factories.enrollment import make_course

pytestmark = pytest.mark.django_db(transaction=True)

GUEST = guest_key("0" * 32)
NOW = ASKED_AT + timedelta(hours=1)
ANSWERS = 4
AT_ONCE = 12


@pytest.fixture
def kept():
    course = make_course(access=Course.Access.OPEN)
    lesson = make_lesson(course)
    for _ in range(ANSWERS):
        give(lesson, make_question(course))
    finish_as_guest(guest=GUEST, lesson=lesson, now=NOW)
    return lesson


def give(lesson, question, response_id=None):
    return answer_as_guest(
        guest=GUEST,
        response_id=response_id or new_id(),
        lesson_id=lesson.pk,
        question_id=question.pk,
        raw_answer=RIGHT["single_choice"],
        answered_at=ASKED_AT,
    )


def test_of_two_accounts_that_claim_at_once_one_gets_everything(kept) -> None:
    people = [make_user() for _ in range(AT_ONCE)]

    outcomes = at_once(lambda number: claim_guest(people[number], GUEST, now=NOW), AT_ONCE)

    assert sorted(one.answers for one in outcomes if isinstance(one, Claimed)) == (
        [0] * (AT_ONCE - 1) + [ANSWERS]
    )
    assert Response.objects.count() == ReviewLog.objects.count() == ANSWERS
    assert len(set(Response.objects.values_list("learner", flat=True))) == 1
    assert Enrollment.objects.count() == 1


def test_one_account_that_signs_in_many_times_at_once_claims_once(kept) -> None:
    person = make_user()

    outcomes = at_once(lambda _: claim_guest(person, GUEST, now=NOW), AT_ONCE)

    assert sum(one.answers for one in outcomes if isinstance(one, Claimed)) == ANSWERS
    assert Response.objects.count() == ReviewLog.objects.count() == ANSWERS
    assert Card.objects.filter(learner=person).count() == ANSWERS


def test_an_answer_sent_many_times_is_kept_once(kept) -> None:
    question, response_id = make_question(kept.course), new_id()

    outcomes = at_once(lambda _: give(kept, question, response_id), AT_ONCE)

    replayed = [one.replayed for one in outcomes if isinstance(one, GuestOutcome)]
    assert sorted(replayed) == [False] + [True] * (AT_ONCE - 1)
    assert GuestEntry.objects.filter(question=question).count() == 1


def test_answers_given_while_an_account_claims_are_claimed_or_stay(kept) -> None:
    person, questions = make_user(), [make_question(kept.course) for _ in range(AT_ONCE)]

    def act(number: int) -> object:
        if number == 0:
            return claim_guest(person, GUEST, now=NOW)
        return give(kept, questions[number])

    at_once(act, AT_ONCE)

    left = GuestEntry.objects.filter(question__isnull=False).count()
    assert Response.objects.count() + left == ANSWERS + AT_ONCE - 1
    claim_guest(person, GUEST, now=NOW)
    assert Response.objects.filter(learner=person).count() == ANSWERS + AT_ONCE - 1
