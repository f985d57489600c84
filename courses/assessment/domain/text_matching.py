"""Comparing short typed answers: what is set aside, and how many slips are forgiven."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into a base and a mark.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_DROPPED = re.compile(r"[’'ʼ`´ʹʺ]")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_MINUS = re.compile(r"(?<![\w])[-−–](?=[0-9])")
_NUMBER = re.compile(r"\x00?[0-9]+")
_ROMAN = re.compile(r"(?=.)m{0,3}(c[md]|d?c{0,3})(x[cl]|l?x{0,3})(i[xv]|v?i{0,3})").fullmatch
_IN_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion trillion dozen half quarter once twice first second third
    fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth hundredth
"""
_NUMBER_WORDS = frozenset(_IN_WORDS.split())
EAST_ASIAN = r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_EAST_ASIAN_GAP = re.compile(rf"(?<=[{EAST_ASIAN}]) (?=[{EAST_ASIAN}])")
_MEANT = frozenset("%‰&@#")


def normalise(text: str) -> str:
    """Return `text` without what an answer is not judged by.

    Set aside: width and compatibility forms (NFKC), the script of digits, case, Latin, Greek
    and Cyrillic diacritics, punctuation, spacing, grouping of thousands, a leading "a" or "an",
    and "the" anywhere. Kept: digits, a minus before a digit, per cent and currency signs, and
    the marks of kana and other scripts, which make different letters.
    """
    text = "".join(map(_plain_digit, unicodedata.normalize("NFKC", text).casefold()))
    text = _without_diacritics(text)
    text = _THOUSANDS.sub("", _DROPPED.sub("", text.replace("\x00", " ")))
    # NUL, of which the text is free now, marks a minus sign while punctuation goes.
    text = _MINUS.sub("\x00", text)
    words = "".join(map(_word_character, text)).split()
    kept = [word for word in words if word != "the"]
    if len(kept) > 1 and kept[0] in {"a", "an"}:
        kept = kept[1:]
    return _EAST_ASIAN_GAP.sub("", " ".join(kept or words))


def _plain_digit(character: str) -> str:
    """Return a digit of any script as 0 to 9, and what is none as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _without_diacritics(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(character for character in decomposed if not "\u0300" <= character <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(_PLAIN_LETTERS)


def _word_character(character: str) -> str:
    """Return the character, or a space for what only separates words."""
    if character in _MEANT or character == "\x00":
        return character
    category = unicodedata.category(character)
    if category == "Cf":  # soft hyphens and joiners, which nobody sees
        return ""
    return " " if category[0] in "PZC" else character


normalised_key = lru_cache(maxsize=4096)(normalise)


def numbers_in(normalised: str) -> list[str]:
    """Return the numbers in a normalised text that are written in figures, in their order.

    Runs of digits, each with its minus sign; and numerals such as those of Chinese and
    Japanese, each by itself.
    """
    numerals = (
        character if unicodedata.numeric(character, None) is not None else " "
        for character in normalised
        if not "0" <= character <= "9"
    )
    return _NUMBER.findall(normalised) + "".join(numerals).split()


def number_words_in(normalised: str) -> set[str]:
    """Return the words of a normalised text that are Roman numerals, or numbers in English."""
    return {word for word in normalised.split() if word in _NUMBER_WORDS or _ROMAN(word)}


def _other_number(answer: str, key: str) -> bool:
    """Tell whether an answer names a number that the key does not.

    A number word that is missing is only misspelt: the distance judges that.
    """
    if numbers_in(answer) != numbers_in(key):
        return True
    return not number_words_in(answer) <= number_words_in(key)


def edit_distance(one: str, other: str, *, limit: int) -> int:
    """Return the least number of edits from `one` to `other`, or `limit` + 1 if it is more.

    An edit inserts, deletes or replaces a character, or swaps two neighbours (optimal
    string alignment, the restricted Damerau-Levenshtein distance). Only the diagonal band
    of width 2 * limit + 1 is computed.
    """
    too_many = limit + 1
    if abs(len(one) - len(other)) > limit:
        return too_many
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, character in enumerate(one, start=1):
        current = [too_many] * (len(other) + 1)
        if row <= limit:
            current[0] = row
        for column in range(max(1, row - limit), min(len(other), row + limit) + 1):
            cost = 0 if character == other[column - 1] else 1
            best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            if _swapped(one, other, row, column):
                best = min(best, before_last[column - 2] + 1)
            current[column] = min(best, too_many)
        if min(current) > limit:
            return too_many
        before_last, last = last, current
    return last[-1]


def _swapped(one: str, other: str, row: int, column: int) -> bool:
    return (
        row > 1
        and column > 1
        and one[row - 1] == other[column - 2]
        and one[row - 2] == other[column - 1]
    )


def default_edits(normalised: str) -> int:
    """Return how many slips a key of this length forgives: none to 4 characters, 1 to 8, then 2.

    Short words differ too little: Iran and Iraq are one edit apart.
    """
    length = len(normalised)
    if length <= 4:
        return 0
    return 1 if length <= 8 else 2


def slips(answer: str, key: str, *, most: int | None) -> int | None:
    """Return the edits between two normalised texts, or None if they are not forgiven.

    `most` is the author's limit, None for the default by length. Digits are never
    forgiven: where the numbers in the two differ, in figures or words, the answer is another.
    """
    if answer == key:
        return 0
    limit = default_edits(key) if most is None else most
    if limit == 0 or not answer or _other_number(answer, key):
        return None
    distance = edit_distance(answer, key, limit=limit)
    return distance if distance <= limit else None
