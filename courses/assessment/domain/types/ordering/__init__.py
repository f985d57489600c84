"""Timeline ordering: put items into their order; partial credit, ties for equal dates."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from courses.assessment.domain.checks import check_different
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, Period, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.sequences import expected_length, in_order
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.spans import date_span
from courses.assessment.domain.types.base import (
    LEFT_OUT,
    RIGHT,
    UNANSWERED,
    Json,
    QuestionType,
    option_gone,
)

_MOST_ITEMS = 12
_OUT_OF_PLACE = Message(gettext_noop("This one is out of order."))


class Ordering(QuestionType):
    """`items: [{text, date?}]` in the right order; answer `{"order": [ids]}` or
    `{"order": {id: place}}`.

    Items of the same date tie: either may come first. The credit is
    max(0, (L - E) / (n - E)), where L is the length of a longest common subsequence of
    the answer and the right order, n the number of items and E the mean of L over all
    orders. So a random order is worth nothing on balance of L, and as the order in which
    the items are shown has L <= E, leaving it untouched earns exactly 0.
    """

    name: ClassVar[str] = "ordering"
    label: ClassVar[str] = gettext_noop("Timeline")
    payload_keys: ClassVar[tuple[str, ...]] = ("items",)
    answer_keys: ClassVar[tuple[str, ...]] = ("order",)

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        authored = check.sequence(fields.get("items"), "items", least=3, most=_MOST_ITEMS)
        items = [
            _checked_item(check, item, f"items[{index}]") for index, item in enumerate(authored)
        ]
        check_different(check, items, "items", key="text")
        if not any(problem.code == "not_a_date" for problem in check.problems):
            _check_dates(check, items)
        check.finish()
        return {"items": items}

    def render(self, payload: Json, *, seed: int) -> Json:
        texts = {option_id(item["text"]): item["text"] for item in payload["items"]}
        return {
            "items": [
                {"id": name, "text": Markdown(texts[name])} for name in _shown(payload, seed=seed)
            ]
        }

    def parse(self, payload: Json, raw: object) -> Json:
        order = self.field(raw)
        if isinstance(order, Mapping):  # as forms send it: the place of each item
            order = sorted(order, key=lambda name: _place(order[name]))
        if order is None:
            return {"order": []}
        if not isinstance(order, list) or len(order) > 2 * _MOST_ITEMS:
            raise AnswerInvalid("not_an_order", Message(gettext_noop("Send a list of items.")))
        ranks = _ranks(payload)
        if not all(isinstance(name, str) and name in ranks for name in order):
            raise option_gone()
        return {"order": list(dict.fromkeys(order))}

    def mark(self, payload: Json, answer: Json) -> Mark:
        ranks = _ranks(payload)
        order = [name for name in dict.fromkeys(answer.get("order") or ()) if name in ranks]
        if not order:
            return mark_of(0.0, PartMark("order", 0.0, "unanswered", UNANSWERED))
        kept = in_order([ranks[name] for name in order])
        parts = [
            PartMark(name, 1.0, "in_order", RIGHT)
            if position in kept
            else PartMark(name, 0.0, "out_of_order", _OUT_OF_PLACE)
            for position, name in enumerate(order)
        ]
        missing = [name for name in ranks if name not in order]
        parts += [PartMark(name, 0.0, "left_out", LEFT_OUT) for name in missing]
        return mark_of(_credit(ranks, len(kept)), *parts)

    def right_answer(self, payload: Json) -> Json:
        return {"order": [option_id(item["text"]) for item in payload["items"]]}

    def solution(self, payload: Json) -> Json:
        return {
            "in_order": True,
            "lines": [
                {
                    "part": option_id(item["text"]),
                    "text": Markdown(item["text"]),
                    "date": Period(item.get("date", "")),
                }
                for item in payload["items"]
            ],
        }


def _place(value: object) -> int:
    """Return a place as typed; what is none comes first, and equal ones stay as shown."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _ranks(payload: Json) -> dict[str, int]:
    """Return the rank of each item by its id; neighbours of the same date share one."""
    ranks: dict[str, int] = {}
    rank, last = -1, None
    for item in payload["items"]:
        span = date_span(item["date"]) if item.get("date") else None
        if span is None or span != last:
            rank += 1
        ranks[option_id(item["text"])] = rank
        last = span
    return ranks


def _by_chance(ranks: dict[str, int]) -> Fraction:
    return expected_length(tuple(sorted(Counter(ranks.values()).values())))


def _credit(ranks: dict[str, int], length: int) -> float:
    chance = _by_chance(ranks)
    return float(max(Fraction(0), (length - chance) / (len(ranks) - chance)))


def _shown(payload: Json, *, seed: int) -> list[str]:
    """Return the ids in an order that depends on the seed and earns nothing as it is."""
    ranks = _ranks(payload)
    for salt in range(50):
        order = shuffled(ranks, seed=seed, salt=salt)
        if len(in_order([ranks[name] for name in order])) <= _by_chance(ranks):
            return order
    # The reverse has the shortest subsequence there is, so this ends what chance might not.
    return list(reversed(ranks))


def _checked_item(check: Checker, item: object, path: str) -> dict[str, Any]:
    fields = check.mapping(item, path, known=("text", "date"))
    checked: dict[str, Any] = {"text": check.text(fields.get("text"), f"{path}.text", longest=500)}
    when = fields.get("date")
    if when is None:
        return checked
    # YAML reads 2022-02-24 as a date and 2022 as a number.
    text = when.isoformat() if type(when) is date else str(when)
    try:
        date_span(text)
    except ValueError:
        check.add(
            f"{path}.date",
            "not_a_date",
            gettext_noop("Write a date as YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO."),
        )
    else:
        checked["date"] = text
    return checked


def _check_dates(check: Checker, items: list[dict[str, Any]]) -> None:
    spans = [date_span(item["date"]) for item in items if "date" in item]
    if spans and len(spans) < len(items):
        check.add("items", "dates_missing", gettext_noop("Date all items, or none of them."))
        return
    if spans and len(set(spans)) == 1:
        check.add("items", "nothing_to_order", gettext_noop("All items have the same date."))
    for index, (earlier, later) in enumerate(pairwise(spans), start=1):
        path = f"items[{index}].date"
        if earlier == later or earlier[1] < later[0]:
            continue
        if later[1] < earlier[0]:
            check.add(
                path,
                "out_of_order",
                gettext_noop("This is before the item above it; list the items in their order."),
            )
        else:
            check.add(
                path,
                "dates_overlap",
                gettext_noop("This overlaps the date above it; make both more precise, or equal."),
            )


TYPE = Ordering()
