"""Rules over the questions of a quiz, or of a whole course.

The numbers in brackets are those of the guidelines in Haladyna, Downing and Rodriguez (2002).
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.assessment.domain.linting.chance import at_least, at_most
from courses.assessment.domain.linting.questions import ReadQuestion
from courses.assessment.domain.linting.words import sentences, telling
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.types.base import Choice

# How unlikely a habit has to be before it is one: fewer than one set in a hundred.
_UNLIKELY = 0.01
_FEWEST = 5
# The share of what a question asks about that another's sentence has to speak of, weighted
# by how rare the words are in the quiz; and how many of its words at least.
_SHARE, _SHARED_WORDS = 0.5, 2

# What is asserted while a question is asked: items to be placed, a text with gaps, a passage.
_STATED = ("items[", "pairs[", "passage[", "statement", "text")

_POSITION = gettext_noop(
    "In %(count)s of %(all)s questions the right option is number %(place)s of its list; "
    "move this one and some others."
)
_AVOIDED = gettext_noop(
    "In only %(count)s of %(all)s questions the right option is number %(place)s of its list; "
    "move this one and some others there."
)
_LENGTH = gettext_noop(
    "In %(count)s of %(all)s questions the right option is the longest; "
    "shorten this one and some others, or say more in the wrong ones."
)
_GIVES_AWAY = gettext_noop(
    "This gives away the answer “%(key)s” of %(other)s; say it otherwise, "
    "or put the two into different quizzes."
)

SetRemark = tuple[ReadQuestion, str, Message]


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A question with one right option: the option, its place from 0, how many there are."""

    asked: ReadQuestion
    key: Choice
    place: int
    options: int

    @property
    def is_longest(self) -> bool:
        return all(len(one.text) < len(self.key.text) for one in self.asked.distractors)


def key_position(questions: Sequence[ReadQuestion]) -> Iterator[SetRemark]:
    """The right option stands at one place of its list too often, or too seldom (20).

    Each place is tested exactly: had every key been put anywhere with equal chance, a
    count so far from what was to be expected would have come with less than 1 percent
    (Poisson binomial, both tails, Bonferroni over tails and places). In sets of fewer than
    5 questions nothing is found. Found at the first question whose key is to be moved.
    """
    keyed = _keyed(questions)
    places = max((one.options for one in keyed), default=0)
    if len(keyed) < _FEWEST:
        return
    limit = _UNLIKELY / (2 * places)
    for place in range(places):
        chances = [1 / one.options if place < one.options else 0.0 for one in keyed]
        here = [one for one in keyed if one.place == place]
        told = {"count": len(here), "all": len(keyed), "place": place + 1}
        if at_least(len(here), chances) < limit:
            yield here[0].asked, here[0].key.path, Message(_POSITION, told)
        elif at_most(len(here), chances) < limit:
            elsewhere = next(one for one in keyed if one.place != place < one.options)
            yield elsewhere.asked, elsewhere.key.path, Message(_AVOIDED, told)


def longest_is_key_in_set(questions: Sequence[ReadQuestion]) -> Iterator[SetRemark]:
    """The right option is the longest of its list too often (24, 28d).

    One length by itself says nothing; a habit does. The same exact test as for places, one
    tail. Found at the first of these questions.
    """
    keyed = _keyed(questions)
    longest = [one for one in keyed if one.is_longest]
    if len(keyed) < _FEWEST:
        return
    if at_least(len(longest), [1 / one.options for one in keyed]) < _UNLIKELY:
        told = {"count": len(longest), "all": len(keyed)}
        yield longest[0].asked, longest[0].key.path, Message(_LENGTH, told)


def gives_away(questions: Sequence[ReadQuestion]) -> Iterator[SetRemark]:
    """A sentence of one question says what another of the quiz asks for (4).

    The sentence, of a stem or of an item to be placed, has all telling words of the key, at
    least one of which the other's own stem lacks, and speaks of the same thing: of most of
    what that stem asks about, rare words counting for more. Options are left out, for a
    learner does not know which of them are true; explanations come after the answer.
    """
    about = {id(one): telling(one.stem) for one in questions}
    rarity = _rarity(list(about.values()))
    said = [(one, path, set(telling(text))) for one in questions for path, text in _stated(one)]
    for asked in questions:
        stem = set(about[id(asked)])
        for key in _keys(asked):
            wanted = set(telling(key))
            if not wanted - stem:
                continue
            for other, path, words in said:
                if other is not asked and wanted <= words and _same_thing(stem, words, rarity):
                    told = {"key": key, "other": asked.question.slug}
                    yield other, path, Message(_GIVES_AWAY, told)


def _keyed(questions: Sequence[ReadQuestion]) -> list[_Keyed]:
    return [
        _Keyed(asked, key, asked.choices.index(key), len(asked.choices))
        for asked in questions
        if (key := asked.key) is not None and len(asked.choices) > 1
    ]


def _keys(asked: ReadQuestion) -> list[str]:
    """Return the texts that answer a question: its one right option, or the first spelling."""
    if asked.key is not None:
        return [asked.key.text]
    answers = asked.payload.get("answers")
    if isinstance(answers, list) and answers and isinstance(answers[0], str):
        return [answers[0]]
    value = asked.payload.get("value", asked.payload.get("date"))
    return [str(value)] if isinstance(value, int | float | str) else []


def _stated(asked: ReadQuestion) -> Iterator[tuple[str, str]]:
    """Yield what a question says as it is asked, sentence by sentence, each with its path."""
    for sentence in sentences(asked.stem):
        yield "stem", sentence
    for path, text in asked.payload_texts:
        if path.startswith(_STATED) and not path.endswith("feedback"):
            yield path, text


def _rarity(stems: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the weight of each word, the more the fewer of the stems have it."""
    counts = Counter(word for stem in stems for word in set(stem))
    return {word: math.log(1 + len(stems) / count) for word, count in counts.items()}


def _same_thing(stem: set[str], words: set[str], rarity: dict[str, float]) -> bool:
    shared = stem & words
    whole = sum(rarity[word] for word in stem)
    weight = sum(rarity[word] for word in shared)
    return len(shared) >= _SHARED_WORDS and weight >= _SHARE * whole
