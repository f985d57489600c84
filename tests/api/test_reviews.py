"""The review queue over the API: answers once, replays, batches, undo."""

from uuid import uuid4

import pytest

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.enrollment.models import Course
from courses.flashcards.models import Card, ReviewLog
from tests.api.conftest import Caller, answer_body, fresh_key, place_today
from tests.factories.assessment import RIGHT, WRONG, make_question
from tests.factories.flashcards import make_card

ANSWER = RIGHT["single_choice"]


@pytest.mark.usefixtures("card")
def test_the_next_card_asks_without_the_answer(page: Caller, question: Question):
    reply = page.get("reviews/next")

    body = reply.json()
    assert reply.status_code == 200
    assert [card["question"]["id"] for card in body["cards"]] == [str(question.pk)]
    assert set(body["cards"][0]["question"]["body"]["options"][0]) == {"id", "text_html"}
    assert body["remaining"] == 1
    assert body["done_today"] == 0
    assert reply.headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("card")
def test_an_answer_is_taken_down_once_and_replayed(page: Caller, question: Question):
    key = fresh_key()

    first = page.post("reviews/answer", answer_body(question, ANSWER), key)
    again = page.post("reviews/answer", answer_body(question, ANSWER), key)

    assert first.status_code == again.status_code == 200
    assert first.json()["verdict"] == "right"
    assert first.json()["review"] == key
    moving = {"next", "remaining", "next_at"}
    assert first.json().keys() == again.json().keys() >= moving
    assert all(again.json()[name] == first.json()[name] for name in first.json().keys() - moving)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert ReviewLog.objects.count() == 1


@pytest.mark.usefixtures("card")
def test_a_key_used_for_another_answer_is_refused(page: Caller, question: Question):
    key = fresh_key()
    page.post("reviews/answer", answer_body(question, ANSWER), key)

    reply = page.post("reviews/answer", answer_body(question, WRONG["single_choice"]), key)

    assert reply.status_code == 422
    assert reply.json()["code"] == "key_reused"
    assert ReviewLog.objects.count() == 1


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(
    "key",
    [
        None,
        "",
        "abc",
        "d53bd3a8-5730-4ce6-9b51-f63c1ccefab6",
        "{01931b0e-7c4a-7000-8000-000000000000}",
    ],
)
def test_an_answer_needs_a_key_of_version_seven(page: Caller, question: Question, key: str | None):
    reply = page.post("reviews/answer", answer_body(question, ANSWER), key)

    assert reply.status_code == 400
    assert reply.json()["errors"][0]["pointer"] == "header:Idempotency-Key"
    assert not ReviewLog.objects.exists()


@pytest.mark.usefixtures("card")
def test_everything_wrong_is_said_at_once(page: Caller):
    body = {"question": "x", "answered_at": "yesterday", "duration_ms": -1, "held": "x"}

    reply = page.post("reviews/answer", body, fresh_key())

    assert reply.status_code == 400
    assert {row["pointer"] for row in reply.json()["errors"]} == {
        "#/question", "#/answer", "#/answered_at", "#/duration_ms", "#/held",
    }  # fmt: skip


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-22T01:00:00", "20261122",
     "2026-11-22", 5, None],
)  # fmt: skip
def test_a_strange_moment_is_refused(page: Caller, question: Question, moment: object):
    body = answer_body(question, ANSWER, answered_at=moment)

    reply = page.post("reviews/answer", body, fresh_key())

    assert reply.status_code == 400
    assert [row["pointer"] for row in reply.json()["errors"]] == ["#/answered_at"]


def test_the_answer_brings_the_next_card(
    page: Caller, course: Course, student: User, question: Question
):
    second, third = make_question(course), make_question(course)
    for place, asked in enumerate([question, second, third]):
        make_card(student, asked, queue_position=place_today(student, place))

    reply = page.post(
        "reviews/answer", answer_body(question, ANSWER, held=[str(second.pk)]), fresh_key()
    )

    assert [card["question"]["id"] for card in reply.json()["next"]] == [str(third.pk)]
    assert reply.json()["feedback"]["explanation_html"]


@pytest.mark.usefixtures("card")
def test_a_program_may_ask_for_no_next_card(program: Caller, question: Question):
    reply = program.post("reviews/answer", answer_body(question, ANSWER, limit=0), fresh_key())

    assert reply.status_code == 200
    assert "next" not in reply.json()


def test_the_card_of_somebody_else_is_not_there(
    page: Caller, other_student: User, other_course: Course
):
    theirs = make_question(other_course)
    make_card(other_student, theirs, queue_position=place_today(other_student))

    reply = page.post("reviews/answer", answer_body(theirs, ANSWER), fresh_key())

    assert reply.status_code == 404
    assert page.get("reviews/next").json()["cards"] == []


@pytest.mark.usefixtures("card")
def test_who_left_the_course_cannot_answer(page: Caller, student: User, question: Question):
    student.enrollments.update(ended_at="2026-11-20T00:00Z")

    reply = page.post("reviews/answer", answer_body(question, ANSWER), fresh_key())

    assert reply.status_code == 403
    assert page.get("reviews/next").json()["cards"] == []


@pytest.mark.usefixtures("card")
def test_an_answer_of_the_wrong_form_is_refused(page: Caller, question: Question):
    for answer in [{"option": 5}, {"text": "x"}, [], "x", 7]:
        reply = page.post("reviews/answer", answer_body(question, answer), fresh_key())

        assert reply.status_code == 422, answer
        assert reply.json()["code"] == "answer_invalid"
    assert not ReviewLog.objects.exists()


def test_a_batch_answers_item_by_item(
    program: Caller, course: Course, student: User, question: Question
):
    other = make_question(course)
    for asked in (question, other):
        make_card(student, asked, queue_position=place_today(student))
    once, unknown = fresh_key(), fresh_key()
    items = [
        answer_body(question, ANSWER, id=once),
        answer_body(question, ANSWER, id=once),
        answer_body(other, WRONG["single_choice"], id=fresh_key()),
        answer_body(other, ANSWER, id=unknown, question=str(uuid4())),
        {"id": "nonsense"},
        7,
    ]

    results = program.post("reviews/batch", {"answers": items}).json()["results"]

    assert [result["status"] for result in results] == [200, 200, 200, 404, 400, 400]
    assert [result["replayed"] for result in results[:3]] == [False, True, False]
    assert results[0]["result"] == results[1]["result"]
    assert results[3]["id"] == unknown
    assert results[4]["problem"]["errors"]
    assert ReviewLog.objects.count() == 2


@pytest.mark.usefixtures("card")
def test_a_batch_late_by_weeks_counts_from_when_it_was_answered(
    program: Caller, question: Question
):
    item = answer_body(
        question,
        ANSWER,
        id=fresh_key(),
        served_at="2026-10-20T01:00:00Z",
        answered_at="2026-10-20T01:00:09Z",
    )

    results = program.post("reviews/batch", [item]).json()["results"]

    assert results[0]["status"] == 200
    assert ReviewLog.objects.get().answered_at.isoformat() == "2026-10-20T01:00:09+00:00"


@pytest.mark.parametrize("body", [{"answers": [1] * 201}, {}, {"answers": "x"}, "x", 3, None])
def test_a_batch_is_a_list_of_at_most_two_hundred(program: Caller, body: object):
    reply = program.post("reviews/batch", body)

    assert reply.status_code == 400


@pytest.mark.usefixtures("card")
def test_undo_takes_back_the_last_answer_once(page: Caller, question: Question, student: User):
    given = page.post("reviews/answer", answer_body(question, ANSWER), fresh_key()).json()
    ReviewLog.objects.count()
    key = fresh_key()

    first = page.post("reviews/undo", key=key)
    again = page.post("reviews/undo", key=key)

    assert first.json() == again.json()
    assert first.json()["review"] == given["review"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Card.objects.get(learner=student).reps == 0


def test_undo_of_nothing_is_said(page: Caller):
    reply = page.post("reviews/undo", key=fresh_key())

    assert reply.status_code == 409
    assert reply.json()["code"] == "nothing_to_undo"


@pytest.mark.usefixtures("card")
def test_the_busiest_door_makes_few_queries(
    page: Caller, question: Question, django_assert_max_num_queries
):
    page.get("reviews/next")

    # session, person; begin, card, entry, card again, commit; next cards, how many are left
    with django_assert_max_num_queries(10):
        page.post("reviews/answer", answer_body(question, ANSWER), fresh_key())


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 11}, {"limit": "x"}, {"exclude": "x"}])
def test_next_refuses_what_it_does_not_understand(page: Caller, query: dict[str, object]):
    assert page.get("reviews/next", query).status_code == 400


def test_next_of_a_course_that_is_not_theirs_is_not_found(page: Caller, other_course: Course):
    assert page.get("reviews/next", {"course": other_course.slug}).status_code == 404
    assert page.get("reviews/next", {"course": "a\x00b"}).status_code == 404
