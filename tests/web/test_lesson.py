"""The lesson: read by anybody, answered in the prose, assembled from kept pieces."""

import re

import pytest
from django.test import Client

from courses.assessment.models import Response
from courses.assessment.services import mark_response
from courses.common.ids import new_id
from courses.content.models import LessonProgress
from courses.enrollment.domain.roles import ASSISTANT
from courses.enrollment.models import Course
from courses.flashcards.models import Card, ReviewLog
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    RIGHT,
    WRONG,
    answer_lesson,
    form_fields,
    make_question,
)
from tests.factories.content import make_claim, make_lesson
from tests.factories.enrollment import enrol_as
from tests.factories.harbour import BODY

LESSON = "/courses/harbour/lessons/pier/"


def posted(taught, type_name, answer):
    """Return the form of an answer as a browser without scripts sends it."""
    form = {"question": taught.questions[type_name].pk, "response": new_id()}
    return form | form_fields(answer)


def test_anybody_may_read_an_open_lesson(client, taught):
    page = client.get(LESSON).content.decode()

    assert "The pier was built" in page
    assert "Question of type numeric?" in page
    assert page.count(f'action="{LESSON}answer/"') == len(taught.questions)


def test_the_foot_of_a_lesson_offers_every_language(client, taught, settings):
    page = client.get(LESSON).content.decode()

    assert page.count('name="language"') == len(settings.LANGUAGES)


def test_citations_lead_to_notes_beside_the_text_and_at_its_end(client, taught):
    page = client.get(LESSON).content.decode()

    assert page.count('href="#note-1" data-claim="TT-001"') == 2
    assert page.count('class="sidenote"') == 2  # the second citation of TT-001 needs no other
    assert '<li id="note-3">' in page
    assert "Statement of TT-003." in page
    note = page[page.index('class="sidenote"') :]
    note = note[: note.index("</a>")]
    assert "Commentary S1, " in note
    assert "as of November 2024" in note
    assert note.endswith(">TT-001")
    table = page[page.index("<table") : page.index("</table>")]
    assert "sidenote" not in table


def test_notes_at_the_end_lead_back_to_where_they_are_first_referred_to(client, taught):
    page = client.get(LESSON).content.decode()

    for number in (1, 2, 3):
        assert page.count(f'id="cite-{number}"') == 1
        assert f'href="#cite-{number}"' in page


def test_a_lesson_tells_its_place_its_length_and_its_parts(client, taught):
    make_lesson(taught.course, "pier", title="The pier", body=f"## A first part\n\n{BODY}")

    page = client.get(LESSON).content.decode()

    assert "Lesson 1 of 2 · 1 minute" in page
    contents = page[page.index("data-sections") :]
    contents = contents[: contents.index("</nav>")]
    assert re.findall(">([^<]+)</a>", contents) == ["A first part", "A second part"]
    for anchor in re.findall('href="#([^"]+)"', contents):
        assert f'id="{anchor}"' in page


def test_a_question_before_the_reading_has_a_name_instead_of_a_number(client, taught):
    body = "::: before asked-short-text\n:::\n\nText.\n\n::: question asked-numeric\n:::"
    make_lesson(taught.course, "pier", body=body)

    page = client.get(LESSON).content.decode()

    assert "Before you read" in page
    assert "no shame to be wrong" in page
    assert "Question 1" in page
    assert "Question 2" not in page


def test_what_the_course_says_is_in_its_language_and_the_page_in_the_readers(client, taught):
    page = client.get(LESSON, headers={"Accept-Language": "ja"}).content.decode()

    assert '<html lang="ja"' in page
    for part in ("h1", 'div class="prose"', 'legend class="question-stem"', 'p class="statement"'):
        assert f'<{part} lang="en">' in page
    assert '<article class="lesson" data-lesson>' in page


def test_opening_a_lesson_begins_it_once(signed_in, learner, taught):
    signed_in.get(LESSON)
    signed_in.get(LESSON)

    progress = LessonProgress.objects.get(learner=learner, lesson=taught.lesson)
    assert progress.finished_at is None


def test_finishing_is_kept_and_shown(signed_in, taught):
    page = signed_in.post(f"{LESSON}finish/", follow=True).content.decode()

    assert "You finished this lesson on" in page
    assert "I have read it" not in page


@pytest.mark.parametrize("taught", [tuple(RIGHT)], indirect=True)
@pytest.mark.parametrize("type_name", list(RIGHT))
@pytest.mark.parametrize(
    ("answers", "word", "rated"),
    [(RIGHT, "Right", "You rated it: good"), (WRONG, "Not right", "You rated it: again")],
)
def test_every_type_is_answered_by_a_plain_form(
    signed_in, learner, taught, type_name, answers, word, rated
):
    form = posted(taught, type_name, answers[type_name])

    response = signed_in.post(f"{LESSON}answer/", form, follow=True)

    page = response.content.decode()
    if type_name == "open_answer":
        word = "Your teacher marks this"
    assert response.redirect_chain[0][0].endswith(f"#q-asked-{type_name.replace('_', '-')}")
    assert f"<span>{rated if type_name == 'flashcard' else word}</span>" in page
    assert "Where this comes from" in page
    assert f"Why {type_name}." in page
    assert Response.objects.get(learner=learner).question_id == taught.questions[type_name].pk


@pytest.mark.parametrize("taught", [tuple(RIGHT)], indirect=True)
@pytest.mark.parametrize(
    "type_name", [name for name in RIGHT if name not in ("flashcard", "ordering")]
)
def test_nothing_is_no_answer(signed_in, learner, taught, type_name):
    page = signed_in.post(f"{LESSON}answer/", posted(taught, type_name, {})).content.decode()

    assert "There is no answer here yet." in page
    assert not Response.objects.exists()


@pytest.mark.parametrize("taught", [("numeric", "open_answer")], indirect=True)
def test_what_a_teacher_wrote_to_an_answer_is_read_by_its_student(signed_in, learner, taught):
    text = {"text": "Because <i>Ольга</i> says so."}
    signed_in.post(f"{LESSON}answer/", posted(taught, "open_answer", text))
    waiting = signed_in.get(LESSON).content.decode()
    given = Response.objects.get(learner=learner)
    assistant = make_user("assistant@example.org")
    enrol_as(assistant, taught.course, ASSISTANT)

    mark_response(
        marker=assistant, learner_id=learner.pk, response_id=given.id, levels=[1, 2],
        comment="Well argued, O'Neil.", now=given.received_at,
    )  # fmt: skip

    marked = signed_in.get(LESSON).content.decode()
    path = f"/progress/cards/{given.question_id}/"
    card = signed_in.get(path).content.decode()
    assert "your teacher marks this." in waiting
    assert path not in waiting
    assert f'href="{path}">What you wrote' in marked
    assert "Well argued, O&#x27;Neil." in card
    assert "Because &lt;i&gt;Ольга" in card
    assert ReviewLog.objects.get(learner=learner).place == "lesson"


def test_the_options_of_an_answered_question_are_no_group_with_those_of_others(signed_in, taught):
    form = posted(taught, "single_choice", RIGHT["single_choice"])

    page = signed_in.post(f"{LESSON}answer/", form, follow=True).content.decode()

    # Outside of a form, a name would join them with every other answered question's.
    radios = re.findall('<input type="radio"[^>]*>', page)
    assert sum(" checked" in radio for radio in radios) == 1
    assert not any("name=" in radio for radio in radios)


def test_an_answer_becomes_a_card(signed_in, learner, taught):
    signed_in.post(f"{LESSON}answer/", posted(taught, "numeric", RIGHT["numeric"]))

    assert Card.objects.filter(learner=learner, question=taught.questions["numeric"]).exists()


def test_the_last_answer_is_told_when_the_lesson_is_read_again(signed_in, taught):
    signed_in.post(f"{LESSON}answer/", posted(taught, "numeric", RIGHT["numeric"]))

    assert "Last time: Right" in signed_in.get(LESSON).content.decode()


def test_who_rated_a_card_reads_their_rating_and_no_verdict(signed_in, taught):
    for reader in (signed_in, Client()):
        reader.post(f"{LESSON}answer/", posted(taught, "flashcard", {"rating": 1}))
        page = reader.get(LESSON).content.decode()

        assert "Last time: Again" in page
        assert "Last time: Not right" not in page


def test_what_cannot_be_read_is_shown_again_with_the_reason(signed_in, learner, taught):
    form = posted(taught, "numeric", {"value": "five <and> a half"})

    response = signed_in.post(f"{LESSON}answer/", form)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="five &lt;and&gt; a half"' in page
    assert "Write the number in figures" in page
    assert not Response.objects.filter(learner=learner).exists()


def test_sending_the_same_form_twice_counts_once(signed_in, learner, taught):
    form = posted(taught, "numeric", RIGHT["numeric"])

    signed_in.post(f"{LESSON}answer/", form)
    again = signed_in.post(f"{LESSON}answer/", form)

    assert again.status_code == 302
    assert Response.objects.filter(learner=learner).count() == 1


def test_who_goes_back_and_answers_otherwise_is_asked_to_send_it_once_more(
    signed_in, learner, taught
):
    form = posted(taught, "numeric", RIGHT["numeric"])
    signed_in.post(f"{LESSON}answer/", form)

    again = signed_in.post(f"{LESSON}answer/", form | {"value": "7"})

    page = again.content.decode()
    assert again.status_code == 422
    assert "Send it once more" in page
    assert 'value="7"' in page
    assert str(form["response"]) not in page
    assert Response.objects.filter(learner=learner).count() == 1


def test_a_form_without_its_hidden_ids_is_refused_in_words(signed_in, taught):
    response = signed_in.post(f"{LESSON}answer/", {"value": "5.5"})

    assert response.status_code == 400
    assert "Load the page again" in response.content.decode()


def test_another_readers_answer_is_not_shown(client, learner, taught):
    theirs = answer_lesson(learner, taught.lesson, taught.questions["numeric"])
    client.force_login(make_user())

    page = client.get(f"{LESSON}?answered={theirs.response.id}").content.decode()

    assert "data-feedback" not in page


def test_who_has_not_joined_is_offered_to(client, taught):
    client.force_login(make_user())

    assert "Join the course to answer" in client.get(LESSON).content.decode()


def test_each_reader_gets_their_own_page_from_the_kept_one(client, signed_in, learner, taught):
    other = make_user(display_name="Somebody else")
    signed_in.get(LESSON)

    client.force_login(other)
    page = client.get(LESSON).content.decode()

    assert "Somebody else" in page
    assert "Aiko" not in page
    assert page.count('name="csrfmiddlewaretoken"') >= 1
    assert not re.search("[\ue000\ue001]", page)


def test_forms_carry_different_ids(signed_in, taught):
    page = signed_in.get(LESSON).content.decode()

    ids = re.findall('name="response" value="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 5


def test_a_revised_lesson_is_shown_at_once(signed_in, taught):
    signed_in.get(LESSON)

    make_lesson(taught.course, "pier", title="The new pier", body="It fell down.")

    page = signed_in.get(LESSON).content.decode()
    assert "It fell down." in page
    assert "The new pier" in page


def test_a_revised_claim_and_a_new_wording_of_a_question_are_shown_at_once(signed_in, taught):
    signed_in.get(LESSON)

    make_claim(taught.course, "TT-001", statement="It was never built.")
    make_question(
        taught.course,
        "numeric",
        slug="asked-numeric",
        lesson=taught.lesson,
        position=1,
        stem="How high is it now?",
    )

    page = signed_in.get(LESSON).content.decode()
    assert "It was never built." in page
    assert "How high is it now?" in page


def test_a_lesson_may_show_a_question_of_another_lesson(signed_in, taught):
    make_lesson(taught.course, "railway", body="Again:\n\n::: question asked-numeric\n:::")

    page = signed_in.get("/courses/harbour/lessons/railway/").content.decode()

    assert "Question of type numeric?" in page
    assert "Question of type ordering?" not in page


def test_drafts_are_for_their_authors(client, course, owner, student):
    make_lesson(course, "draft", title="A draft", status="draft")

    client.force_login(student)
    assert client.get("/courses/own-course/lessons/draft/").status_code == 404
    client.force_login(owner)
    assert "A draft" in client.get("/courses/own-course/lessons/draft/").content.decode()


def test_a_course_that_was_closed_is_gone_for_strangers_at_once(client, taught):
    client.get(LESSON)

    Course.objects.filter(pk=taught.course.pk).update(access=Course.Access.CLOSED)

    assert client.get(LESSON).status_code == 404


def test_reading_takes_two_queries_beyond_session_and_user(
    signed_in, taught, django_assert_num_queries
):
    signed_in.get(LESSON)

    with django_assert_num_queries(4):
        signed_in.get(LESSON)
