"""My progress: what is remembered, and what is coming."""

from datetime import date, timedelta

from courses.flashcards.outcomes import ForecastDay
from courses.web.charts import HEIGHT, WIDTH, forecast_bars
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


def test_the_forecast_has_a_table_behind_it(signed_in, learner, taught, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_review_card(learner, taught.questions["numeric"])

    page = signed_in.get("/progress/").content.decode()

    assert page.count('<th scope="row">') >= 14


def test_without_cards_it_points_to_the_lessons(signed_in, taught):
    assert "No card yet." in signed_in.get("/progress/").content.decode()


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
