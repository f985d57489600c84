"""Which options of a question were chosen, how often, and by whom: the strong or the weak."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from courses.assessment.domain.messages import Message
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.statistics import (
    LEAST_FOR_FACILITY,
    Estimate,
    Sums,
    mean,
)
from courses.assessment.domain.types import get_type
from courses.assessment.models import QuestionVersion
from courses.assessment.selectors.item_sums import Group


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """An option and how many chose it.

    `text` is authored Markdown, or a Message for true and false. `correct` is by the current
    key; an option that the current version has no more is wrong. `share` is of all who were
    asked; `rest_mean` is the mean rest score, in [0, 1], of those who chose it.
    """

    id: str
    text: str | Message
    correct: bool
    count: int
    share: Estimate
    rest_mean: Estimate


def options_chosen(
    versions: Iterable[QuestionVersion], groups: Iterable[Group], *, asked: int
) -> list[OptionChoice]:
    """Return the options of a question, those of the current version first.

    `versions` are all that were answered, the current one first; `asked` is how many were asked.
    """
    known: dict[str, tuple[str | Message, bool]] = {}
    for place, version in enumerate(versions):
        for name, text, correct in _options(version):
            known.setdefault(name, (text, correct and place == 0))
    chosen: defaultdict[str, Sums] = defaultdict(Sums)
    for group in groups:
        for name in picked(group.answer):
            chosen[name] += group.sums
    return [
        OptionChoice(
            name,
            text,
            correct,
            chosen[name].n,
            Estimate.of(mean(chosen[name].n, asked), asked, least=LEAST_FOR_FACILITY),
            Estimate.of(
                mean(chosen[name].y, chosen[name].n), chosen[name].n, least=LEAST_FOR_FACILITY
            ),
        )
        for name, (text, correct) in known.items()
    ]


def picked(answer: str | None) -> set[str]:
    """Return the ids in a stored answer, given as JSON text; none in one left empty."""
    return set() if answer is None else set(_names(json.loads(answer)))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _names(one)
    elif isinstance(value, str) and value:
        yield value


def _options(version: QuestionVersion) -> Iterator[tuple[str, str | Message, bool]]:
    question_type = get_type(version.type)
    if "truth" in question_type.answer_keys:
        for name in ("true", "false"):
            told = question_type.given(version.payload, {"truth": name})["lines"]["truth"]
            yield name, told, version.payload["truth"] is (name == "true")
    for choice in question_type.choices(version.payload):
        yield option_id(choice.text), choice.text, choice.correct
