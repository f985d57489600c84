"""Properties of every marker: whatever is sent, a credit in [0, 1] or a clean refusal."""

import json
import os
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from courses.assessment.domain.problems import AnswerInvalid, PayloadInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type, type_names

pytestmark = pytest.mark.fuzz

EXAMPLES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 100
many = settings(max_examples=EXAMPLES)

words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text
)
# What is distinct to a checker: blind to case and to how wide the spaces are.
labels = st.lists(
    words, min_size=3, max_size=8, unique_by=lambda text: " ".join(text.casefold().split())
).filter(lambda texts: len({option_id(text) for text in texts}) == len(texts))
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=250)
    | st.sampled_from(["", "1e999", "NaN", "５．５", "\x00", "\ud800", "0", "-", "１，０００"])
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def single_choices(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(labels)
    key = draw(st.integers(0, len(texts) - 1))
    return {
        "options": [
            {"text": text} | ({"correct": True} if index == key else {})
            for index, text in enumerate(texts)
        ]
    }


@st.composite
def numerics(draw: st.DrawFn) -> dict[str, Any]:
    value = draw(
        st.integers(-(10**15), 10**15)
        | st.floats(-1e15, 1e15).filter(lambda number: number == 0 or abs(number) > 1e-9)
    )
    kind = draw(st.sampled_from(["absolute", "relative"])) if value else "absolute"
    margin = draw(st.floats(0, 0.99) if kind == "relative" else st.floats(0, 1e6))
    return {"value": value, "tolerance": {kind: margin}}


@st.composite
def short_texts(draw: st.DrawFn) -> dict[str, Any]:
    answers = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    payload: dict[str, Any] = {"answers": answers}
    if draw(st.booleans()):
        payload["max_edits"] = draw(st.integers(0, 5))
    return payload


@st.composite
def orderings(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(labels)
    if draw(st.booleans()):
        return {"items": [{"text": text} for text in texts]}
    years = sorted(
        draw(st.lists(st.integers(1900, 1910), min_size=len(texts), max_size=len(texts)))
    )
    return {
        "items": [{"text": text, "date": year} for text, year in zip(texts, years, strict=True)]
    }


PAYLOADS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": single_choices(),
    "numeric": numerics(),
    "short_text": short_texts(),
    "ordering": orderings(),
    "flashcard": st.builds(lambda back: {"back": back}, words),
}


def valid(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Return the payload as validated; drop the example if the author may not write it."""
    try:
        return get_type(name).validate(payload)
    except PayloadInvalid:
        assume(False)
        raise


def key_of(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Return a raw answer that is right, from what is shown as the solution."""
    solution = get_type(name).solution(payload)
    if name == "single_choice":
        return {"option": solution["option"]}
    if name == "numeric":
        return {"value": solution["value"]}
    if name == "short_text":
        return {"text": str(solution["text"])}
    if name == "ordering":
        return {"order": [item["id"] for item in solution["items"]]}
    return {"rating": 4}


def test_every_type_is_fuzzed() -> None:
    assert sorted(PAYLOADS) == sorted(type_names())


@pytest.mark.parametrize("name", sorted(PAYLOADS))
@many
@given(data=st.data())
def test_no_answer_crashes_and_credit_stays_in_range(name: str, data: st.DataObject) -> None:
    one = get_type(name)
    payload = valid(name, data.draw(PAYLOADS[name]))
    raw = data.draw(anything | st.builds(lambda value: {one.answer_key: value}, anything))

    try:
        answer = one.parse(payload, raw)
    except AnswerInvalid:
        return
    mark = one.mark(payload, json.loads(json.dumps(answer)))

    assert 0.0 <= mark.credit <= 1.0
    assert all(0.0 <= part.credit <= 1.0 and str(part.message) for part in mark.parts)
    assert (mark.verdict == "right") == (mark.credit == 1.0)


@pytest.mark.parametrize("name", sorted(PAYLOADS))
@many
@given(data=st.data())
def test_no_stored_answer_crashes_a_marker(name: str, data: st.DataObject) -> None:
    payload = valid(name, data.draw(PAYLOADS[name]))
    other = valid(name, data.draw(PAYLOADS[name]))

    answer = get_type(name).parse(other, key_of(name, other))

    assert 0.0 <= get_type(name).mark(payload, answer).credit <= 1.0


@pytest.mark.parametrize("name", sorted(PAYLOADS))
@many
@given(data=st.data())
def test_the_key_scores_one(name: str, data: st.DataObject) -> None:
    one = get_type(name)
    payload = valid(name, data.draw(PAYLOADS[name]))

    mark = one.mark(payload, one.parse(payload, key_of(name, payload)))

    assert (mark.credit, mark.verdict) == (1.0, "right")


@pytest.mark.parametrize("name", sorted(set(PAYLOADS) - {"flashcard"}))
@many
@given(data=st.data())
def test_an_empty_answer_scores_nothing(name: str, data: st.DataObject) -> None:
    one = get_type(name)
    payload = valid(name, data.draw(PAYLOADS[name]))

    assert one.mark(payload, one.parse(payload, {})).credit == 0.0


@pytest.mark.parametrize("name", sorted(PAYLOADS))
@many
@given(data=st.data())
def test_no_payload_crashes_validation(name: str, data: st.DataObject) -> None:
    one = get_type(name)
    authored = data.draw(PAYLOADS[name])
    key = data.draw(st.sampled_from(one.payload_keys))
    spoilt = data.draw(
        anything | st.just(authored | {key: data.draw(anything)}), label="spoilt payload"
    )

    try:
        checked = one.validate(spoilt)
    except PayloadInvalid:
        return

    assert one.validate(json.loads(json.dumps(checked))) == checked
    one.mark(checked, one.parse(checked, key_of(name, checked)))


@many
@given(payload=orderings(), data=st.data())
def test_duplicates_and_leaving_out_never_raise_the_credit_of_an_order(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    one = get_type("ordering")
    checked = valid("ordering", payload)
    ids = [option_id(item["text"]) for item in checked["items"]]
    order = data.draw(st.permutations(ids))
    repeats = data.draw(st.lists(st.sampled_from(ids), max_size=len(ids)))
    kept = order[: data.draw(st.integers(0, len(order)))]

    def credit(names: list[str]) -> float:
        return one.mark(checked, one.parse(checked, {"order": names})).credit

    assert credit([*order, *repeats]) == credit(order)
    assert one.mark(checked, {"order": [*order, *repeats]}).credit == credit(order)
    assert credit(kept) <= credit(order)


@many
@given(payload=orderings(), seed=st.integers(0, 2**31 - 1))
def test_an_order_left_as_shown_earns_nothing(payload: dict[str, Any], seed: int) -> None:
    one = get_type("ordering")
    checked = valid("ordering", payload)

    shown = [item["id"] for item in one.render(checked, seed=seed)["items"]]

    assert one.mark(checked, one.parse(checked, {"order": shown})).credit == 0.0


@many
@given(payload=single_choices(), seed=st.integers(0, 2**31 - 1), data=st.data())
def test_the_order_of_options_changes_no_credit(
    payload: dict[str, Any], seed: int, data: st.DataObject
) -> None:
    one = get_type("single_choice")
    checked = valid("single_choice", payload)
    turned = {"options": data.draw(st.permutations(checked["options"]))}

    for option in one.render(checked, seed=seed)["options"]:
        answer = {"option": option["id"]}
        assert one.mark(checked, answer).credit == one.mark(turned, answer).credit
    assert (
        sum(
            one.mark(checked, {"option": option["id"]}).credit
            for option in one.render(checked, seed=seed)["options"]
        )
        == 1.0
    )
