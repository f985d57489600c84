"""Properties of every marker: whatever is sent, a credit in [0, 1] or a clean refusal."""

import json
import os
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from courses.assessment.domain.problems import AnswerInvalid, PayloadInvalid
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.spans import date_span
from courses.assessment.domain.types import get_type, type_names
from courses.assessment.domain.types.numeric.tolerance import interval_credit
from courses.assessment.domain.types.open_answer import mark_by_rubric

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
    margins = {
        "absolute": st.floats(0, 1e6),
        "relative": st.floats(0, 0.99),
        "significant_figures": st.integers(1, 10),
    }
    kind = draw(st.sampled_from(sorted(margins))) if value else "absolute"
    payload: dict[str, Any] = {"value": value, "tolerance": {kind: draw(margins[kind])}}
    if draw(st.booleans()):
        payload |= {"unit": "km", "units": [{"name": "m", "factor": 0.001}, {"name": "kilometres"}]}
    return payload


@st.composite
def short_texts(draw: st.DrawFn) -> dict[str, Any]:
    answers = draw(st.lists(words, min_size=1, max_size=5, unique=True))
    payload: dict[str, Any] = {"answers": answers}
    if draw(st.booleans()):
        payload["max_edits"] = draw(st.integers(0, 5))
    if draw(st.booleans()):
        payload["not"] = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        payload["names"] = True
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


@st.composite
def multiple_responses(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(labels)
    keys = draw(st.sets(st.sampled_from(texts), min_size=1, max_size=len(texts) - 1))
    return {
        "options": [{"text": text} | ({"correct": True} if text in keys else {}) for text in texts]
    }


@st.composite
def true_falses(draw: st.DrawFn) -> dict[str, Any]:
    payload: dict[str, Any] = {"truth": draw(st.booleans())}
    if draw(st.booleans()):
        payload["reasons"] = draw(single_choices())["options"][:6]
    return payload


@st.composite
def clozes(draw: st.DrawFn) -> dict[str, Any]:
    """A text with gaps; its words are drawn once for prose, answers and options: it is slow."""
    pool = draw(labels)
    said = st.sampled_from(pool)
    names = draw(st.lists(st.sampled_from(["a", "b-1", "9", "-"]), min_size=1, unique=True))
    pieces, gaps = [], []
    for name in names:
        prose = draw(st.just("") | said).replace("{", "{{").replace("}", "}}")
        pieces.append(f"{prose}{draw(st.sampled_from(['', ' ']))}{{{name}}}")
        gaps.append({"name": name, "answers": [draw(said)]})
        if draw(st.booleans()):
            gaps[-1]["options"] = pool
        elif draw(st.booleans()):
            gaps[-1]["max_edits"] = draw(st.integers(0, 5))
    return {"text": "".join(pieces), "gaps": draw(st.permutations(gaps))}


@st.composite
def matchings(draw: st.DrawFn) -> dict[str, Any]:
    prompts, matches = draw(labels), draw(labels)
    pairs = [{"prompt": text, "match": draw(st.sampled_from(matches))} for text in prompts]
    used = {pair["match"] for pair in pairs}
    return {"pairs": pairs, "spare": [text for text in matches if text not in used][:6]}


@st.composite
def categories(draw: st.DrawFn) -> dict[str, Any]:
    listed = draw(labels)[:6]
    texts = draw(labels)
    return {
        "categories": listed,
        "items": [{"text": text, "category": draw(st.sampled_from(listed))} for text in texts],
    }


@st.composite
def evidences(draw: st.DrawFn) -> dict[str, Any]:
    stances = st.sampled_from(["supports", "contradicts", "silent"])
    return {
        "statement": draw(words),
        "items": [{"text": text, "stance": draw(stances)} for text in draw(labels)],
    }


@st.composite
def dates(draw: st.DrawFn) -> dict[str, Any]:
    days = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
    cut = st.sampled_from([4, 7, 10])
    begin = draw(days)[: draw(cut)]
    if draw(st.booleans()):
        return {"date": begin}
    return {"date": f"{begin}/{draw(days)[: draw(cut)]}"}


@st.composite
def hotspots(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(labels)
    # Far enough apart, and all on the map.
    points = draw(st.permutations([(x, y) for x in (128, 136, 144, 152) for y in (35, 42, 49)]))
    key = draw(st.integers(0, len(texts) - 1))
    return {
        "map": "northeast-asia",
        "places": [
            {"text": text, "at": [x, y]} | ({"correct": True} if index == key else {})
            for index, (text, (x, y)) in enumerate(zip(texts, points, strict=False))
        ],
    }


@st.composite
def passages(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(labels)
    key = draw(st.integers(0, len(texts) - 1))
    passage = [
        {"text": text} | ({"flawed": True} if index == key else {})
        for index, text in enumerate(texts)
    ]
    return {"passage": passage} | draw(st.sampled_from([{}, {"correction": "No."}]))


@st.composite
def rubrics(draw: st.DrawFn) -> dict[str, Any]:
    points = st.integers(0, 10) | st.floats(0.001, 10)
    rubric = []
    for criterion in draw(labels):
        levels = draw(labels)[:6]
        earned = [draw(points) for _ in levels[1:]]
        rubric.append(
            {
                "criterion": criterion,
                "levels": [
                    {"text": text, "credit": credit}
                    for text, credit in zip(levels, [*earned, 3], strict=True)
                ],
            }
        )
    return {"rubric": rubric}


@st.composite
def intervals(draw: st.DrawFn) -> dict[str, Any]:
    return draw(numerics()) | {"interval": {"scale": draw(st.floats(1e-6, 1e12))}}


PAYLOADS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": single_choices(),
    "multiple_response": multiple_responses(),
    "true_false": true_falses(),
    "numeric": numerics() | intervals(),
    "short_text": short_texts(),
    "cloze": clozes(),
    "ordering": orderings(),
    "matching": matchings(),
    "categorise": categories(),
    "date": dates(),
    "hotspot": hotspots(),
    "evidence": evidences(),
    "highlight": passages(),
    "open_answer": rubrics(),
    "flashcard": st.builds(lambda back: {"back": back}, words),
}
# Types whose parts each take one of the same choices, with the key of their answers.
BY_PART = {"matching": "pairs", "categorise": "places", "evidence": "stances"}


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
    keys, lines = solution.get("keys", []), solution.get("lines", [])
    if name == "single_choice":
        return {"option": keys[0]}
    if name == "multiple_response":
        return {"options": keys}
    if name == "true_false":
        return dict(zip(["truth", "reason"], keys, strict=False))
    if name == "cloze":
        return {"gaps": {line["part"]: str(line["text"]) for line in lines}}
    if name in BY_PART:
        ids = {str(text): choice for choice, text in get_type(name).targets(payload).items()}
        return {BY_PART[name]: {line["part"]: ids[str(line["text"])] for line in lines}}
    if name in {"hotspot", "highlight"}:
        return {get_type(name).answer_keys[0]: keys[0]}
    if name == "date":
        return {"date": date_span(str(solution["text"]))[0].isoformat()}
    if name == "open_answer":
        return {"text": "Words."}
    if name == "numeric":
        value = solution["value"]
        return dict.fromkeys(
            get_type(name).answer_keys if "interval" in payload else ["value"], value
        )
    if name == "short_text":
        return {"text": str(solution["text"])}
    if name == "ordering":
        return {"order": [line["part"] for line in lines]}
    return {"rating": 4}


def _names_in(value: Any) -> list[str]:
    """Return every text in an answer: what the fuzzer puts together wrongly."""
    if isinstance(value, dict):
        return [name for key, entry in value.items() for name in [key, *_names_in(entry)]]
    if isinstance(value, list):
        return [name for entry in value for name in _names_in(entry)]
    return [str(value)]


def test_every_type_is_fuzzed() -> None:
    assert sorted(PAYLOADS) == sorted(type_names())


@pytest.mark.parametrize("name", sorted(PAYLOADS))
@many
@given(data=st.data())
def test_no_answer_crashes_and_credit_stays_in_range(name: str, data: st.DataObject) -> None:
    one = get_type(name)
    payload = valid(name, data.draw(PAYLOADS[name]))
    parts = st.sampled_from([part for part in _names_in(key_of(name, payload)) if part] or [""])
    near = anything | parts | st.lists(parts) | st.dictionaries(parts, parts | anything)
    raw = data.draw(anything | st.dictionaries(st.sampled_from(one.answer_keys), near))

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


@pytest.mark.parametrize("name", sorted(set(PAYLOADS) - {"open_answer"}))
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
@given(
    letters=st.text("abcdefgh ", min_size=8, max_size=20).filter(str.strip),
    digits=st.text("0123456789", min_size=1, max_size=4),
    data=st.data(),
)
def test_no_digit_is_ever_forgiven(letters: str, digits: str, data: st.DataObject) -> None:
    one = get_type("short_text")
    payload = valid("short_text", {"answers": [f"{letters.strip()} {digits}"], "max_edits": 5})
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {digits[place]})))
    typed = f"{letters.strip()} {digits[:place]}{other}{digits[place + 1 :]}"

    assert one.mark(payload, one.parse(payload, {"text": typed})).credit == 0.0


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


@many
@given(payload=multiple_responses(), data=st.data())
def test_neither_order_nor_duplicates_nor_ticking_all_raise_the_credit(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    one = get_type("multiple_response")
    checked = valid("multiple_response", payload)
    ids = [option_id(option["text"]) for option in checked["options"]]
    ticked = data.draw(st.lists(st.sampled_from(ids), max_size=2 * len(ids)))

    def credit(names: list[str]) -> float:
        return one.mark(checked, one.parse(checked, {"options": names})).credit

    assert credit(ticked) == credit(sorted(set(ticked)))
    assert one.mark(checked, {"options": ticked}).credit == credit(ticked)
    assert credit(ids) == 0.0
    keys = set(one.solution(checked)["keys"])
    assert all(credit([*ticked, name]) <= credit(ticked) for name in ids if name not in keys)


@many
@given(payload=true_falses(), data=st.data())
def test_no_reason_makes_up_for_a_wrong_truth(payload: dict[str, Any], data: st.DataObject) -> None:
    one = get_type("true_false")
    checked = valid("true_false", payload)
    reasons = [option_id(reason["text"]) for reason in checked.get("reasons", [])]
    reason = data.draw(st.sampled_from([None, *reasons]))

    wrong, right = (
        one.mark(checked, {"truth": truth, "reason": reason}).credit
        for truth in (["false", "true"] if checked["truth"] else ["true", "false"])
    )

    assert wrong == 0.0
    assert right == (1.0 if reason in one.solution(checked)["keys"] or not reasons else 1 / 3)


@pytest.mark.parametrize("name", sorted(BY_PART))
@many
@given(data=st.data())
def test_a_part_never_earns_by_being_wrong_and_the_order_of_parts_does_not_count(
    name: str, data: st.DataObject
) -> None:
    one, key = get_type(name), BY_PART[name]
    payload = valid(name, data.draw(PAYLOADS[name]))
    right = key_of(name, payload)[key]
    choices = st.sampled_from(sorted(one.targets(payload)))
    chosen = data.draw(st.dictionaries(st.sampled_from(sorted(right)), choices))
    part = data.draw(st.sampled_from(sorted(right)))
    other = data.draw(choices.filter(lambda choice: choice != right[part]))

    def credit(answer: dict[str, str]) -> float:
        return one.mark(payload, one.parse(payload, {key: answer})).credit

    left_out = {name: chosen[name] for name in chosen if name != part}
    assert credit(dict(reversed(chosen.items()))) == credit(chosen)
    assert credit(left_out | {part: other}) <= credit(left_out)
    assert credit(left_out) <= credit(left_out | {part: right[part]})


@many
@given(payload=clozes(), data=st.data())
def test_leaving_a_gap_out_never_raises_the_credit(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    one = get_type("cloze")
    checked = valid("cloze", payload)
    filled = key_of("cloze", checked)["gaps"]
    kept = data.draw(st.sets(st.sampled_from(sorted(filled))))

    mark = one.mark(checked, one.parse(checked, {"gaps": {name: filled[name] for name in kept}}))

    assert mark.credit == pytest.approx(len(kept) / len(filled))


@many
@given(payload=clozes(), seed=st.integers(0, 2**31 - 1))
def test_the_pieces_of_a_cloze_are_its_text(payload: dict[str, Any], seed: int) -> None:
    one = get_type("cloze")
    checked = valid("cloze", payload)

    pieces = one.render(checked, seed=seed)["pieces"]

    said = [
        f"{{{piece['gap']}}}" if "gap" in piece else
        str(piece["text"]).replace("{", "{{").replace("}", "}}")
        for piece in pieces
    ]  # fmt: skip
    assert "".join(said) == checked["text"]
    assert {piece.get("size", 14) for piece in pieces} == {14}


@many
@given(payload=short_texts(), data=st.data())
def test_no_slip_turns_a_near_miss_that_is_wrong_into_an_answer(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    one = get_type("short_text")
    checked = valid("short_text", payload)
    assume("not" in checked)
    wrong = data.draw(st.sampled_from(checked["not"]))

    assert one.mark(checked, one.parse(checked, {"text": wrong})).credit == 0.0


@many
@given(payload=dates(), data=st.data())
def test_a_date_earns_no_more_by_being_less_exact(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    one = get_type("date")
    checked = valid("date", payload)
    given = data.draw(st.dates(min_value=date(1000, 1, 1)).map(date.isoformat))

    earned = [
        one.mark(checked, one.parse(checked, {"date": given[:cut]})).credit for cut in (4, 7, 10)
    ]

    assert earned[0] <= 0.25 or earned[0] == 1.0
    assert earned == sorted(earned)


@many
@given(payload=intervals(), data=st.data())
def test_an_interval_earns_most_where_it_is_the_value_and_nothing_by_being_wider(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    one = get_type("numeric")
    checked = valid("numeric", payload)
    value = Decimal(one.solution(checked)["value"])
    steps = st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=3)
    below, above, more = (data.draw(steps) for _ in range(3))

    def credit(low: Decimal, high: Decimal) -> float:
        return interval_credit(checked, low, high)

    assert credit(value, value) == 1.0
    assert credit(value - below - more, value + above) <= credit(value - below, value + above)
    # Missed by more is never worth more.
    assert credit(value + below + more, value + below + more) <= credit(
        value + below, value + below
    )


@many
@given(payload=rubrics(), data=st.data())
def test_a_rubric_earns_a_share_of_its_best(payload: dict[str, Any], data: st.DataObject) -> None:
    checked = valid("open_answer", payload)
    sizes = [len(entry["levels"]) for entry in checked["rubric"]]
    levels = [data.draw(st.integers(0, size - 1)) for size in sizes]
    best = [
        max(range(size), key=lambda place, levels=entry["levels"]: levels[place]["credit"])
        for size, entry in zip(sizes, checked["rubric"], strict=True)
    ]

    assert 0.0 <= mark_by_rubric(checked, levels).credit <= 1.0
    assert mark_by_rubric(checked, dict(enumerate(best))).credit == 1.0
    raised = [max(pair, key=lambda p, e=entry: e["levels"][p]["credit"])
              for *pair, entry in zip(levels, best, checked["rubric"], strict=True)]  # fmt: skip
    assert mark_by_rubric(checked, raised).credit >= mark_by_rubric(checked, levels).credit


@pytest.mark.parametrize("name", ["hotspot", "highlight"])
@many
@given(data=st.data())
def test_exactly_one_of_what_is_picked_from_is_right(name: str, data: st.DataObject) -> None:
    one = get_type(name)
    payload = valid(name, data.draw(PAYLOADS[name]))
    shown = one.render(payload, seed=data.draw(st.integers(0, 2**31 - 1)))
    entries = shown["places" if name == "hotspot" else "sentences"]

    earned = [
        one.mark(payload, one.parse(payload, {one.answer_keys[0]: entry["id"]})).credit
        for entry in entries
    ]

    assert sorted(earned) == [0.0] * (len(entries) - 1) + [1.0]
