"""My progress: what is remembered, and what is coming."""

from datetime import date, timedelta

import pytest

from courses.enrollment.models import Course
from courses.flashcards.domain.outlook import expected_score
from courses.flashcards.domain.queue import day_position
from courses.flashcards.outcomes import ForecastDay
from courses.flashcards.selectors.calendar import CalendarDay
from courses.flashcards.selectors.outlook import Outlook
from courses.web.calendar_chart import calendar_of, level_of
from courses.web.charts import HEIGHT, OUTLOOK_WIDTH, WIDTH, forecast_bars, outlook_bar
from courses.web.templatetags.web import foreseen
from tests.factories.assessment import answer_lesson, make_question
from tests.factories.content import make_topic
from tests.factories.flashcards import NOON, make_review_card


def test_recall_stands_in_figures_beside_its_bar(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    topic = make_topic(taught.course, "lamps", title="Lamps")
    make_review_card(learner, make_question(taught.course, topic=topic))

    page = signed_in.get("/progress/").content.decode()

    assert "Lamps" in page
    assert "1 of 1 asked" in page
    assert "Your 1 learned card would" in page
    assert "One card falls due." in page


def test_what_is_due_but_not_planned_today_is_told(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    for name, place in (("numeric", day_position(NOON.date())), ("single_choice", None)):
        make_review_card(learner, taught.questions[name], queue_position=place)

    page = signed_in.get("/progress/").content.decode()

    assert "2 cards fall due." in page
    assert "Review now: 1 card<" in page
    assert "One card that is due today waits for another day" in page


def test_the_forecast_has_a_table_behind_it(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_review_card(learner, taught.questions["numeric"])

    page = signed_in.get("/progress/").content.decode()

    assert page.count('<th scope="row">') >= 14


def test_without_cards_it_points_to_the_lessons(signed_in, taught):
    page = signed_in.get("/progress/").content.decode()

    assert "Answer one question in a lesson" in page
    assert 'href="/courses/harbour/"' in page


def test_bars_fit_the_picture_and_the_tallest_fills_it():
    days = [ForecastDay(date(2026, 11, 22) + timedelta(days=n), n) for n in range(14)]

    bars = forecast_bars(days)

    assert bars[0].height == 0
    assert bars[0].is_today
    assert bars[-1].height == max(bar.height for bar in bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in bars)
    assert all(bar.y + bar.height <= HEIGHT for bar in bars)


def test_a_forecast_of_nothing_has_flat_bars():
    assert forecast_bars([ForecastDay(date(2026, 11, 22), 0)])[0].height == 0


def test_cards_in_their_steps_are_not_yet_remembered(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    for name in ("numeric", "short_text"):
        answer_lesson(learner, taught.lesson, taught.questions[name], answered_at=NOON, now=NOON)

    page = signed_in.get("/progress/").content.decode()

    assert "2 cards are still being learned." in page
    assert "%" not in page[page.index("<main") : page.index("</main>")]


def test_nothing_is_foreseen_for_certain():
    assert foreseen(1.0) == "99%"
    assert foreseen(0.994) == "99%"
    assert foreseen(0.5) == "50%"
    assert foreseen(None) == "–"


# --- The outlook ----------------------------------------------------------------------------


@pytest.fixture
def learned(learner, taught, time_machine):
    """Three learned cards of the first lesson, on the day they were to come back."""
    time_machine.move_to(NOON, tick=False)
    names = ("numeric", "ordering", "short_text")
    return [make_review_card(learner, taught.questions[name]) for name in names]


def test_the_outlook_says_what_it_counts_as_not_known(signed_in, learned):
    page = signed_in.get("/progress/").content.decode()

    assert "In four weeks, on 18 December 2026" in page
    assert "The 2 questions you have not met yet count as not known." in page
    assert "What moves it most today" in page
    assert 'href="/courses/harbour/lessons/pier/"' in page


def test_a_beginner_is_told_what_was_met_and_not_how_little_it_is(
    signed_in, learner, taught, time_machine
):
    time_machine.move_to(NOON, tick=False)
    make_review_card(learner, taught.questions["numeric"])

    page = signed_in.get("/progress/").content.decode()

    assert "<b>1</b> of 5" in page
    assert "still ahead of you" in page


def test_with_an_exam_the_outlook_is_on_its_day(signed_in, taught, learned):
    Course.objects.update(exam_date=date(2026, 12, 1))

    assert "At the exam on 1 December 2026" in signed_in.get("/progress/").content.decode()


def test_the_weakest_cards_lead_to_their_curves(signed_in, taught, learned):
    page = signed_in.get("/progress/").content.decode()

    assert f'href="/progress/cards/{learned[0].question_id}/"' in page
    assert "All your 3 cards" in page


def test_queries_of_my_progress_do_not_grow(
    signed_in, learner, taught, learned, django_assert_num_queries
):
    signed_in.get("/progress/")
    for _ in range(6):
        make_review_card(learner, make_question(taught.course, lesson=taught.lesson))

    signed_in.get("/progress/")  # has the new versions read
    # session, user; pace, courses; topics: exam, cards, questions, topics; outlook: exam,
    # questions, cards; forecast; calendar's two; today's three; set aside; the cards
    with django_assert_num_queries(19):
        signed_in.get("/progress/")


def test_answers_leave_their_marks_in_the_calendar(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    for name in ("numeric", "short_text"):
        answer_lesson(learner, taught.lesson, taught.questions[name], answered_at=NOON, now=NOON)

    page = signed_in.get("/progress/").content.decode()

    assert "You answered 2 questions" in page
    assert "You answered 2 questions on 20 November." in page
    assert "<title>20 November 2026: 2</title>" in page
    assert "tabindex" not in page[page.index('class="calendar"') : page.index("calendar-key")]


def test_squares_fill_by_quarters_of_the_busiest_day():
    assert [level_of(answers, 20) for answers in (0, 1, 5, 6, 15, 16, 20)] == [0, 1, 1, 2, 3, 4, 4]
    assert level_of(0, 0) == 0


def test_the_calendar_holds_whole_weeks_and_names_months_once():
    monday = date(2026, 8, 31)
    days = [CalendarDay(monday + timedelta(days=n), n % 3) for n in range(7 * 11 + 5)]

    calendar = calendar_of(days)

    assert len(calendar.weeks) == 12
    assert len(calendar.weeks[-1]) == 5
    assert [day.month for _x, day in calendar.months] == [9, 10, 11]
    assert all(cell.x + 20 <= calendar.width for cell in calendar.cells)
    assert calendar.cells[-1].is_today
    assert calendar.busiest.answers == 2


def test_the_line_of_all_questions_stays_within_the_picture():
    for met in (1, 5, 10):
        score = expected_score([0.9] * met, questions=10)
        bar = outlook_bar(Outlook(date(2026, 12, 1), True, score, score, met, 10, None))

        assert 0 <= bar.low <= bar.expected <= bar.high <= bar.met <= OUTLOOK_WIDTH
        assert 24 <= bar.label <= OUTLOOK_WIDTH - 24
