"""The list of cards set aside."""

import pytest

from courses.flashcards.selectors import shelved_cards
from courses.flashcards.services import suspend_card
from tests.factories.assessment import make_question
from tests.factories.flashcards import make_review_card

pytestmark = pytest.mark.django_db


def test_only_ones_own_cards_set_aside_are_listed(student, assistant, course):
    aside, kept = make_question(course, "single_choice"), make_question(course, "numeric")
    for question in (aside, kept):
        make_review_card(student, question)
    make_review_card(assistant, kept, suspended=True)
    suspend_card(learner=student, question_id=aside.pk)

    listed = shelved_cards(student)

    assert [(card.question_id, card.course_title) for card in listed] == [(aside.pk, course.title)]
    assert listed[0].stem_html


def test_the_list_takes_as_many_queries_however_long(student, course, django_assert_num_queries):
    for number in range(12):
        question = make_question(course, slug=f"question-{number}")
        make_review_card(student, question, suspended=True)
    shelved_cards(student)

    with django_assert_num_queries(1):
        assert len(shelved_cards(student)) == 12
