"""A quiz by plain forms: begun, answered one by one, handed in."""

import re

import pytest

from courses.assessment.models import Attempt, Response
from courses.common.ids import new_id
from tests.factories.accounts import make_user
from tests.factories.assessment import RIGHT, make_attempt
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON, make_review_card

QUIZ = "/courses/harbour/quizzes/practice/"


def form_of(page, answers):
    """Return what the form on the page sends with the right answer in it."""
    form = dict(re.findall('name="(response|question|served_at)" value="([^"]+)"', page))
    type_name = re.search('data-question="([^"]+)"', page)[1]
    answer = answers[type_name]
    if type_name == "ordering":
        places = enumerate(answer["order"], start=1)
        return form | {f"place-{name}": place for place, name in places}
    return form | answer


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


def test_an_open_attempt_goes_on_where_it_was_left(signed_in, learner, taught):
    first = signed_in.post(QUIZ, follow=True).content.decode()
    attempt = Attempt.objects.get(learner=learner)
    signed_in.post(f"/attempts/{attempt.pk}/", form_of(first, RIGHT))

    page = signed_in.post(QUIZ, follow=True).content.decode()

    assert "Question 2 of 5" in page
    assert Attempt.objects.filter(learner=learner).count() == 1


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


def test_a_visitor_is_asked_to_sign_in(client, taught):
    assert "Sign in to practise" in client.get(QUIZ).content.decode()


def test_queries_of_the_results_do_not_grow(
    signed_in, learner, taught, django_assert_max_num_queries
):
    attempt = make_attempt(learner, taught.quiz)
    signed_in.post(f"/attempts/{attempt.pk}/results/", follow=True)

    # session, user, the attempt, its responses; plans lacking, then today's three
    with django_assert_max_num_queries(8):
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
