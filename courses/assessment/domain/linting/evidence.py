"""Rules on what a question rests on: its claims, whose view it asks for, why the key is right.

The numbers in brackets are those of the guidelines in Haladyna, Downing and Rodriguez (2002).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from courses.assessment.domain.linting import english, japanese
from courses.assessment.domain.linting.findings import Remark
from courses.assessment.domain.linting.questions import ReadQuestion
from courses.assessment.domain.linting.words import plain, telling, unquoted
from courses.assessment.domain.messages import Message, gettext_noop

_LANGUAGES = {"en": english, "ja": japanese}
_ARGUMENT = "argument"
# The keys that hold what is right, anywhere in a payload, and the problems of those left out.
_KEYS = frozenset(
    {"options", "value", "answers", "items", "back", "truth", "date", "pairs", "match"}
    | {"category", "stance", "places", "passage", "gaps", "rubric", "levels"}
)
_MISSING = frozenset({"missing", "blank", "not_a_list", "not_true_or_false"})
_STEPS = re.compile(r"(\w+)|\[([0-9]+)\]")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")

_NO_CLAIM = gettext_noop("Name the claims that the answer rests on.")
_NO_EXPLANATION = gettext_noop("Explain in a sentence or two why the answer is right.")
_NO_TEXT = gettext_noop("Say in “alt” what the picture shows, for those who do not see it.")
_ARGUED = gettext_noop(
    "%(key)s is an argument: say in the stem who argues so, such as “according to the commentary”."
)
_ATTRIBUTED = gettext_noop("%(key)s is the view of %(whose)s: say so in the stem.")
_OPINION = gettext_noop("“%(word)s” is an opinion: say in the stem whose it is.")
_NO_TOLERANCE = gettext_noop(
    "Say how exact an answer must be: absolute or relative (0 for exactly)."
)
_NO_KEY = gettext_noop("Say which answer is right.")


def no_claim(asked: ReadQuestion) -> Iterator[Remark]:
    """A question that rests on no claim of the course, in a course that rests on claims (2)."""
    if not asked.question.claims:
        yield "claims", Message(_NO_CLAIM)


def no_explanation(asked: ReadQuestion) -> Iterator[Remark]:
    """Nothing says why the answer is right; the back of a flashcard says it all by itself."""
    self_rated = asked.kind is not None and asked.kind.self_rated
    if not asked.question.explanation.strip() and not self_rated:
        yield "explanation", Message(_NO_EXPLANATION)


def unattributed_opinion(asked: ReadQuestion) -> Iterator[Remark]:
    """A judgement asked for as if it were plainly so (6).

    The stem of a question on an argument says who argues; that of one on somebody's view
    says that it is one. Opinions in the stem itself (“the best policy”) are somebody's too.
    """
    spoken = _LANGUAGES.get(asked.language)
    if spoken is None or spoken.ARGUED.search(asked.stem):
        return
    argument = next((one for one in asked.question.claims if one.kind == _ARGUMENT), None)
    if argument is not None:
        yield "stem", Message(_ARGUED, {"key": argument.key})
        return
    if spoken.ATTRIBUTION.search(asked.stem):
        return
    if found := spoken.OPINION.search(unquoted(asked.stem)):
        yield "stem", Message(_OPINION, {"word": found[0]})
        return
    said = {*telling(asked.stem), *(word for one in asked.choices for word in telling(one.text))}
    for claim in asked.question.claims:
        if claim.attributed and not said.intersection(telling(claim.attributed)):
            yield "stem", Message(_ATTRIBUTED, {"key": claim.key, "whose": claim.attributed})
            return


def image_without_text(asked: ReadQuestion) -> Iterator[Remark]:
    """A picture that those who cannot see it are not told of (WCAG 2.2, 1.1.1)."""
    for path, text in (("stem", asked.question.stem), ("explanation", asked.question.explanation)):
        # A picture in Markdown is `![what it shows](where it is)`.
        if "![](" in text.replace(" ", ""):
            yield path, Message(_NO_TEXT)
    yield from _untold(asked.payload, "")


def _untold(value: Any, path: str) -> Iterator[Remark]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            place = f"{path}.{name}" if path else str(name)
            shown = isinstance(inner, str) and inner.casefold().endswith(_PICTURES)
            if shown and not plain(str(value.get("alt") or "")):
                yield place, Message(_NO_TEXT)
            yield from _untold(inner, place)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _untold(inner, f"{path}[{index}]")


def no_key(asked: ReadQuestion) -> Iterator[Remark]:
    """No answer is right: nothing can be marked (19). Its type says where the key is missing."""
    for problem in asked.problems:
        if problem.code == "no_key":
            yield problem.path, problem.message
        elif problem.path.rpartition(".")[2] in _KEYS and (
            problem.code in _MISSING or _at(asked.payload, problem.path) == []
        ):
            yield problem.path, Message(_NO_KEY)


def _at(value: Any, path: str) -> Any:
    """Return what stands at a path of a payload such as `gaps[0].answers`, None for nothing."""
    for name, index in _STEPS.findall(path):
        if name:
            value = value.get(name) if isinstance(value, Mapping) else None
        else:
            value = value[int(index)] if isinstance(value, list) and value else None
    return value


def no_tolerance(asked: ReadQuestion) -> Iterator[Remark]:
    """A number without a word on how near to it an answer has to be."""
    for problem in asked.problems:
        if problem.code == "missing" and problem.path.rpartition(".")[2] == "tolerance":
            yield problem.path, Message(_NO_TOLERANCE)
