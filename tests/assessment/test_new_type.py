"""Adding a question type touches one file and one registration line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from courses.accounts.models import User
from courses.assessment.domain import types
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.presenting import feedback_view, question_view
from courses.enrollment.models import Course
from tests.factories.assessment import answer_lesson, make_question
from tests.factories.content import make_lesson

MODULE = '''
"""True or false."""

from courses.assessment.domain.marks import PartMark, mark_of
from courses.assessment.domain.messages import Message, Plain
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.types.base import QuestionType


class TrueFalse(QuestionType):
    name = "true_false"
    label = "True or false"
    payload_keys = ("truth",)
    answer_key = "truth"

    def validate(self, payload):
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        if not isinstance(fields.get("truth"), bool):
            check.add("truth", "not_true_or_false", "Write true or false.")
        check.finish()
        return fields

    def render(self, payload, *, seed):
        return {}

    def parse(self, payload, raw):
        return {"truth": self.field(raw)}

    def mark(self, payload, answer):
        credit = float(answer["truth"] is payload["truth"])
        return mark_of(credit, PartMark("truth", credit, "decided", Message("Decided.")))

    def solution(self, payload):
        return {"text": Plain(payload["truth"])}


TYPE = TrueFalse()
'''


@pytest.fixture
def _one_more_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "true_false.py").write_text(MODULE)  # the file
    monkeypatch.setattr(types, "__path__", [*types.__path__, str(tmp_path)])
    monkeypatch.setattr(types, "REGISTERED", [*types.REGISTERED, "true_false"])  # the line
    yield
    types._load.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_more_type")
def test_a_new_type_is_saved_shown_answered_and_marked(course: Course, student: User) -> None:
    question = make_question(course, "true_false", payload={"truth": True})
    assert question.current is not None

    view = question_view(question.current, seed=1)
    outcome = answer_lesson(student, make_lesson(course), question, {"truth": True})
    feedback = feedback_view(outcome.version, outcome.response.answer, outcome.mark)

    assert type_names()[-1] == "true_false"
    assert get_type("true_false").label == "True or false"
    assert (view["type"], view["body"]) == ("true_false", {})
    assert (feedback["verdict"], feedback["solution"]["text_html"]) == ("right", "True")
