"""The linter's rules on claims, explanations, keys and pictures, and silencing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assessment.domain.linting import (
    RULE_NAMES,
    LintedQuestion,
    lint_all,
    lint_alone,
    lint_question,
)
from courses.assessment.domain.types import type_names
from tests.assessment.linted import STEM, asked, card, found, options, rules_in
from tests.factories.assessment import PAYLOADS

WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(["10–20", "not", "in 2022", "None of these"])
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["options", "text", "correct", "alt", "image", "value", "truth"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


def test_a_question_without_a_claim_is_found_unless_the_course_has_none():
    assert [one.path for one in found(asked(claims=()), "no-claim")] == ["claims"]
    assert found(card("METI", claims=()), "no-claim")
    assert not found(asked(), "no-claim")
    assert not found(card("METI"), "no-claim")
    assert not found(asked(claims=(), uses_claims=False), "no-claim")


def test_a_question_without_an_explanation_is_found_unless_it_is_a_card():
    assert [one.path for one in found(asked(explanation=" "), "no-explanation")] == ["explanation"]
    assert found(asked(explanation="", type="numeric", payload={}), "no-explanation")
    assert not found(asked(), "no-explanation")
    assert not found(card("METI"), "no-explanation")
    assert not found(card("METI", explanation="So."), "no-explanation")


def test_what_is_wrong_with_a_list_is_no_missing_key():
    many = {"options": [{"text": str(number), "correct": number == 0} for number in range(12)]}
    assert not found(asked(payload=many), "no-key")


@pytest.mark.parametrize("name", type_names())
def test_a_draft_of_any_type_without_a_payload_has_no_key(name):
    assert found(asked(payload={}, type=name), "no-key")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"payload": options("Kyoto", "Osaka")}, "options"),
        ({"payload": {}}, "options"),
        ({"payload": None, "type": "numeric"}, "value"),
        ({"payload": {"answers": None}, "type": "short_text"}, "answers"),
        ({"payload": {"back": " "}, "type": "flashcard"}, "back"),
        ({"payload": {"reasons": []}, "type": "true_false"}, "truth"),
        ({"payload": {"pairs": [{"prompt": "A"}]}, "type": "matching"}, "pairs[0].match"),
        (
            {"payload": {"categories": ["a", "b"], "items": [{"text": "q"}]}, "type": "categorise"},
            "items[0].category",
        ),
        ({"payload": {"items": [{"text": "q"}]}, "type": "evidence"}, "items[0].stance"),
        ({"payload": {"text": "{a}", "gaps": [{"name": "a"}]}, "type": "cloze"}, "gaps[0].answers"),
        (
            {"payload": {"text": "{a}", "gaps": [{"name": "a", "answers": []}]}, "type": "cloze"},
            "gaps[0].answers",
        ),
        ({"payload": {"passage": []}, "type": "highlight"}, "passage"),
        ({"payload": {"places": []}, "type": "hotspot"}, "places"),
        ({"payload": {"rubric": []}, "type": "open_answer"}, "rubric"),
    ],
)
def test_a_draft_without_a_key_is_found(fields, path):
    assert path in [one.path for one in found(asked(**fields), "no-key")]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"payload": {"value": 0, "tolerance": {"absolute": 0}}, "type": "numeric"},
        {"payload": {"answers": ["Kyoto"]}, "type": "short_text"},
        {"payload": {"truth": False}, "type": "true_false"},
    ],
)
def test_a_question_with_a_key_passes(fields):
    assert not found(asked(**fields), "no-key")


@pytest.mark.parametrize("payload", [{"value": 3}, {"value": None, "tolerance": None}])
def test_a_number_without_a_tolerance_is_found(payload):
    question = asked("How many?", payload=payload, type="numeric")

    assert [one.path for one in found(question, "no-tolerance")] == ["tolerance"]


@pytest.mark.parametrize(
    ("type_name", "payload"),
    [
        ("numeric", {"value": 3, "tolerance": {"absolute": 0}}),
        ("numeric", {"value": 3, "tolerance": {"relative": 0.1}}),
        ("flashcard", {"back": "3"}),
    ],
)
def test_a_number_with_a_tolerance_and_other_types_pass(type_name, payload):
    assert not found(asked("How many?", payload=payload, type=type_name), "no-tolerance")


@pytest.mark.parametrize(
    ("question", "path"),
    [
        (asked("Which city is this? ![](kyoto.png)"), "stem"),
        (asked(payload={"options": [{"text": "Kyoto", "picture": "kyoto.SVG"}]}),
         "options[0].picture"),
        (asked(payload={"image": "map.webp", "alt": " "}), "image"),
    ],
)  # fmt: skip
def test_a_picture_without_words_is_found(question, path):
    assert [one.path for one in found(question, "image-without-text")] == [path]


@pytest.mark.parametrize(
    "question",
    [
        asked("Which city is this? ![A gate with two roofs](kyoto.png)"),
        asked(payload={"image": "map.webp", "alt": "Four islands"}),
        asked("Which file is kyoto.png?"),
        asked(),
    ],
)
def test_a_picture_with_words_passes(question):
    assert not found(question, "image-without-text")


def test_a_draft_that_its_type_refuses_is_read_as_far_as_it_goes():
    draft = asked("Which is current?", payload=options("Kyoto", "None of the above", "kyoto"))

    assert rules_in(draft) >= {
        *("no-key", "undated", "all-or-none-of-the-above", "duplicate-options"),
    }


@pytest.mark.parametrize("payload", [None, [], "text", {"options": "A"}, {"options": [None, 3]}])
def test_no_draft_is_too_broken(payload):
    assert "no-key" in rules_in(asked(payload=payload))
    assert rules_in(LintedQuestion("q", "no_such_type", "", payload)) >= {"no-claim"}


@given(payload=ANYTHING, stem=st.text(max_size=80), type_name=st.sampled_from(type_names()))
def test_any_draft_can_be_linted(payload, stem, type_name):
    draft = asked(stem, type=type_name, payload=payload, explanation=stem, hints=(stem,))

    assert all(str(finding) for finding in lint_question(draft))


@pytest.mark.parametrize("type_name", sorted(PAYLOADS))
def test_every_type_can_be_linted(type_name):
    question = asked(type=type_name, payload=PAYLOADS[type_name])

    assert {finding.rule for finding in lint_question(question)}.isdisjoint(
        {"no-key", "no-tolerance", "no-claim", "no-explanation", "image-without-text"}
    )


def test_findings_say_where_and_how_to_mend():
    (finding,) = found(asked(claims=()), "no-claim")

    assert str(finding) == "claims: Name the claims that the answer rests on. [no-claim]"


def test_the_rules_go_by_stable_names():
    assert (
        *("no-key", "duplicate-options", "overlapping-options", "no-claim", "undated"),
        *("no-tolerance", "image-without-text", "negative-not-marked", "double-negative"),
        *("absolute-word", "unfocused-stem", "unattributed-opinion", "no-explanation"),
        *("all-or-none-of-the-above", "longest-is-key", "stem-word-in-key", "grammatical-cue"),
        *("unordered-numbers", "many-distractors", "key-position", "gives-away"),
    ) == RULE_NAMES


LONG = "The old capital, in which it had lived for a thousand years"


def test_a_silenced_finding_is_set_aside_with_its_reason():
    question = asked(STEM, f"*{LONG}", "Osaka", silenced=(("longest-is-key", "Its own name."),))

    linted = lint_alone(question)

    assert linted.open == ()
    assert [(one.rule, why) for one, why in linted.silenced] == [
        ("longest-is-key", "Its own name.")
    ]


def test_other_findings_stay_open():
    question = asked(
        STEM, f"*{LONG}", "Osaka", claims=(), silenced=(("longest-is-key", "Its own name."),)
    )

    assert [one.rule for one in lint_alone(question).open] == ["no-claim"]


def test_silencing_what_is_not_found_is_a_finding_itself():
    question = asked(silenced=(("undated", "A joke."), ("longest-is-key", "Once it was.")))

    # seen alone, a question may still have what only its quiz shows
    assert [(one.rule, one.path) for one in lint_alone(question).open] == [
        ("silenced-for-nothing", "silenced[0]")
    ]
    (linted,) = lint_all([question], {})
    assert [one.path for one in linted.open] == ["silenced[0]", "silenced[1]"]
