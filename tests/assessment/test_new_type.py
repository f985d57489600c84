"""Adding a question type touches one folder and one registration line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from courses.accounts.models import User
from courses.assessment.domain import types
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.presenting import feedback_view, question_view
from courses.enrollment.models import Course
from courses.web import samples
from tests.factories.accounts import make_user
from tests.factories.assessment import answer_lesson, make_question
from tests.factories.content import make_lesson
from tests.factories.enrollment import enrol_as

MODULE = '''
"""Heads or tails."""

from courses.assessment.domain.marks import PartMark, mark_of
from courses.assessment.domain.messages import Message, Plain
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.types.base import QuestionType


class HeadsOrTails(QuestionType):
    name = "heads_or_tails"
    label = "Heads or tails"
    payload_keys = ("truth",)
    answer_keys = ("truth",)

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

    def right_answer(self, payload):
        return {"truth": payload["truth"]}

    def solution(self, payload):
        return {"text": Plain(payload["truth"])}


TYPE = HeadsOrTails()
'''


SKELETON = """\
# heads is true
truth: true
"""
TEMPLATE = """{% load questions %}<fieldset>
    <legend>{{ q.stem_html|rendered }}</legend>
    <label><input type="radio" name="truth" value="heads">Heads</label>
</fieldset>"""


@pytest.fixture
def _one_more_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Iterator[None]:
    folder = tmp_path / "types" / "heads_or_tails"  # the folder
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(MODULE)
    (folder / "question.html").write_text(TEMPLATE)
    (folder / "skeleton.yaml").write_text(SKELETON)
    [engine] = settings.TEMPLATES
    dirs = [*engine["DIRS"], tmp_path]
    settings.TEMPLATES = [engine | {"DIRS": dirs}]
    monkeypatch.setattr(types, "__path__", [*types.__path__, str(tmp_path / "types")])
    monkeypatch.setattr(types, "REGISTERED", [*types.REGISTERED, "heads_or_tails"])  # the line
    yield
    types._load.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_more_type")
def test_a_new_type_is_saved_shown_answered_and_marked(course: Course, student: User) -> None:
    question = make_question(course, "heads_or_tails", payload={"truth": True})
    assert question.current is not None

    view = question_view(question.current, seed=1, form=True)
    outcome = answer_lesson(student, make_lesson(course), question, {"truth": True})
    feedback = feedback_view(outcome.version, outcome.response.answer, outcome.mark)

    assert type_names()[-1] == "heads_or_tails"
    assert get_type("heads_or_tails").label == "Heads or tails"
    assert '<input type="radio" name="truth" value="heads">' in view["form_html"]
    assert (view["type"], view["body"]) == ("heads_or_tails", {})
    assert (feedback["verdict"], feedback["solution"]["text_html"]) == ("right", "True")


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_more_type")
def test_a_new_type_is_written_and_looked_at_on_the_site(client: Client, course: Course) -> None:
    owner = make_user("owner@example.org")
    enrol_as(owner, course, role="owner")
    client.force_login(owner)
    new = f"/courses/{course.slug}/questions/new/?type=heads_or_tails"
    form = {
        "slug": "tossed", "type": "heads_or_tails", "stem": "Heads?", "payload": SKELETON,
        "explanation": "It fell so.", "status": "published",
    }  # fmt: skip

    begun = client.get(new).content.decode()
    saved = client.post(new, form, follow=True).content.decode()

    assert "# heads is true" in begun
    assert '<input type="radio" name="truth" value="heads">' in saved
    assert "heads_or_tails" in {view["type"] for view in samples.asked()}
    assert [one["feedback"]["verdict"] for one in samples.answered()][-1] == "right"
