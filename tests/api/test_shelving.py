"""Cards put off, set aside and brought back over the API."""

import pytest

from courses.assessment.models import Question
from courses.flashcards.models import Card
from tests.api.conftest import Caller

pytestmark = pytest.mark.usefixtures("card")


def remaining(page: Caller) -> int:
    return int(page.get("reviews/next").json()["remaining"])


@pytest.mark.parametrize("action", ["bury", "suspend"])
def test_a_card_put_off_twice_is_put_off_once(page: Caller, question: Question, action: str):
    replies = [page.post(f"reviews/{action}", {"question": str(question.pk)}) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [200, 200]
    assert replies[0].json() == replies[1].json() == {"question": str(question.pk)}
    assert remaining(page) == 0


def test_a_card_set_aside_is_brought_back(page: Caller, question: Question):
    page.post("reviews/suspend", {"question": str(question.pk)})
    assert Card.objects.get().suspended

    page.post("reviews/unsuspend", {"question": str(question.pk)})

    assert not Card.objects.get().suspended


def test_a_card_put_off_is_asked_today_after_all(page: Caller, question: Question):
    page.post("reviews/bury", {"question": str(question.pk)})
    assert remaining(page) == 0

    page.post("reviews/unbury", {"question": str(question.pk)})

    assert remaining(page) == 1


@pytest.mark.parametrize("body", [{}, {"question": "x"}, {"question": None}, []])
def test_what_names_no_question_is_refused(page: Caller, body: object):
    assert page.post("reviews/suspend", body).status_code == 400
