"""The review page without scripts, and what it hands to the one that has them."""

import json
import re

import pytest

from courses.common.ids import new_id
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.services import suspend_card
from tests.factories.assessment import RIGHT
from tests.factories.flashcards import NOON, make_review_card

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def frozen(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def cards(learner, taught):
    return [make_review_card(learner, question) for question in taught.questions.values()]


def posted(taught, type_name, **answer):
    question = taught.questions[type_name]
    served_at = "2026-11-20T02:59:50+00:00"
    return {"question": question.pk, "response": new_id(), "served_at": served_at, **answer}


def test_a_card_is_asked_and_the_rest_counted(signed_in, cards):
    page = signed_in.get("/review/").content.decode()

    assert "<b>5</b> left" in page
    assert page.count("<form") >= 2


def test_the_script_gets_three_cards_and_no_key(signed_in, cards):
    page = signed_in.get("/review/").content.decode()

    data = re.search('<script id="review-start" type="application/json">(.*?)</script>', page)[1]
    start = json.loads(data)
    assert len(start["cards"]) == 3
    assert start["remaining"] == 5
    assert "solution" not in data


def test_an_answer_shows_its_feedback_and_when_it_comes_back(signed_in, learner, taught, cards):
    form = posted(taught, "single_choice", **RIGHT["single_choice"])

    page = signed_in.post("/review/", form).content.decode()

    assert "<span>Right</span>" in page
    assert "Comes back on" in page
    entry = ReviewLog.objects.get(learner=learner)
    assert entry.duration_ms == 10_000


@pytest.mark.parametrize(
    "served_at",
    ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "soon"],
)
def test_a_moment_out_of_bounds_is_none(signed_in, learner, taught, cards, served_at):
    form = posted(taught, "single_choice", **RIGHT["single_choice"])

    signed_in.post("/review/", form | {"served_at": served_at})

    assert ReviewLog.objects.get().served_at is None


def test_a_self_rated_card_is_rated_by_its_buttons(signed_in, learner, taught, cards):
    signed_in.post("/review/", posted(taught, "flashcard", rating="4"))

    assert ReviewLog.objects.get(learner=learner).rating == 4


def test_what_cannot_be_read_is_asked_again(signed_in, learner, taught):
    make_review_card(learner, taught.questions["numeric"])

    response = signed_in.post("/review/", posted(taught, "numeric", value="much"))

    assert response.status_code == 422
    assert 'value="much"' in response.content.decode()
    assert not ReviewLog.objects.filter(learner=learner).exists()


def test_the_last_answer_can_be_taken_back(signed_in, learner, taught, cards):
    signed_in.post("/review/", posted(taught, "numeric", value="5.5"))

    page = signed_in.post("/review/undo/", follow=True).content.decode()

    assert "The last answer is taken back." in page
    assert ReviewLog.objects.filter(learner=learner, kind="undo").exists()


def test_taking_back_nothing_says_so(signed_in):
    page = signed_in.post("/review/undo/", follow=True).content.decode()

    assert "There is nothing to take back." in page


def test_an_empty_queue_points_to_the_lessons(signed_in):
    assert "Nothing is due" in signed_in.get("/review/").content.decode()


@pytest.mark.parametrize("action", ["bury", "suspend"])
def test_a_card_is_put_off_by_a_form(signed_in, taught, cards, action):
    page = signed_in.get("/review/").content.decode()
    question_id = re.search(r'name="question" value="([^"]+)"', page.partition("data-more")[2])[1]
    assert f'action="/review/{action}/"' in page

    page = signed_in.post(f"/review/{action}/", {"question": question_id}, follow=True)

    assert "<b>4</b> left" in page.content.decode()
    assert Card.objects.get(question_id=question_id).suspended == (action == "suspend")


def test_a_card_set_aside_is_listed_and_brought_back(signed_in, learner, taught, cards):
    question = taught.questions["numeric"]
    suspend_card(learner=learner, question_id=question.pk)
    listed = signed_in.get("/progress/").content.decode()
    assert "Set aside" in listed
    assert f'name="question" value="{question.pk}"' in listed

    form = {"question": question.pk}
    page = signed_in.post("/review/unsuspend/", form, follow=True).content.decode()

    assert "The card is back." in page
    assert "Bring back" not in page
    assert not Card.objects.get(question=question).suspended


def test_setting_aside_what_is_no_card_is_not_found(signed_in, taught):
    form = {"question": taught.questions["numeric"].pk}

    assert signed_in.post("/review/suspend/", form).status_code == 404
