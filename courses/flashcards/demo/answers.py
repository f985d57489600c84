"""What people answer to questions of each type: rightly, nearly, and as they half remember."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types import get_type

Json = dict[str, Any]


def likely_answers(type_name: str, payload: Json, rng: Random) -> list[Json]:
    """Return answers to a question in their canonical form, the most tempting mistakes first.

    Empty for a type that a person marks, or that nobody here knows how to answer.
    """
    make = _MAKERS.get(type_name)
    if make is None:
        return []
    kind = get_type(type_name)
    return [kind.parse(payload, raw) for raw in make(payload, rng)]


def _single_choice(payload: Json, rng: Random) -> list[Json]:
    return [{"option": name} for name in _shuffled(payload["options"], rng)]


def _multiple_response(payload: Json, rng: Random) -> list[Json]:
    keys = [option_id(one["text"]) for one in payload["options"] if one.get("correct")]
    others = [option_id(one["text"]) for one in payload["options"] if not one.get("correct")]
    chosen = [keys, [*keys, others[0]], [keys[0], others[0]], others[:1]]
    return [{"options": names} for names in chosen]


def _true_false(payload: Json, rng: Random) -> list[Json]:
    told = [str(payload["truth"]).lower(), str(not payload["truth"]).lower()]
    reasons = _shuffled(payload.get("reasons", []), rng)
    if not reasons:
        return [{"truth": truth} for truth in told]
    return [{"truth": truth, "reason": name} for truth in told for name in reasons]


def _numeric(payload: Json, rng: Random) -> list[Json]:
    value = payload["value"]
    # What people type when they half remember: double, half, off by a tenth or a power of ten.
    typed = [value, value * 2, value / 2, value * 10, round(value * 1.3 + 1)]
    found: list[Json] = [{"value": f"{number:.10g}"} for number in typed]
    if "interval" in payload:
        for raw in found:
            raw["low"] = raw["high"] = raw["value"]
    return found


def _short_text(payload: Json, rng: Random) -> list[Json]:
    key = payload["answers"][0]
    slip = key[:3] + key[4:] if len(key) > 7 else key
    return [{"text": text} for text in (key, slip, "I do not remember")]


def _cloze(payload: Json, rng: Random) -> list[Json]:
    keys = {gap["name"]: gap["answers"][0] for gap in payload["gaps"]}
    first = next(iter(keys))
    forgotten = dict.fromkeys(keys, "") | {first: "I do not remember"}
    if "options" in payload["gaps"][0]:
        forgotten[first] = next(one for one in payload["gaps"][0]["options"] if one != keys[first])
    answers = [{"gaps": keys}, {"gaps": forgotten}]
    return answers if len(keys) == 1 else [*answers, {"gaps": keys | {first: ""}}]


def _ordering(payload: Json, rng: Random) -> list[Json]:
    names = [option_id(item["text"]) for item in payload["items"]]
    swapped = [names[1], names[0], *names[2:]]
    return [{"order": order} for order in (names, swapped, names[::-1], names[1:] + names[:1])]


def _matching(payload: Json, rng: Random) -> list[Json]:
    pairs = {option_id(one["prompt"]): option_id(one["match"]) for one in payload["pairs"]}
    return [{"pairs": one} for one in _mixed_up(pairs)]


def _categorise(payload: Json, rng: Random) -> list[Json]:
    places = {option_id(one["text"]): option_id(one["category"]) for one in payload["items"]}
    return [{"places": one} for one in _mixed_up(places)]


def _evidence(payload: Json, rng: Random) -> list[Json]:
    stances = {option_id(one["text"]): one["stance"] for one in payload["items"]}
    turned = {"supports": "silent", "contradicts": "supports", "silent": "supports"}
    wrong = {name: turned[stance] for name, stance in stances.items()}
    return [{"stances": stances}, {"stances": wrong}]


def _date(payload: Json, rng: Random) -> list[Json]:
    text = str(payload["date"]).partition("/")[0]
    year = int(text[:4])
    return [{"date": text}, {"date": f"{year - 1}{text[4:]}"}, {"date": f"{year + 2}{text[4:]}"}]


def _hotspot(payload: Json, rng: Random) -> list[Json]:
    return [{"place": name} for name in _shuffled(payload["places"], rng)]


def _highlight(payload: Json, rng: Random) -> list[Json]:
    return [{"sentence": name} for name in _shuffled(payload["passage"], rng)]


def _flashcard(payload: Json, rng: Random) -> list[Json]:
    return [{"rating": rating} for rating in (3, 2, 4, 1)]


_MAKERS: dict[str, Callable[[Json, Random], list[Json]]] = {
    "single_choice": _single_choice,
    "multiple_response": _multiple_response,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "cloze": _cloze,
    "ordering": _ordering,
    "matching": _matching,
    "categorise": _categorise,
    "evidence": _evidence,
    "date": _date,
    "hotspot": _hotspot,
    "highlight": _highlight,
    "flashcard": _flashcard,
}


def _shuffled(options: Iterable[Json], rng: Random) -> list[str]:
    names = [option_id(option["text"]) for option in options]
    return rng.sample(names, len(names))


def _mixed_up(right: dict[str, str]) -> list[dict[str, str]]:
    """Return the right places, those with the first one left open, and all of them moved on."""
    names, values = list(right), list(right.values())
    moved = dict(zip(names, [*values[1:], values[0]], strict=True))
    return [right, dict(list(right.items())[1:]), moved]
