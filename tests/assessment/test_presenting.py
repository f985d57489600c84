"""What clients are given of a question, before and after it is answered."""

import json
import time
from typing import Any

import pytest
from django.utils import translation

from courses.assessment import presenting
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type
from courses.assessment.keeping import Kept
from courses.assessment.models import Question, QuestionVersion
from courses.assessment.presenting import feedback_view, question_view
from courses.assessment.versions import KEPT_VERSIONS, forget_versions, get_version, get_versions
from courses.common.errors import NotFound
from courses.common.ids import new_id
from courses.content.models import ClaimRevision
from courses.enrollment.models import Course
from tests.factories.assessment import PAYLOADS, RIGHT, WRONG, make_question
from tests.factories.content import make_claim, make_source
from tests.factories.enrollment import make_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget_versions()
    presenting.forget_claim_notes()


@pytest.fixture
def here() -> Course:
    return make_course()


def version_of(question: Question) -> QuestionVersion:
    assert question.current is not None
    return question.current


def feedback(question: Question, raw_answer: dict[str, Any]) -> dict[str, Any]:
    version = version_of(question)
    one = get_type(version.type)
    answer = one.parse(version.payload, raw_answer)
    return feedback_view(version, answer, one.mark(version.payload, answer))


# --- Before the answer ---------------------------------------------------------------------


def test_a_question_is_shown_with_its_texts_rendered(here: Course) -> None:
    question = make_question(here, slug="capital")

    view = question_view(version_of(question), seed=3)

    assert view | {"body": None} == {
        "id": str(question.pk),
        "version": str(question.current_id),
        "type": "single_choice",
        "slug": "capital",
        "language": "en",
        "stem_html": "What is <em>asked</em> here?",
        "body": None,
        "self_rated": False,
    }
    assert sorted(option["text_html"] for option in view["body"]["options"]) == [
        "Kyoto", "Osaka", "Tokyo",
    ]  # fmt: skip


def test_a_flashcard_is_shown_with_its_back(here: Course) -> None:
    view = question_view(version_of(make_question(here, "flashcard")), seed=3)

    assert view["body"] == {"back_html": "The <em>Kuril</em> islands"}
    assert view["self_rated"]


@pytest.mark.parametrize("name", sorted(set(PAYLOADS) - {"flashcard"}))
def test_nothing_shown_before_the_answer_gives_it_away(here: Course, name: str) -> None:
    canary = "canaryword"
    payloads: dict[str, dict[str, Any]] = {
        "single_choice": {
            "options": [
                {"text": "One", "correct": True, "feedback": canary},
                {"text": "Two", "feedback": canary},
            ]
        },
        "numeric": {"value": 98765, "tolerance": {"absolute": 43}},
        "short_text": {"answers": [canary, f"{canary}s"]},
        "ordering": {"items": [{"text": f"Item {n}", "date": str(2014 + n)} for n in range(3)]},
    }
    question = make_question(
        here,
        name,
        # What other types may not show is in test_rendering.
        payload=payloads.get(name, PAYLOADS[name]),
        explanation=canary,
        tags=[canary],
        claims=[make_claim(here, statement=canary)],
    )

    views = [question_view(version_of(question), seed=seed) for seed in range(10)]
    # The ids are long numbers, in which every short one is found some day.
    shown = json.dumps([view | {"id": "", "version": ""} for view in views])

    for secret in (canary, "correct", "98765", "2014", "2015", "feedback", "explanation"):
        assert secret not in shown


def test_every_view_is_plain_json(here: Course) -> None:
    for name in PAYLOADS:
        question = make_question(here, name, claims=[make_claim(here)])
        for view in (
            question_view(version_of(question), seed=1),
            feedback(question, RIGHT[name]),
            feedback(question, WRONG[name]),
        ):
            assert json.loads(json.dumps(view)) == view


def test_authored_markup_is_sanitised_everywhere(here: Course) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    question = make_question(
        here,
        stem=f"Stem {evil}",
        explanation=f"Why {evil}",
        payload={
            "options": [
                {"text": f"A {evil}", "correct": True, "feedback": f"F {evil}"},
                {"text": "B"},
            ]
        },
    )
    answer = {"option": option_id(f"A {evil}")}

    shown = json.dumps([question_view(version_of(question), seed=1), feedback(question, answer)])

    assert "<script" not in shown
    assert "<img" not in shown


def test_what_is_not_markdown_is_escaped(here: Course) -> None:
    question = make_question(here, "short_text", payload={"answers": ["<b>*x*</b>"]})

    solution = feedback(question, {"text": "y"})["solution"]

    assert (solution["text"], solution["text_html"]) == ("<b>*x*</b>", "&lt;b&gt;*x*&lt;/b&gt;")


# --- After the answer ----------------------------------------------------------------------


def test_feedback_says_what_was_right_why_and_where_it_comes_from(here: Course) -> None:
    make_source(here, "R-1", title="A report", written="2026-03")
    claims = [
        make_claim(here, "JR-900", statement="It is so.", source="R-1", as_of="2026-03"),
        make_claim(here, "JR-100", source="R-1"),
    ]
    question = make_question(here, claims=claims)

    view = feedback(question, WRONG["single_choice"])

    assert (view["verdict"], view["verdict_text"], view["credit"]) == ("wrong", "Not right", 0.0)
    assert view["answer"] == WRONG["single_choice"]
    assert view["parts"] == [
        {
            "part": option_id("Kyoto"),
            "credit": 0.0,
            "reason": "wrong_option",
            "text": "That is not the right option.",
            "note_html": "Until 1868.",
        }
    ]
    assert view["solution"] == {"keys": [option_id("Tokyo")], "text_html": "Tokyo"}
    assert view["explanation_html"] == "Because it <strong>is</strong> so."
    assert [note["key"] for note in view["claims"]] == ["JR-900", "JR-100"]
    first = view["claims"][0]
    assert (first["statement"], first["source_title"]) == ("It is so.", "A report")
    assert "2023" in first["date_text"]
    assert "2026" in first["as_of_text"]


@pytest.mark.parametrize(
    ("name", "answer", "given"),
    [
        ("single_choice", WRONG["single_choice"], {"text_html": "Kyoto"}),
        ("single_choice", {"option": None}, {}),
        ("short_text", {"text": "Abe & Kan"}, {"text": "Abe & Kan", "text_html": "Abe &amp; Kan"}),
        ("short_text", {"text": ""}, {}),
        ("numeric", {"value": "7"}, {"text": "7 km", "text_html": "7 km"}),
        ("numeric", {"value": ""}, {}),
        ("ordering", RIGHT["ordering"], {}),
        ("flashcard", RIGHT["flashcard"], {}),
    ],
)
def test_feedback_says_what_was_given_where_the_solution_does_not(
    here: Course, name: str, answer: dict[str, Any], given: dict[str, str]
) -> None:
    payload = PAYLOADS[name] | ({"unit": "km"} if name == "numeric" else {})
    question = make_question(here, name, payload=payload)

    assert feedback(question, answer)["given"] == given


def test_a_question_cites_claims_by_their_keys(here: Course) -> None:
    make_claim(here, "JR-100")
    question = make_question(here, explanation="Because of this [JR-100].")

    html = feedback(question, RIGHT["single_choice"])["explanation_html"]

    assert f'href="/courses/{here.slug}/claims/JR-100/"' in html
    assert ">JR-100</a>" in html


def test_feedback_on_an_order_shows_the_dates(here: Course) -> None:
    view = feedback(make_question(here, "ordering"), WRONG["ordering"])

    assert view["solution"] == {"in_order": True}
    assert [line["date"] for line in view["lines"]] == [
        "2014-03", "2018-11", "2022-02-24", "2022-12-05",
    ]  # fmt: skip
    assert view["lines"][0]["date_text"] == "March 2014"
    assert {line["reason"] for line in view["lines"]} == {"in_order", "out_of_order"}


def test_sentences_are_in_the_language_of_the_reader(
    here: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = make_question(here)
    monkeypatch.setattr("courses.assessment.wording.gettext", lambda text: f"訳 {text}")

    with translation.override("ja"):
        view = feedback(question, WRONG["single_choice"])

    assert view["parts"][0]["text"] == "訳 That is not the right option."


# --- What is kept --------------------------------------------------------------------------


def test_kept_versions_and_claims_cost_no_query(
    here: Course, django_assert_num_queries: Any
) -> None:
    question = make_question(here, claims=[make_claim(here)])
    version = version_of(question)
    feedback(question, RIGHT["single_choice"])

    with django_assert_num_queries(0):
        question_view(version, seed=5)
        feedback(question, RIGHT["single_choice"])


def test_versions_are_loaded_together(here: Course, django_assert_num_queries: Any) -> None:
    versions = [version_of(make_question(here)) for _ in range(5)]

    with django_assert_num_queries(2):
        found = get_versions([version.pk for version in versions])
    with django_assert_num_queries(0):
        assert get_version(versions[0].pk) == versions[0]

    assert list(found.values()) == versions


def test_a_version_that_is_not_there_is_not_found() -> None:
    assert get_versions([new_id()]) == {}
    with pytest.raises(NotFound):
        get_version(new_id())


def test_a_revised_claim_is_shown_from_the_commit_on(
    here: Course, django_capture_on_commit_callbacks: Any
) -> None:
    claim = make_claim(here, statement="Before.")
    question = make_question(here, claims=[claim])
    feedback(question, RIGHT["single_choice"])

    with django_capture_on_commit_callbacks(execute=True):
        make_claim(here, claim.key, statement="After.")

    (note,) = feedback(question, RIGHT["single_choice"])["claims"]
    assert note["statement"] == "After."


def test_a_claim_revised_elsewhere_is_shown_soon(
    here: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = make_claim(here, statement="Before.")
    question = make_question(here, claims=[claim])
    feedback(question, RIGHT["single_choice"])
    ClaimRevision.objects.filter(claim=claim).update(statement="After.")

    soon = time.monotonic() + presenting.NOTES_SECONDS + 1
    monkeypatch.setattr(presenting.time, "monotonic", lambda: soon)

    (note,) = feedback(question, RIGHT["single_choice"])["claims"]
    assert note["statement"] == "After."


def test_the_store_is_bounded() -> None:

    kept: Kept[int, str] = Kept(size=2)
    for number in (1, 2, 3):
        kept.put(number, str(number))
        kept.get(1)

    assert (kept.get(1), kept.get(2), kept.get(3), len(kept)) == ("1", None, "3", 2)
    assert KEPT_VERSIONS <= 5000
