"""A quiz by plain forms: begun, answered one by one, handed in."""

import re
from datetime import timedelta

import pytest

from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.models import Attempt, Question, Response
from courses.common.ids import new_id
from courses.web.quiz_results import score_words
from courses.web.templatetags.web import grade
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    RIGHT,
    WRONG,
    form_fields,
    make_attempt,
    make_question,
    make_quiz,
)
from tests.factories.content import make_topic
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, make_review_card

QUIZ = "/courses/harbour/quizzes/practice/"


def form_of(page, answers):
    """Return what the form on the page sends with the right answer in it."""
    form = dict(re.findall('name="(response|question|served_at)" value="([^"]+)"', page))
    type_name = re.search('data-question="([^"]+)"', page)[1]
    return form | form_fields(answers[type_name])


def test_a_whole_attempt_from_begin_to_results(signed_in, learner, taught):
    page = signed_in.post(QUIZ, follow=True).content.decode()
    path = f"/attempts/{Attempt.objects.get(learner=learner).pk}/"
    for _number in range(5):
        answered = signed_in.post(path, form_of(page, RIGHT), follow=True).content.decode()
        assert "data-feedback" in answered
        page = signed_in.get(path, follow=True).content.decode()
    assert "Every question is answered" in page
    page = signed_in.post(f"{path}results/", follow=True).content.decode()

    assert "Your results" in page
    assert "100%" in page
    assert "4 of 4 marked questions right or nearly." in page
    assert "1 card that you rated yourself does not count." in page
    assert "You rated it: good" in page
    assert page.count("<summary>Why, and where this comes from</summary>") == 5
    assert Response.objects.filter(learner=learner, attempt__isnull=False).count() == 5


def test_the_results_show_a_wrong_answer_beside_the_right_one(signed_in, learner, taught):
    page = signed_in.post(QUIZ, follow=True).content.decode()
    path = f"/attempts/{Attempt.objects.get(learner=learner).pk}/"
    given = {**RIGHT, "single_choice": WRONG["single_choice"], "short_text": {"text": "<i>nobody"}}
    for _number in range(5):
        signed_in.post(path, form_of(page, given), follow=True)
        page = signed_in.get(path, follow=True).content.decode()

    results = signed_in.post(f"{path}results/", follow=True).content.decode()

    told = re.findall(r'"label">Your answer</span> <span[^>]*>([^<]+)<', results)
    assert sorted(told) == ["&lt;i&gt;nobody", "Kyoto"]


def test_what_is_nearly_right_is_told_one_answer_only(signed_in, learner, taught):
    question = make_question(
        taught.course, "short_text", payload={"answers": ["Turkey", "Israel"], "max_edits": 1}
    )
    attempt = make_attempt(learner, make_quiz(taught.course, [question], slug="waiting"))
    page = signed_in.get(f"/attempts/{attempt.pk}/").content.decode()
    form = dict(re.findall('name="(response|question|served_at)" value="([^"]+)"', page))

    answered = signed_in.post(f"/attempts/{attempt.pk}/", form | {"text": "Isreal"}, follow=True)
    results = signed_in.post(f"/attempts/{attempt.pk}/results/", follow=True)

    for shown in (answered.content.decode(), results.content.decode()):
        assert "it is written “Israel”" in shown
        assert "Turkey" not in shown


def test_an_open_attempt_goes_on_where_it_was_left(signed_in, learner, taught):
    first = signed_in.post(QUIZ, follow=True).content.decode()
    attempt = Attempt.objects.get(learner=learner)
    signed_in.post(f"/attempts/{attempt.pk}/", form_of(first, RIGHT))

    page = signed_in.post(QUIZ, follow=True).content.decode()

    assert "Question 2 of 5" in page
    assert Attempt.objects.filter(learner=learner).count() == 1


def test_who_leaves_a_question_open_keeps_what_they_typed(signed_in, learner, taught):
    asked = [taught.questions["numeric"], taught.questions["single_choice"]]
    rules = QuizSettings(kind="graded", navigation="sequential")
    make_quiz(taught.course, asked, slug="once", settings=rules)
    page = signed_in.post("/courses/harbour/quizzes/once/", follow=True).content.decode()
    attempt = Attempt.objects.get(learner=learner)
    form = form_of(page, {"numeric": {"value": "5"}}) | {"revision": "0", "on": "1"}

    signed_in.post(f"/attempts/{attempt.pk}/", form)

    attempt.refresh_from_db()
    assert attempt.reached == 2
    assert attempt.saved_answers.get().answer == {"value": "5"}


@pytest.mark.parametrize("told", [{"during": ["score"]}, {}])
def test_without_a_way_back_nothing_is_left_open_unasked(signed_in, learner, taught, told):
    asked = [taught.questions["single_choice"], taught.questions["numeric"]]
    rules = QuizSettings(kind="graded", navigation="sequential", review=told)
    make_quiz(taught.course, asked, slug="once", settings=rules)
    path = "/courses/harbour/quizzes/once/"
    page = signed_in.post(path, follow=True).content.decode()
    attempt = Attempt.objects.get(learner=learner)
    form = form_of(page, {"single_choice": {}}) | {"revision": "0", "then": "next"}

    refused = signed_in.post(f"/attempts/{attempt.pk}/", form)
    attempt.refresh_from_db()
    still_there = attempt.reached
    left = signed_in.post(f"/attempts/{attempt.pk}/", form | {"on": "1"}, follow=True)

    assert refused.status_code == 422
    assert "There is no answer here yet" in refused.content.decode()
    assert 'name="on" value="1"' in refused.content.decode()
    assert still_there == 1
    assert "Question of type numeric?" in left.content.decode()
    assert not Response.objects.exists()


def test_what_cannot_be_read_stays_in_the_field(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    numeric = taught.questions["numeric"]
    form = {
        "question": numeric.pk,
        "response": "019a0000-0000-7000-8000-000000000001",
        "value": "many",
    }

    response = signed_in.post(f"/attempts/{attempt.pk}/", form)

    assert response.status_code == 422
    assert 'value="many"' in response.content.decode()


def test_reading_never_hands_in(signed_in, learner, taught):
    page = signed_in.post(QUIZ, follow=True).content.decode()
    attempt = Attempt.objects.get(learner=learner)
    for _number in range(5):
        signed_in.post(f"/attempts/{attempt.pk}/", form_of(page, RIGHT))
        page = signed_in.get(f"/attempts/{attempt.pk}/").content.decode()

    signed_in.head(f"/attempts/{attempt.pk}/")

    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    assert f'action="/attempts/{attempt.pk}/results/"' in page


def test_too_long_an_answer_says_so_beside_the_question(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    form = {"question": taught.questions["short_text"].pk, "response": new_id()}

    response = signed_in.post(f"/attempts/{attempt.pk}/", form | {"text": "x" * 30_000})

    assert response.status_code == 422
    assert 'class="field-error"' in response.content.decode()


def test_too_long_an_answer_to_a_question_of_no_attempt_is_not_found(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    form = {"question": new_id(), "response": new_id(), "text": "x" * 30_000}

    assert signed_in.post(f"/attempts/{attempt.pk}/", form).status_code == 404


def test_what_cannot_be_read_leaves_an_answered_question_as_it_is(signed_in, learner, taught):
    page = signed_in.post(QUIZ, follow=True).content.decode()
    path = f"/attempts/{Attempt.objects.get(learner=learner).pk}/"
    form = form_of(page, RIGHT)
    signed_in.post(path, form)

    again = {"question": form["question"], "response": new_id(), "text": "x" * 30_000}
    response = signed_in.post(path, again, follow=True)

    assert "data-feedback" in response.content.decode()


def test_the_results_can_be_asked_for_before_the_end(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)

    page = signed_in.post(f"/attempts/{attempt.pk}/results/", follow=True).content.decode()

    assert page.count("Not answered") == 5


def test_another_learners_attempt_is_not_there(client, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    other = make_user()
    enrol_as(other, taught.course)
    client.force_login(other)

    assert client.get(f"/attempts/{attempt.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.596, "59.6%"), (0.5999999, "59.9%"), (0.6, "60%"), (0.7 + 0.2 + 0.1, "100%"), (None, "–")],
)
def test_no_grade_is_rounded_up(share, told):
    assert grade(share) == told


def test_a_visitor_is_asked_to_sign_in(client, taught):
    assert "Sign in to practise" in client.get(QUIZ).content.decode()


def test_queries_of_the_results_do_not_grow(
    signed_in, learner, taught, django_assert_max_num_queries
):
    attempt = make_attempt(learner, taught.quiz)
    signed_in.post(f"/attempts/{attempt.pk}/results/", follow=True)

    # session, user, the attempt, its responses, what is saved, what is reserved; plans lacking,
    # topics and lessons, the cards, then today's three
    with django_assert_max_num_queries(12):
        signed_in.get(f"/attempts/{attempt.pk}/results/")


@pytest.mark.parametrize("due", [False, True])
def test_after_the_results_comes_the_review_if_something_is_due(
    signed_in, learner, taught, time_machine, due
):
    time_machine.move_to(NOON, tick=False)
    if due:
        make_review_card(learner, taught.questions["numeric"])
    attempt = make_attempt(learner, taught.quiz)

    page = signed_in.post(f"/attempts/{attempt.pk}/results/", follow=True).content.decode()

    assert ("Review now: 1 card<" in page) is due
    buttons = re.findall(r'class="button button-main" href="([^"]+)"', page)
    assert buttons == ["/review/" if due else "/courses/harbour/"]


# --- What awaits -----------------------------------------------------------------------------


def test_the_first_page_says_what_awaits(signed_in, taught):
    page = signed_in.get(QUIZ).content.decode()

    assert "<dt>Questions</dt><dd>5</dd>" in page
    assert "about 3 minutes" in page
    assert "Best so far" not in page


def test_earlier_attempts_are_listed_the_latest_first(signed_in, learner, taught, time_machine):
    for days in (0, 2):
        time_machine.move_to(NOON + timedelta(days=days), tick=False)
        attempt = make_attempt(learner, taught.quiz)
        signed_in.post(f"/attempts/{attempt.pk}/results/")

    page = signed_in.get(QUIZ).content.decode()

    dates = re.findall(r"(\d+ November 2026), \d\d:\d\d</a>", page)
    assert dates == ["22 November 2026", "20 November 2026"]
    assert f'href="/attempts/{attempt.pk}/results/"' in page
    assert "Once more" in page


# --- The attempt -----------------------------------------------------------------------------


def test_the_list_of_questions_tells_each_ones_state_in_words(signed_in, learner, taught):
    page = signed_in.post(QUIZ, follow=True).content.decode()
    path = f"/attempts/{Attempt.objects.get(learner=learner).pk}/"

    page = signed_in.post(path, form_of(page, RIGHT), follow=True).content.decode()

    listed = page[page.index('class="quiz-nav"') : page.index("</nav>", page.index("quiz-nav"))]
    assert listed.count('<span class="sr-only">Right</span>') == 1
    assert listed.count('<span class="sr-only">Open</span>') == 4
    assert listed.count('aria-current="step"') == 1
    assert "Saved at" in page


def test_any_open_question_can_be_gone_to(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    wanted = taught.questions["short_text"]

    page = signed_in.get(f"/attempts/{attempt.pk}/?question={wanted.pk}").content.decode()

    assert "Question 3 of 5" in page
    assert 'name="text"' in page


def test_after_an_answer_the_next_open_question_follows(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)
    path, third = f"/attempts/{attempt.pk}/", taught.questions["short_text"]
    form = form_of(signed_in.get(f"{path}?question={third.pk}").content.decode(), RIGHT)

    page = signed_in.post(path, form, follow=True).content.decode()

    fourth = taught.questions["ordering"]
    assert re.search(f'href="{path}\\?question={fourth.pk}"[^>]*data-next', page)


def test_handing_in_asks_while_questions_are_open(signed_in, learner, taught):
    attempt = make_attempt(learner, taught.quiz)

    page = signed_in.get(f"/attempts/{attempt.pk}/?hand-in=1").content.decode()

    assert "5 questions are still open" in page
    assert "Hand in all the same" in page
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize("query", ["question=x", "answered=x", "question=", "answered="])
def test_strange_addresses_lead_to_the_next_question(signed_in, learner, taught, query):
    attempt = make_attempt(learner, taught.quiz)

    assert "Question 1 of 5" in signed_in.get(f"/attempts/{attempt.pk}/?{query}").content.decode()


def test_queries_of_an_attempt_do_not_grow(
    signed_in, learner, taught, django_assert_max_num_queries
):
    attempt = make_attempt(learner, taught.quiz)
    signed_in.get(f"/attempts/{attempt.pk}/")

    # session, user, the attempt, its responses, what is saved, what is reserved
    with django_assert_max_num_queries(6):
        signed_in.get(f"/attempts/{attempt.pk}/")


# --- The results -----------------------------------------------------------------------------


@pytest.fixture
def taken(signed_in, learner, taught, time_machine):
    """The page of results: the first question wrong, the second right, the others open."""
    time_machine.move_to(NOON, tick=False)
    topic = make_topic(taught.course, "lamps", title="Lamps")
    Question.objects.filter(pk=taught.questions["numeric"].pk).update(topic=topic)
    attempt = make_attempt(learner, taught.quiz)
    path = f"/attempts/{attempt.pk}/"
    for answers in (WRONG, RIGHT):
        page = signed_in.get(path).content.decode()
        signed_in.post(path, form_of(page, answers))
    return signed_in.post(f"{path}results/", follow=True).content.decode()


def test_the_score_stands_in_figures_and_in_words(taken):
    assert "25%" in taken
    assert "A beginning: what you missed comes back first." in taken


def test_results_by_topic(taken):
    table = taken[taken.index('class="by-topic"') : taken.index("</table>")]

    assert re.findall(r'<td class="num">([^<]+)</td>', table) == ["0%", "3", "100%", "1"]
    assert "Lamps" in table


def test_what_comes_back_when(taken):
    assert "What comes back when" in taken
    assert taken.count("comes back in some minutes") == 2
    assert "<b>2</b> <span>today</span>" in taken


def test_what_was_missed_is_open_and_its_lesson_is_named(taken):
    assert taken.count('<details class="behind" open>') == 1
    assert "To read again" in taken
    assert ">The pier &amp; the lamp</a>" in taken


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "All"), (0.99, "Most"), (0.5, "More than"), (0.0, "A beg")]
)
def test_no_score_shames(share, words):
    assert score_words(share).startswith(words)
    assert score_words(None) == ""
    assert "back" not in score_words(share, comes_back=False)
