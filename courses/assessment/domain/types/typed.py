"""Answers of a few typed words: the author's keys, what was typed, and how near it is."""

import re
from collections.abc import Sequence

from courses.assessment.domain.marks import PartMark
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker, unstorable
from courses.assessment.domain.text_matching import (
    default_edits,
    normalise,
    normalised_key,
    slips,
)
from courses.assessment.domain.titles import without_titles
from courses.assessment.domain.transliteration import fold_texts, same_name, same_sound
from courses.assessment.domain.types.base import RIGHT, UNANSWERED

LONGEST = 200  # characters
_MOST_EDITS = 5
# A slip of the pen is known, but not yet known how to write.
_SLIP_CREDIT = 0.9
_SPELLING = gettext_noop("Nearly: it is written “%(key)s”.")
_OTHER = Message(gettext_noop("That is not the answer."))
_ANOTHER = gettext_noop("“%(word)s” means something else.")
_DIGITS = Message(gettext_noop("Look at the digits: they must be exact."))


def checked_answers(check: Checker, value: object, path: str) -> list[str]:
    """Return the accepted answers, the one that is shown first: 1 to 50 different texts."""
    answers = [
        _checked_answer(check, answer, f"{path}[{index}]")
        for index, answer in enumerate(check.sequence(value, path, least=1, most=50))
    ]
    for index, answer in enumerate(answers):
        if answer and answer in answers[:index]:
            check.add(f"{path}[{index}]", "duplicate", gettext_noop("This is listed twice."))
    return answers


def _checked_answer(check: Checker, answer: object, path: str) -> str:
    text = check.text(answer, path, longest=LONGEST)
    if text and not any(character.isalnum() for character in normalise(text)):
        check.add(
            path, "nothing_to_compare", gettext_noop("Write at least one letter or digit here.")
        )
    return text


def checked_wrong(
    check: Checker, value: object, path: str, answers: Sequence[str], *, names: bool
) -> list[str]:
    """Return near misses that are wrong: 1 to 50 texts, none of which is taken for an answer."""
    wrong = [
        _checked_answer(check, text, f"{path}[{index}]")
        for index, text in enumerate(check.sequence(value, path, least=1, most=50))
    ]
    for index, text in enumerate(wrong):
        if text and text in wrong[:index]:
            check.add(f"{path}[{index}]", "duplicate", gettext_noop("This is listed twice."))
        same = [answer for answer in answers if text and same_answer(text, answer, names=names)]
        if same:
            check.add(
                f"{path}[{index}]",
                "same_as_answer",
                gettext_noop("Answers are compared so that this is the same as “%(answer)s”."),
                answer=same[0],
            )
    return wrong


def checked_edits(check: Checker, most: object, path: str) -> int:
    """Return how many slips the author forgives, 0 to 5."""
    if isinstance(most, bool) or not isinstance(most, int) or not 0 <= most <= _MOST_EDITS:
        check.add(
            path,
            "out_of_range",
            gettext_noop("Write a whole number from 0 to %(most)s, or leave it out."),
            most=_MOST_EDITS,
        )
        return 0
    return most


def typed_text(raw: object) -> str:
    """Return what was typed, on one line; "" for None. Raises AnswerInvalid."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise AnswerInvalid("not_text", Message(gettext_noop("Write a few words.")))
    return checked_text(" ".join(raw.split()), longest=LONGEST)


def checked_text(text: str, *, longest: int) -> str:
    """Return a text that can be kept. Raises AnswerInvalid."""
    if len(text) > longest:
        raise AnswerInvalid(
            "too_long",
            Message(gettext_noop("Write at most %(longest)s characters."), {"longest": longest}),
        )
    if unstorable(text):
        raise AnswerInvalid(
            "control_characters",
            Message(gettext_noop("Remove the invisible control characters.")),
        )
    return text


def mark_typed(
    part: str,
    typed: str,
    answers: Sequence[str],
    *,
    most: int | None,
    wrong: Sequence[str] = (),
    names: bool = False,
) -> PartMark:
    """Return the mark of the words typed into `part`: 1, 0.9 for a forgiven slip, or 0.

    `most` is the author's limit of slips, None for the default by length. With `names` the
    two parts of a name may be swapped. What is one of the `wrong` words, or at least as near
    to one as to an answer, is no slip. What has nothing to compare, such as "?!", is no answer.
    """
    if not normalise(typed):
        return PartMark(part, 0.0, "unanswered", UNANSWERED)
    if any(same_answer(typed, key, names=names) for key in answers):
        return PartMark(part, 1.0, "right", RIGHT)
    nearest = _nearest(answers, typed, most=most, names=names)
    limit = nearest[0] if nearest else 0
    other = _nearest(wrong, typed, most=limit, names=names)
    if other is not None:
        return PartMark(part, 0.0, "another_word", Message(_ANOTHER, {"word": other[1]}))
    if nearest is None:
        return _missed(part, answers, normalise(typed))
    return PartMark(part, _SLIP_CREDIT, "spelling", Message(_SPELLING, {"key": nearest[1]}))


def same_answer(typed: str, key: str, *, names: bool = False) -> bool:
    """Say whether what was typed is the key as far as anybody would say it is.

    Spellings of Japanese and Russian names are one, as are what `normalise` sets aside.
    """
    return any(
        normalised_key(given) == normalised_key(key)
        or same_name(given, key)
        or same_sound(given, key)
        for given in _forms(typed, key, names=names)
    )


def _forms(typed: str, key: str, *, names: bool) -> list[str]:
    """Return what was typed as it may be meant: as it is, without titles, with names swapped.

    Titles stay where the key has some: then they are part of what is asked.
    """
    forms = [typed]
    if without_titles(key) == key:
        forms.append(without_titles(typed))
    if names:
        halves = [re.split(r"[\s,、・]+", form.strip()) for form in forms]
        forms += [" ".join(reversed(half)) for half in halves if len(half) == 2]
    return list(dict.fromkeys(forms))


def _nearest(
    answers: Sequence[str], typed: str, *, most: int | None, names: bool
) -> tuple[int, str] | None:
    """Return the fewest slips and the text they lead to, or None if none is forgiven."""
    found = [
        (edits, key)
        for key in answers
        if (edits := _slips_to(typed, key, most=most, names=names)) is not None
    ]
    return min(found, key=lambda pair: pair[0]) if found else None


def _slips_to(typed: str, key: str, *, most: int | None, names: bool) -> int | None:
    if same_answer(typed, key, names=names):
        return 0
    limit = default_edits(normalised_key(key)) if most is None else most
    if limit == 0:
        return None
    counted = [
        slips(given, wanted, most=limit)
        for form in _forms(typed, key, names=names)
        for given in fold_texts(form)
        for wanted in fold_texts(key)
    ]
    return min((count for count in counted if count is not None), default=None)


def _missed(part: str, answers: Sequence[str], given: str) -> PartMark:
    """Return the mark of a wrong answer, saying so if only its digits are wrong."""
    letters = _letters(given)
    if letters and any(
        _letters(key) == letters and key != given for key in map(normalised_key, answers)
    ):
        return PartMark(part, 0.0, "digits", _DIGITS)
    return PartMark(part, 0.0, "wrong_text", _OTHER)


def _letters(normalised: str) -> str:
    return "".join(character for character in normalised if character.isalpha())
