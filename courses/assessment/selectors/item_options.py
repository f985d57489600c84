"""Which options of a question were chosen, how often, and by whom: the strong or the weak."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from courses.assessment.domain.messages import Message
from courses.assessment.domain.statistics import (
    LEAST_FOR_FACILITY,
    Estimate,
    Sums,
    mean,
)
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.base import Pick
from courses.assessment.models import QuestionVersion
from courses.assessment.selectors.item_sums import Group


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """An option and how many chose it.

    `text` is authored Markdown, or a Message for true and false. `correct` is by the current
    key; an option that the current version has no more is wrong. `share` is of all who were
    asked; `rest_mean` is the mean rest score, in [0, 1], of those who chose it. `of` is the part
    for which it was chosen, Markdown, empty where the question has no parts.
    """

    id: str
    text: str | Message
    correct: bool
    count: int
    share: Estimate
    rest_mean: Estimate
    of: str = ""


def options_chosen(
    versions: Iterable[QuestionVersion], groups: Iterable[Group], *, asked: int
) -> list[OptionChoice]:
    """Return the options of a question, those of the current version first.

    `versions` are all that were answered, the current one first; `asked` is how many were asked.
    """
    known: dict[str, Pick] = {}
    for place, version in enumerate(versions):
        for pick in get_type(version.type).picks(version.payload):
            known.setdefault(pick.id, replace(pick, correct=pick.correct and place == 0))
    chosen: defaultdict[str, Sums] = defaultdict(Sums)
    for group in groups:
        for name in picked(group.answer):
            chosen[name] += group.sums
    return [
        OptionChoice(
            name,
            pick.text,
            pick.correct,
            chosen[name].n,
            Estimate.of(mean(chosen[name].n, asked), asked, least=LEAST_FOR_FACILITY),
            Estimate.of(
                mean(chosen[name].y, chosen[name].n), chosen[name].n, least=LEAST_FOR_FACILITY
            ),
            pick.of,
        )
        for name, pick in known.items()
    ]


def picked(answer: str | None) -> set[str]:
    """Return the ids in a stored answer, given as JSON text; none in one left empty."""
    if answer is None:
        return set()
    # The first level are the fields of the answer, a second one its parts.
    return {name for field in json.loads(answer).values() for name in _names(field)}


def _names(value: Any, of: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _names(one, f"{key}:")
    elif isinstance(value, list):
        for one in value:
            yield from _names(one)
    elif isinstance(value, str) and value:
        yield of + value
