"""What is said about writing a number shows none: it might be the key of the next question."""

import pytest
from django.template.loader import render_to_string

from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.numeric import _SLIPS
from courses.assessment.wording import sentence

NUMERIC = get_type("numeric")


def digits_in(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


@pytest.mark.parametrize("raw", ["many", "5.5 apples", "1.2.3", True, [5], "\0"])
@pytest.mark.parametrize("unit", ["", "billion USD"])
def test_no_error_for_a_learner_shows_a_number(raw, unit):
    payload = {"value": 7, "tolerance": {"absolute": 0}, "unit": unit}

    with pytest.raises(AnswerInvalid) as caught:
        NUMERIC.parse(payload, {"value": raw})

    assert not digits_in(sentence(caught.value.message))


def test_no_remark_on_a_wrong_number_shows_one():
    assert not any(digits_in(sentence(message)) for message in _SLIPS.values())


def test_no_hint_shows_a_number():
    asked = {"stem_html": "How many?", "body": {"unit": ""}}

    page = render_to_string("types/numeric/question.html", {"q": asked, "uid": "q"})

    assert "Write the number in figures" in page
    assert not digits_in(page[page.index("question-hint") :])
