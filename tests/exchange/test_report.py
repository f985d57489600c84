"""The course report: each rule finds what it is for, and nothing in a course as it should be."""

import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.assessment.domain.authoring import QuestionDraft
from courses.content.domain.drafts import (
    ClaimDraft,
    LessonDraft,
    SourceDraft,
    TermDraft,
    TopicDraft,
)
from courses.exchange.domain.records import (
    CourseContent,
    CourseFacts,
    PlacedQuestion,
    QuizDraft,
    SlotDraft,
)
from courses.exchange.reporting import as_text, report_on
from courses.exchange.reporting.questions import key_places
from courses.exchange.reporting.reading import read_parts, reading_grade
from tests.exchange.folders import write_course

BODY = """::: before q-0
:::

Japan acts [AA-001]. See [the list](glossary:the-list).

::: question q-1
:::

::: prompt Why then?
Because [AA-001].
:::

::: question q-2
:::

::: chart Money
unit: billion US dollars
- Before | 0.6 [AA-001]
message: Little.
:::

{filler}

::: summary
Words.
:::

::: limits
More.
:::
"""
# numerals are words too, and no claim says them
FILLER = "\n\n".join(
    " ".join(
        f"w{chr(97 + index % 26)}{chr(97 + index // 26)}" for index in range(begin, begin + 20)
    )
    for begin in range(0, 400, 20)
)


ABOUT = {"value": 0.6, "unit": "billion US dollars", "what": "given", "approx": True}


def claim(key: str = "AA-001", **fields: Any) -> ClaimDraft:
    known = {
        "source": "S1",
        "topic": "sanctions",
        "kind": "figure",
        "statement": "The sum was given to a neighbour in need during that cold winter.",
        "as_of": "2024-11",
        "figures": [{"value": 600, "unit": "million US dollars", "what": "given"}],
    }
    return ClaimDraft(key=key, **(known | fields))


def choice(slug: str, *, right: int = 0, texts: tuple[str, ...] = ("one", "two", "six"), **fields):
    options = [
        {"text": text, **({"correct": True} if place == right else {})}
        for place, text in enumerate(texts)
    ]
    known: dict[str, Any] = {"stem": f"What is {slug}?", "explanation": "So it is."}
    return placed(slug, "single_choice", {"options": options}, **(known | fields))


def placed(slug: str, kind: str, payload: dict[str, Any], *, stem="", explanation="", **fields):
    draft = QuestionDraft(slug, kind, stem or f"What is {slug}?", payload, explanation, ())
    known: dict[str, Any] = {"lesson": "first", "topic": "sanctions", "claims": ("AA-001",)}
    return PlacedQuestion(draft, **(known | fields))


def course(**fields: Any) -> CourseContent:
    asked = [choice(f"q-{number}", right=number % 3) for number in range(150)]
    asked[1] = placed("q-1", "flashcard", {"back": "So."})
    known: dict[str, Any] = {
        "topics": [TopicDraft("sanctions", "Sanctions")],
        "sources": [SourceDraft("S1", "A title", "commentary", "2024-11")],
        "claims": [claim()],
        "terms": [TermDraft("the-list", "the list", "term", "A list.", common=True)],
        "lessons": [
            LessonDraft(
                "first", "First", BODY.format(filler=FILLER), objectives=["One", "Two", "Three"]
            )
        ],
        "questions": asked,
        "quizzes": [QuizDraft("practice", "Practice", tuple(q.draft.slug for q in asked), "first")],
    }
    return CourseContent(CourseFacts("small", "Small"), **(known | fields))


def drawing(draw: int) -> QuizDraft:
    """A practice quiz that draws from the questions of the first lesson."""
    pool = SlotDraft(draw=draw, pool="lesson", value="first")
    return QuizDraft("practice", "Practice", (pool,), "first")


def found(content: CourseContent) -> dict[str, list[str]]:
    by_rule: dict[str, list[str]] = {}
    for finding in report_on(content).findings:
        by_rule.setdefault(f"{finding.severity} {finding.rule}", []).append(str(finding))
    return by_rule


def with_body(old: str, new: str) -> CourseContent:
    content = course()
    body = content.lessons[0].body
    assert old in body
    content.lessons[0] = replace(content.lessons[0], body=body.replace(old, new))
    return content


def test_a_course_as_it_should_be_has_no_findings():
    assert found(course()) == {}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (with_body(FILLER, "Few words."), "error length"),
        (with_body("::: before q-0\n:::", ""), "error before"),
        (with_body("::: question q-2\n:::", ""), "error questions"),
        (with_body("::: prompt Why then?\nBecause [AA-001].\n:::", ""), "error prompts"),
        (with_body("::: summary\nWords.\n:::", ""), "error summary"),
        (with_body("::: limits\nMore.\n:::", ""), "error limits"),
        (with_body("question q-1", "question q-3"), "remark variety"),
        (with_body("0.6", "0.7"), "error chart"),
        (with_body("0.6", "600"), "error chart"),
        (with_body("| 0.6", "| about 0.6"), "remark chart"),
        (with_body("unit: billion US dollars", "unit: percent of 0.6"), "error chart"),
        (
            with_body("More.", "It was given to a neighbour in need during winter."),
            "remark copied",
        ),
        (
            with_body("More.", "The sum was given to a neighbour in need during that cold winter!"),
            "error copied",
        ),
        (with_body("[the list](glossary:the-list)", "the list"), "remark unlinked-entry"),
        (course(claims=[claim(), claim("AA-002")]), "error untaught"),
        (course(claims=[claim(), claim("AA-002")]), "error unasked"),
        (course(claims=[claim(figures=[ABOUT])]), "error chart"),
        (course(quizzes=[]), "error practice"),
        (course(quizzes=[]), "remark unused-question"),
        (course(quizzes=[QuizDraft("empty", "Empty", (), "first")]), "error empty-quiz"),
        (course(quizzes=[drawing(draw=151)]), "error small-pool"),
        (course(media={"map.svg": b""}), "error unused-media"),
        (course(topics=[TopicDraft("other", "Other")]), "remark unused-topic"),
        (
            course(terms=[TermDraft("the-list", "the list", "term", "A list.")]),
            "error groundless-entry",
        ),
        (course(questions=course().questions[:149]), "error questions"),
        (course(questions=course().questions[:9]), "error own-questions"),
        (
            course(questions=[*course().questions, choice("q-x", stem="What *is* q-7")]),
            "error same-stem",
        ),
        (
            course(questions=[*course().questions, choice("q-x", claims=("A", "B", "C"))]),
            "remark claims",
        ),
    ],
)
def test_each_rule_finds_what_it_is_there_for(content, rule):
    assert rule in found(content)


def test_stems_that_are_nearly_the_same_are_worth_a_look():
    stem = "How much money did Japan promise to the neighbour before the winter of {} began?"
    asked = [
        *course().questions,
        choice("q-x", stem=stem.format(2022)),
        choice("q-y", stem=stem.format(2023)),
    ]

    assert any("q-y asks nearly" in said for said in found(course(questions=asked))["remark alike"])


def test_an_explanation_that_repeats_a_claim_is_worth_a_look():
    told = choice("q-x", explanation=f"{claim().statement} [AA-001]")

    assert "remark copied" in found(course(questions=[*course().questions, told]))


def test_only_the_first_two_claims_of_a_question_count():
    content = course(
        claims=[claim(), claim("AA-002"), claim("AA-003")],
        questions=[choice("q-x", claims=("AA-001", "AA-002", "AA-003"))],
    )

    asked = {line.key: line.asked for line in report_on(content).claims}

    assert asked == {"AA-001": ("q-x",), "AA-002": ("q-x",), "AA-003": ()}


def test_what_a_quiz_may_draw_is_used():
    assert found(course(quizzes=[drawing(draw=150)])) == {}


def test_drafts_do_not_count():
    content = course()
    content.questions[5] = replace(content.questions[5], status="draft")

    report = found(content)

    assert "error questions" in report
    assert "error hidden-question" in report


def test_the_places_of_keys_are_counted():
    asked = [choice("a", right=0, texts=("longest", "b")), choice("b", right=1, texts=("c", "d"))]

    keys = key_places(asked)

    assert (keys.questions, keys.places, keys.longest) == (2, {1: 1, 2: 1}, 1)


def test_the_reading_grade_is_that_of_the_formula():
    # 10 words of 4 letters in 2 sentences: 0.0588 * 400 - 0.296 * 20 - 15.8
    assert reading_grade("Some four five able cats. They lead huge town bird.") == 1.8
    assert reading_grade("") == 0


def test_a_chart_is_read_with_its_numbers():
    (chart,) = read_parts(course().lessons[0]).charts

    assert chart.rows[0].value == Decimal("0.6")


def test_the_text_has_a_table_of_lessons_and_tells_errors_from_remarks():
    text = "\n".join(as_text(report_on(course(quizzes=[], terms=[])), every_claim=True))

    assert "first     4" in text
    assert "Claims: 1, of which 1 are taught and 1 are asked." in text
    assert text.index("Remarks (") < text.index("Errors (1)")
    assert "AA-001  first" in text


def test_the_command_needs_no_database_and_fails_on_errors(tmp_path):
    out = StringIO()

    with pytest.raises(CommandError, match="errors"):
        call_command("course_report", str(write_course(tmp_path / "c")), "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["course"] == "small-course"
    assert told["lessons"][0]["slug"] == "first-lesson"
    assert {finding["rule"] for finding in told["errors"]} >= {"length", "before", "summary"}


def test_the_command_names_the_mistakes_of_a_broken_folder(tmp_path):
    err = StringIO()

    with pytest.raises(CommandError, match="mistake"):
        call_command(
            "course_report",
            str(write_course(tmp_path / "c", {"claims.yaml": "- key: x\n"})),
            stderr=err,
        )

    assert "claims.yaml:1" in err.getvalue()
