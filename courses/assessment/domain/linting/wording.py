"""Rules on the wording of stems and other texts, in English and Japanese.

The numbers in brackets are those of the item-writing guidelines in Haladyna, Downing and
Rodriguez, “A Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment”,
Applied Measurement in Education 15 (2002). For other languages these rules are silent.
"""

import re
from collections.abc import Iterator
from types import ModuleType

from courses.assessment.domain.linting import english, japanese
from courses.assessment.domain.linting.findings import Remark
from courses.assessment.domain.linting.questions import ReadQuestion
from courses.assessment.domain.linting.words import sentences, telling, unquoted, words
from courses.assessment.domain.messages import Message, gettext_noop

_LANGUAGES = {"en": english, "ja": japanese}
_MARKED = re.compile(r"\*{1,3}[^*]+\*{1,3}|(?<!\w)_{1,2}[^_]+_{1,2}(?!\w)")
_CAPITALS = re.compile(r"\b(NOT|EXCEPT|NEVER|LEAST|CANNOT|NO)\b")
# A stem of fewer words asks nothing that could be answered before the options are read.
_LEAST_WORDS, _LEAST_TELLING = 4, 2

_NEGATIVE = gettext_noop("Ask for what is so, or set “%(word)s” in bold, so that it is seen.")
_DOUBLE = gettext_noop("“%(words)s” denies twice; say it without a negation.")
_DOUBLE_OPTION = gettext_noop("The stem asks for what is not so, and this option denies too.")
_ABSOLUTE_KEY = gettext_noop("“%(word)s” stands out, and in the right option only; do without it.")
_ABSOLUTE = gettext_noop("“%(word)s” gives this option away as wrong; do without it.")
_ABSOLUTE_STATEMENT = gettext_noop("“%(word)s” gives the statement away; say it without.")
_UNFOCUSED = gettext_noop(
    "The stem asks nothing by itself; write a question that can be answered without the options."
)
_UNDATED = gettext_noop("“%(word)s” grows old; write the date, or “as of” and the year.")


def negative_not_marked(asked: ReadQuestion) -> Iterator[Remark]:
    """A stem asks for what is not so, and nothing draws the eye to the “not” (17)."""
    if asked.language not in _LANGUAGES:
        return
    # What is marked is gone before the rule looks, so that only the unmarked is found.
    unmarked = _CAPITALS.sub("", _MARKED.sub("", asked.question.stem))
    if found := _negation(unmarked, _LANGUAGES[asked.language]):
        yield "stem", Message(_NEGATIVE, {"word": found})


def double_negative(asked: ReadQuestion) -> Iterator[Remark]:
    """Two negations in one sentence, or a negative stem with a negative option (17, 27)."""
    if asked.language not in _LANGUAGES:
        return
    spoken = _LANGUAGES[asked.language]
    for path, text in asked.texts:
        for sentence in sentences(unquoted(text)):
            if found := spoken.DOUBLE_NEGATION.search(sentence):
                yield path, Message(_DOUBLE, {"words": found[0].strip()})
                break
    if _negation(asked.stem, spoken):
        for choice in asked.choices:
            if spoken.DENIAL.search(unquoted(choice.text)):
                yield choice.path, Message(_DOUBLE_OPTION)


def absolute_word(asked: ReadQuestion) -> Iterator[Remark]:
    """An “always” or “never” that tells right options from wrong ones (28a).

    Where right and wrong options both have one, it tells nothing. In a statement to be
    judged true or false it does.
    """
    if asked.language not in _LANGUAGES:
        return
    absolute = _LANGUAGES[asked.language].ABSOLUTE
    if asked.is_statement and (found := absolute.search(unquoted(asked.stem))):
        yield "stem", Message(_ABSOLUTE_STATEMENT, {"word": found[0]})
    having = [
        (choice, found[0])
        for choice in asked.choices
        if (found := absolute.search(unquoted(choice.text)))
    ]
    if len({choice.correct for choice, _word in having}) == 1:
        for choice, word in having:
            template = _ABSOLUTE_KEY if choice.correct else _ABSOLUTE
            yield choice.path, Message(template, {"word": word})


def unfocused_stem(asked: ReadQuestion) -> Iterator[Remark]:
    """A stem that says nothing until its options are read (15).

    “Which of these is true?”, a bare noun, or a beginning that any option might end.
    """
    if not asked.choices or asked.is_statement or not asked.stem:
        return
    if asked.language == "ja":
        if japanese.UNFOCUSED.fullmatch(asked.stem):
            yield "stem", Message(_UNFOCUSED)
        return
    if asked.language != "en":
        return
    about = [word for word in telling(asked.stem) if word not in english.SAYING_NOTHING]
    truth = english.WHICH_IS_TRUE.search(asked.stem)
    asks = "?" in asked.stem
    if (
        (truth and len(about) < _LEAST_TELLING)
        or not about
        or (not asks and len(words(asked.stem)) < _LEAST_WORDS)
    ):
        yield "stem", Message(_UNFOCUSED)


def undated(asked: ReadQuestion) -> Iterator[Remark]:
    """A “current” or “recently” without a date, which will be false one day (12).

    A year in the same text dates it, and so does one in the stem.
    """
    if asked.language not in _LANGUAGES:
        return
    spoken = _LANGUAGES[asked.language]
    if spoken.DATE.search(asked.stem):
        return
    for path, text in asked.texts:
        if not spoken.DATE.search(text) and (found := spoken.PASSING.search(unquoted(text))):
            yield path, Message(_UNDATED, {"word": found[0].strip()})


def _negation(stem: str, spoken: ModuleType) -> str:
    """Return the “not” in what a stem asks for, "" if it asks for what is so.

    Looked at are the sentences with a question mark, or all where none has one.
    """
    every = sentences(unquoted(stem))
    asking = [one for one in every if one.rstrip("”\"')").endswith(("?", "？"))]
    for sentence in asking or every:
        found = spoken.NEGATION.search(sentence)
        if found and not spoken.REASON.search(sentence):
            return str(found[0]).strip()
    return ""
