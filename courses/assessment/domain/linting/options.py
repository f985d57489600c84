"""Rules on the options of a question: what they are to each other, and what gives the key away.

The numbers in brackets are those of the guidelines in Haladyna, Downing and Rodriguez (2002);
Moreno, Martínez and Muñiz, “New Guidelines for Developing Multiple-Choice Items”, Methodology
2 (2006), ask the same of options: few, plausible, apart from each other and alike in form.
"""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from courses.assessment.domain.linting.figures import figure_of
from courses.assessment.domain.linting.findings import Remark
from courses.assessment.domain.linting.questions import ReadQuestion
from courses.assessment.domain.linting.sameness import overlap, same
from courses.assessment.domain.linting.words import listed, telling
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.types.base import Choice

_MOST_DISTRACTORS = 3
# A key of one and a half times the length of the longest wrong option, and by some words more.
_LONGER, _LONGER_BY = 1.5, 12
_ABOVE = re.compile(
    r"(?:all|none|any|both|neither|some|more than one|two or more) of (?:the )?(?:above|foregoing|"
    r"preceding|following|these|those|them|(?:other )?(?:answers|options|choices|statements))"
    r"(?: (?:is|are) (?:correct|right|true))?"
    r"|(?:both )?[a-e] (?:and|&) [a-e](?: only)?"
    r"|(?:上記|以上|上)の?(?:すべて|全て|いずれ(?:でもない|も)).*|(?:いずれ|どれ)(?:で)?もない|該当なし",
    re.IGNORECASE,
)
_OPENERS = frozenset(
    listed("to that by it they because in for with from when of at on as if he she we its there")
)
# By sound: an hour, an heir, an MP, an 8; but a union, a user, a European, a one-off.
_VOWEL = re.compile(r"[aeiouAEIOU]|[Hh](?:our|ono|eir|onest)|[FHLMNRSX](?=[A-Z0-9])|8|1[18]\b")
_CONSONANT = re.compile(r"[Uu](?:ni(?:[^mn]|$)|s[aeiu]|k)|[Ee]u|[Oo]n(?:e|ce)\b|U(?=[A-Z])")
_ARTICLE = re.compile(r"\b(an?)(?:\s*(?:_+|…|\.{3}|:))*\s*$", re.IGNORECASE)

_DUPLICATE = gettext_noop("This says the same as %(first)s; change or remove one.")
_OVERLAP = gettext_noop("This overlaps with %(first)s, so that both may be right; set them apart.")
_ALL_OR_NONE = gettext_noop("Name one more thing instead, or leave this option out.")
_LONGEST = gettext_noop(
    "The right option is by far the longest (%(key)s characters, the next %(next)s); "
    "shorten it, or say as much in the others."
)
_ECHO = gettext_noop(
    "“%(word)s” stands in the stem and in the right option only; say it otherwise, "
    "or use it in a wrong option too."
)
_GRAMMAR = gettext_noop("This option stands out by its form; give all options the same form.")
_ARTICLE_CUE = gettext_noop("After “%(article)s” only this option fits; write “a(n)”.")
_UNORDERED = gettext_noop("List the numbers in their order, from the smallest or from the largest.")
_MANY = gettext_noop("There are %(count)s wrong options; keep the three that mislead best.")


def duplicate_options(asked: ReadQuestion) -> Iterator[Remark]:
    """Two options say the same: neither is then the one right answer (19, 22)."""
    for first, second in combinations(asked.choices, 2):
        if same(first.text, second.text):
            yield second.path, Message(_DUPLICATE, {"first": _name(first)})


def overlapping_options(asked: ReadQuestion) -> Iterator[Remark]:
    """One option holds whenever another does, or their ranges meet (22).

    Where several options may be right, an overlap of two is none of the question's faults.
    """
    if sum(choice.correct for choice in asked.choices) > 1:
        return
    for first, second in combinations(asked.choices, 2):
        if not same(first.text, second.text) and overlap(first.text, second.text):
            yield second.path, Message(_OVERLAP, {"first": _name(first)})


def all_or_none_of_the_above(asked: ReadQuestion) -> Iterator[Remark]:
    """An option about the other options, which stand in another order each time (25, 26)."""
    for choice in asked.choices:
        if _ABOVE.fullmatch(choice.text.strip(" .。")):
            yield choice.path, Message(_ALL_OR_NONE)


def longest_is_key(asked: ReadQuestion) -> Iterator[Remark]:
    """The right option is conspicuously long, from the care taken to make it right (24, 28d)."""
    key = asked.key
    if key is None or not asked.distractors:
        return
    longest = max(len(choice.text) for choice in asked.distractors)
    if len(key.text) >= max(_LONGER * longest, longest + _LONGER_BY):
        yield key.path, Message(_LONGEST, {"key": len(key.text), "next": longest})


def stem_word_in_key(asked: ReadQuestion) -> Iterator[Remark]:
    """A word of the stem comes back in the right option and in no wrong one (28b).

    If a wrong option echoes as many other words of the stem, the echo leads astray as well
    as home, and is no clue. Years are no words.
    """
    key = asked.key
    if asked.language != "en" or key is None or not asked.distractors:
        return
    stem = {word for word in telling(asked.stem) if not word.isdigit()}
    echoed = stem.intersection(telling(key.text))
    elsewhere = [stem.intersection(telling(choice.text)) for choice in asked.distractors]
    only = echoed.difference(*elsewhere)
    if len(only) > max(len(words - echoed) for words in elsewhere):
        word = next(word for word in telling(asked.stem) if word in only)
        yield key.path, Message(_ECHO, {"word": _spelled(word, key.text)})


def grammatical_cue(asked: ReadQuestion) -> Iterator[Remark]:
    """The right option alone fits the stem, or alone differs in form from the others (28c).

    Seen are an article at the stem's end, a first word that all wrong options share, and
    a full stop or a capital that only the right one has or lacks.
    """
    key, others = asked.key, asked.distractors
    if asked.language != "en" or key is None or len(others) < 2:
        return
    article = _ARTICLE.search(asked.stem)
    if article is not None:
        vowel = article[1].casefold() == "an"
        fitting = [one for one in asked.choices if _begins_with_vowel(one.text) == vowel]
        if fitting == [key]:
            yield key.path, Message(_ARTICLE_CUE, {"article": article[1]})
            return
    if _opens_apart(key, others) or _ends_apart(key, others):
        yield key.path, Message(_GRAMMAR)


def unordered_numbers(asked: ReadQuestion) -> Iterator[Remark]:
    """Options that are numbers or dates, and stand in no order (21)."""
    figures = [figure_of(choice.text) for choice in asked.choices]
    read = [figure for figure in figures if figure is not None]
    if len(read) < max(3, len(figures)) or len({(one.frame, one.is_date) for one in read}) > 1:
        return
    rising = [(one.low, one.high) <= (two.low, two.high) for one, two in pairwise(read)]
    if len(set(rising)) > 1:
        yield "options", Message(_UNORDERED)


def many_distractors(asked: ReadQuestion) -> Iterator[Remark]:
    """More than three wrong options (18): the third hardly misleads anybody, a fourth nobody.

    Rodriguez, “Three Options Are Optimal for Multiple-Choice Items: A Meta-Analysis of 80
    Years of Research”, Educational Measurement: Issues and Practice 24 (2005).
    """
    count = len(asked.distractors)
    if count > _MOST_DISTRACTORS and count < len(asked.choices):
        yield "options", Message(_MANY, {"count": count})


def _name(choice: Choice) -> str:
    return choice.path.removesuffix(".text")


def _spelled(word: str, text: str) -> str:
    """Return the word of `text` whose base form is `word`, as it is spelled there."""
    found = (one.strip('.,;:!?“”"()') for one in text.split() if word in telling(one))
    return next(found, word)


def _begins_with_vowel(text: str) -> bool:
    return bool(_VOWEL.match(text)) and not _CONSONANT.match(text)


def _opens_apart(key: Choice, others: list[Choice]) -> bool:
    """Say whether all wrong options begin with one small word, and the right one does not."""
    first = {one.text.split(maxsplit=1)[0].casefold() for one in others if one.text}
    if len(first) != 1 or not key.text:
        return False
    opener = first.pop()
    return opener in _OPENERS and key.text.split(maxsplit=1)[0].casefold() != opener


def _ends_apart(key: Choice, others: list[Choice]) -> bool:
    stops = {one.text.endswith(".") for one in others}
    if len(stops) == 1 and key.text.endswith(".") not in stops:
        return True
    # Names and numbers have capitals or none by themselves; plain words begin as their author did.
    first = [one.text[:1] for one in (key, *others)]
    if not all(letter.isalpha() for letter in first):
        return False
    lower = {letter.islower() for letter in first[1:]}
    return lower == {True} and first[0].isupper() and not _is_name(key.text)


def _is_name(text: str) -> bool:
    """Say whether a text seems to begin with a name: every longer word has a capital."""
    long = [word for word in text.split() if len(word) > 3]
    return all(word[0].isupper() for word in long)
