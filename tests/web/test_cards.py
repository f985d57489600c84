"""The learner's cards: the list, and one card with its forgetting curve."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import translation

from courses.assessment.models import Question
from courses.common.ids import new_id
from courses.enrollment.models import Enrollment
from courses.flashcards.domain.folding import ANSWER, Entry
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.domain.retracing import retrace
from courses.flashcards.services import suspend_card, undo_last_review
from courses.web.recall_chart import WIDTH, recall_chart
from courses.web.views import cards
from tests.factories.accounts import make_user
from tests.factories.assessment import WRONG, answer_lesson, make_question
from tests.factories.content import make_topic
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, answer, make_card, make_review_card

LATER = NOON + timedelta(days=12)
model = Fsrs6()


@pytest.fixture
def asked(learner, taught, time_machine):
    """A question answered in the lesson (wrong, then right twice), and reviewed days later."""
    question = taught.questions["numeric"]
    for minutes, right in ((0, False), (2, True), (15, True)):
        at = NOON + timedelta(minutes=minutes)
        raw = None if right else WRONG["numeric"]
        answer_lesson(learner, taught.lesson, question, raw, answered_at=at, now=at)
    answer(learner, question, at=NOON + timedelta(days=3))
    time_machine.move_to(LATER, tick=False)
    return question


def page_of(client, question):
    return client.get(f"/progress/cards/{question.pk}/").content.decode()


# --- One card ---------------------------------------------------------------------------------


def test_the_curve_carries_every_review_and_says_what_it_shows(signed_in, asked):
    page = page_of(signed_in, asked)

    picture = page[page.index('class="curve"') : page.index("</figure>")]
    assert picture.count('<g class="mark mark-3"') == 3
    assert picture.count('<g class="mark mark-1"') == 1
    assert "<title>20 November 2026: Again</title>" in picture
    assert "now it takes" in picture
    assert "aim</text>" in picture


def test_the_table_behind_it_has_every_answer(signed_in, asked):
    page = page_of(signed_in, asked)

    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count('<th scope="row">') == 4
    assert "Lesson" in table
    assert "Review" in table
    assert "some minutes" in table


def test_an_answered_card_may_show_its_solution_and_claims(signed_in, asked):
    page = page_of(signed_in, asked)

    assert "Why numeric." in page
    assert "/courses/harbour/claims/TT-101/" in page


def test_the_card_of_a_flashcard_has_its_back(signed_in, learner, taught):
    card = make_question(taught.course, "flashcard", lesson=taught.lesson)
    answer_lesson(learner, taught.lesson, card, answered_at=NOON, now=NOON)

    page = page_of(signed_in, card)

    assert "The <em>Kuril</em> islands" in page


def test_of_very_many_answers_the_last_are_drawn(signed_in, asked, monkeypatch):
    monkeypatch.setattr(cards, "_MOST_STEPS", 2)

    page = page_of(signed_in, asked)

    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count('<th scope="row">') == 2
    assert page.count('<g class="mark mark-') == 2


def test_a_card_never_answered_keeps_its_solution(signed_in, learner, taught):
    make_card(learner, taught.questions["numeric"])

    page = page_of(signed_in, taught.questions["numeric"])

    assert "Not answered yet." in page
    assert "Why numeric." not in page


def test_an_answer_taken_back_gives_nothing_away(signed_in, learner, taught, time_machine):
    question = taught.questions["numeric"]
    make_card(learner, question, queue_position=1)
    answer(learner, question, at=NOON)
    undo_last_review(learner=learner, undo_id=new_id(), now=NOON + timedelta(minutes=1))
    time_machine.move_to(LATER, tick=False)

    assert "Why numeric." not in page_of(signed_in, question)


def test_a_card_set_aside_is_brought_back_from_here(signed_in, learner, asked):
    suspend_card(learner=learner, question_id=asked.pk)

    page = page_of(signed_in, asked)

    assert "You set this card aside" in page
    assert 'action="/review/unsuspend/"' in page
    assert "Comes back" not in page


def test_a_question_no_longer_asked_keeps_its_history(signed_in, asked):
    Question.objects.filter(pk=asked.pk).update(status=Question.Status.ARCHIVED)

    page = page_of(signed_in, asked)

    assert "No longer asked" in page
    assert 'class="curve"' in page


def test_the_cards_of_others_are_not_there(client, taught, asked):
    other = make_user()
    enrol_as(other, taught.course)
    client.force_login(other)

    assert client.get(f"/progress/cards/{asked.pk}/").status_code == 404


def test_a_course_that_may_not_be_read_any_more_hides_its_cards(signed_in, learner, taught, asked):
    type(taught.course).objects.update(access="closed")
    Enrollment.objects.filter(user=learner).update(ended_at=NOON)

    assert signed_in.get(f"/progress/cards/{asked.pk}/").status_code == 404


def test_attributes_are_written_for_svg_whatever_the_language(signed_in, learner, asked):
    learner.language = "ja"
    learner.save()

    page = page_of(signed_in, asked)

    coordinates = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"', page)
    assert coordinates
    assert all(re.fullmatch(r"-?[\d.]+%?", one) for one in coordinates)


def test_the_page_of_a_card_takes_few_queries(signed_in, asked, django_assert_num_queries):
    page_of(signed_in, asked)

    # session, user; the card, its log
    with django_assert_num_queries(4):
        page_of(signed_in, asked)


# --- The list -----------------------------------------------------------------------------------


@pytest.fixture
def many(learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    topic = make_topic(taught.course, "lamps", title="Lamps")
    return [
        make_review_card(
            learner,
            make_question(
                taught.course, stem=f"Number {number}?", topic=topic if number < 3 else None
            ),
            stability=float(2 + number),
        )
        for number in range(30)
    ]


def stems(page):
    return re.findall(r"Number (\d+)\?", page)


def test_the_weakest_come_first_and_pages_are_kept_short(signed_in, many):
    first = signed_in.get("/progress/cards/").content.decode()
    second = signed_in.get("/progress/cards/?page=2").content.decode()

    assert stems(first) == [str(number) for number in range(25)]
    assert stems(second) == [str(number) for number in range(25, 30)]
    assert "page 1 of 2" in first


def test_the_strongest_come_first_on_demand(signed_in, many):
    assert stems(signed_in.get("/progress/cards/?order=strongest").content.decode())[0] == "29"


def test_cards_of_one_topic(signed_in, many):
    page = signed_in.get("/progress/cards/?in=harbour/lamps").content.decode()

    assert stems(page) == ["0", "1", "2"]
    assert '<option value="harbour/lamps" selected>Lamps</option>' in page


@pytest.mark.parametrize("query", ["in=no/such", "page=9999", "page=x", "order=?"])
def test_strange_questions_are_answered(signed_in, many, query):
    assert signed_in.get(f"/progress/cards/?{query}").status_code == 200


def test_without_cards_it_invites(signed_in, taught):
    assert "it becomes your first" in signed_in.get("/progress/cards/").content.decode()


def test_queries_of_the_list_do_not_grow(signed_in, many, django_assert_num_queries):
    signed_in.get("/progress/cards/")

    # session, user; the cards, courses and topics to choose from
    with django_assert_num_queries(5):
        signed_in.get("/progress/cards/")


# --- The picture ---------------------------------------------------------------------------------


def steps_of(*reviews):
    log = []
    for number, (days, rating) in enumerate(reviews):
        at = NOON + timedelta(days=days, minutes=number)
        log.append(Entry(UUID(int=number + 1), ANSWER, at, at, at.date(), rating))
    return retrace(log, model=model)


@pytest.mark.parametrize(
    "reviews",
    [
        [(0, 3)],
        [(0, 1), (0, 1), (0, 3), (0, 3), (1, 3), (4, 4), (20, 3)],
        [(n, 3 if n % 4 else 1) for n in range(60)],
        [(0, 1)] * 12,
        [(0, 3), (800, 3)],
    ],
)
@pytest.mark.parametrize("due", [None, 0, 3, 90, 4000])
def test_everything_stands_within_the_picture(reviews, due):
    today = NOON.date() + timedelta(days=reviews[-1][0] + 2)

    chart = recall_chart(
        steps_of(*reviews),
        today=today,
        due=None if due is None else today + timedelta(days=due),
        aim=0.9,
        model=model,
    )

    points = re.findall(r"([\d.]+) ([\d.]+)", chart.past + chart.ahead)
    assert points
    for x, y in points:
        assert chart.left <= float(x) <= chart.right
        assert chart.top - 0.1 <= float(y) <= chart.base + 0.1
    assert all(chart.left <= mark.x <= chart.right and mark.y > 0 for mark in chart.marks)
    assert chart.top <= chart.aim_y <= chart.base
    rows = {(label.y, round(label.x)) for label in chart.labels}
    assert len(rows) == len(chart.labels)
    assert all(0 <= label.x <= WIDTH for label in chart.labels)


def test_words_stand_beside_the_marks_where_there_is_room():
    today = date(2026, 12, 20)

    roomy = recall_chart(steps_of((0, 3), (8, 1)), today=today, due=None, aim=0.9, model=model)
    crowded = recall_chart(
        steps_of(*[(n, 3) for n in range(12)]), today=today, due=None, aim=0.9, model=model
    )

    assert all(mark.named for mark in roomy.marks)
    assert roomy.unnamed == []
    assert crowded.unnamed == [3]


def test_dates_are_in_the_readers_language(signed_in, learner, asked):
    learner.language = "ja"
    learner.save()

    with translation.override("ja"):
        page = page_of(signed_in, asked)

    assert "年" in page


def test_minutes_after_an_answer_nothing_is_said_of_recall(
    signed_in, learner, taught, time_machine
):
    question = taught.questions["numeric"]
    answer_lesson(learner, taught.lesson, question, answered_at=NOON, now=NOON)
    time_machine.move_to(NOON + timedelta(minutes=2), tick=False)

    page = page_of(signed_in, question)

    assert "Being learned" in page
    assert "Recall today" not in page


@pytest.mark.parametrize(
    ("rights", "words"),
    [
        ("r", "Left alone"),
        ("rr", "now it takes"),
        ("rrw", "It slipped"),
        ("ww", "about as fast as before"),  # not: within less than a day, as against less
    ],
)
def test_the_sentence_says_what_happened(signed_in, learner, taught, time_machine, rights, words):
    question = taught.questions["numeric"]
    for turn, right in enumerate(rights):
        at = NOON + timedelta(days=4 * turn)
        raw = None if right == "r" else WRONG["numeric"]
        answer_lesson(learner, taught.lesson, question, raw, answered_at=at, now=at)
    time_machine.move_to(LATER, tick=False)

    assert words in page_of(signed_in, question)
