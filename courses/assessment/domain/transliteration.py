"""Names from Japanese and Russian in the many ways they are spelt: what they have in common.

A fold is no spelling: it only is the same for all spellings of one name. Two texts are the
same if, word by word, one of the folds is.
"""

import re
import unicodedata
from functools import lru_cache

from courses.assessment.domain.kana import kana_of, romaji
from courses.assessment.domain.text_matching import normalise

# English words that would fold like another one: "China" is no spelling of "Tina".
_UNFOLDED = """
    boo chide chime china choose check chock douse dune dupe fume fun goo goose house jest
    machine moon moose mouse noon noose noun poo rouse route shed shine shire shod shone shun
    soon too yeast yell yellow yen yes yet yield young your you youth year zoo
"""
_ENGLISH = frozenset(_UNFOLDED.split())

# Hepburn and Nihon-shiki to Kunrei-shiki (ISO 3602), which has one letter for each consonant.
_KUNREI = [
    (re.compile(pattern), kunrei)
    for pattern, kunrei in (
        ("(?:tch|cch)(?=[iy])", "tt"), ("tch|cch", "tty"),
        ("ssh", "ss"),
        ("sh(?=i)|sh(?=y)", "s"), ("sh", "sy"),
        ("tt(?=i)", "tt"), ("ch(?=i)|ch(?=y)", "t"), ("ch", "ty"),
        ("dzi|dji|di", "zi"), ("dzu|du", "zu"), ("dy|dz|dj", "zy"),
        ("j(?=i)|j(?=y)", "z"), ("j", "zy"),
        ("ts(?=u)", "t"),
        ("f(?=u)", "h"),
        ("m(?=[bpm])", "n"),
        # Long vowels: o, oo, ou and oh; u and uu. Macrons and circumflexes are gone by now.
        ("o(?:[ou]|h(?![aiueoy]))", "o"), ("uu", "u"),
    )
]  # fmt: skip
# Syllables of Kunrei-shiki; a doubled consonant and a final n belong to Japanese, too.
_ROMAJI = re.compile(r"(?:(?:([kstpgzdbhr])(?=\1))?(?:[kstnhmrgzbp]y?|[ywd])?[aiueo]|n)+")
# Cyrillic to Latin as Polivanov has it for Japanese, but sh and ch where others write them.
_POLIVANOV = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцыьъэюя",
             ["a", "b", "w", "g", "d", "e", "z", "z", "i", "i", "k", "r", "m", "n", "o", "p", "r",
              "s", "t", "u", "h", "h", "t", "y", "", "", "e", "yu", "ya"], strict=True))
    | {"ё": "yo", "ш": "sh", "ч": "ch"}
)  # fmt: skip

# Latin letters with marks to Russian (ISO 9 and the scholarly system) and Ukrainian.
_MARKED = str.maketrans(
    {"š": "ш", "č": "ч", "ž": "ж", "ŝ": "щ", "ë": "е", "è": "е", "é": "е", "û": "ю", "â": "я",
     "ï": "и", "ê": "е", "ì": "и", "í": "и", "ʹ": "", "ʺ": "", "’": "", "'": "", "ʼ": ""}
)  # fmt: skip
# Who writes these writes c for ц; an apostrophe is a soft sign in the other systems, too.
_SCHOLARLY = re.compile("[ščžŝëèûâʹʺ’'ʼ]")
_SCHOLAR = (re.compile("c(?!h)"), "ц")
# BGN/PCGN and how the press writes it. The longest first; y, i and their doubles are one.
_RUSSIAN = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("shch|шч|sch", "щ"), ("zh", "ж"), ("kh", "х"), ("tch|ch", "ч"), ("sh", "ш"),
        ("ts|tz", "ц"),
        ("[yji]+a|и+[aя]", "я"), ("[yji]+u|и+[uю]", "ю"), ("[yji]+[eе]|и+[eе]", "е"),
        ("[yj]o|ё", "е"),
        ("[yijийіїы]+", "и"), ("x", "кс"), ("[ъь]", ""),
        ("[eэє]", "е"), ("(?<=[чшщж])[oо]", "е"),
    )
]  # fmt: skip
_TO_CYRILLIC = str.maketrans(dict(zip("abcdfghklmnoprstuvzґ", "абкдфгхклмнопрстувзг", strict=True)))
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN_WORD = re.compile("[а-щыэюя]+")


def folds(text: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each word of a text, what its spellings have in common: one or more folds."""
    # "Jun'ichi" and "Jun-ichi" are one word, as is the family name of "Ivanova-Petrova" not.
    joined = re.sub(r"(?<=[nN])[-‐‑](?=[aiueoy])", "", unicodedata.normalize("NFKC", text))
    words = normalise(joined).split()
    marked = [word for word in re.split(r"[\s\-‐‑–—,.]+", joined.casefold()) if word]
    # Marks are lost in what is compared; with them a word tells more.
    originals = marked if len(marked) == len(words) else words
    return tuple(map(_folds_of, words, originals))


cached_folds = lru_cache(maxsize=4096)(folds)


def same_name(one: str, other: str) -> bool:
    """Say whether two texts are spellings of the same, word by word."""
    first, second = cached_folds(one), cached_folds(other)
    return len(first) == len(second) and all(
        not set(left).isdisjoint(right) for left, right in zip(first, second, strict=True)
    )


def same_sound(one: str, other: str) -> bool:
    """Say whether of two texts one is in kana, and the other writes the same in other letters.

    Where words end is set aside: kana need not say so. Two texts in kana are compared as
    they stand, by the vowels' length too.
    """
    first, second = kana_of(one), kana_of(other)
    if bool(first) == bool(second):
        return False
    sound, plain = _japanese(romaji(first or second)), other if first else one
    ends = {0}
    for word in cached_folds(plain):
        ends = {end + len(fold) for end in ends for fold in word if sound.startswith(fold, end)}
    return bool(sound) and len(sound) in ends


def fold_texts(text: str) -> list[str]:
    """Return the text in each way of folding it as a whole, to count slips between them."""
    words = cached_folds(text)
    most = max(map(len, words), default=0)
    lines = (" ".join(word[min(way, len(word) - 1)] for word in words) for way in range(most))
    return list(dict.fromkeys(lines))


def _folds_of(word: str, original: str) -> tuple[str, ...]:
    found = [word]
    if word not in _ENGLISH:
        found += [fold for fold in (_japanese(word), _russian(original)) if fold]
    return tuple(dict.fromkeys(found))


def _japanese(word: str) -> str:
    """Return a name in romaji or Cyrillic in Kunrei-shiki without long vowels, "" for no name."""
    word = word.replace("дж", "j").replace("дз", "z").translate(_POLIVANOV)
    for pattern, kunrei in _KUNREI:
        word = pattern.sub(kunrei, word)
    return word if _ROMAJI.fullmatch(word) else ""


def _russian(word: str) -> str:
    """Return a name in Latin or Cyrillic in plain Russian letters, "" for what is no word.

    One letter of Cyrillic has two readings: г is h in a word with a letter of Ukrainian only.
    """
    word = unicodedata.normalize("NFC", word)
    if _UKRAINIAN.search(word):
        word = word.replace("г", "х")
    if _SCHOLARLY.search(word):
        word = word.replace("šč", "щ")
        word = _SCHOLAR[0].sub(_SCHOLAR[1], word)
    word = word.translate(_MARKED)
    for pattern, letter in _RUSSIAN:
        word = pattern.sub(letter, word)
    word = unicodedata.normalize("NFD", word.translate(_TO_CYRILLIC))
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    return word if _RUSSIAN_WORD.fullmatch(word) else ""
