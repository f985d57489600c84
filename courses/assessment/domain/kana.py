"""Kana by their sound in Kunrei-shiki (ISO 3602), as Latin letters write the same syllables."""

import re
import unicodedata

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SYLLABLES = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ぢ": "zi", "づ": "zu"}
# Written small, they take the place of the vowel before them.
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_DOUBLED, _LONG = "っ", "ー"
_BETWEEN = re.compile(r"[\s・=\-‐‑]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KNOWN = frozenset([*_SYLLABLES, *_SMALL, _DOUBLED, _LONG])


def kana_of(text: str) -> str:
    """Return a text of kana alone in hiragana, without what stands between words.

    "" where anything else is in it. Half-width letters and katakana are the same kana.
    """
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_TO_HIRAGANA)
    return bare if bare and _KNOWN.issuperset(bare) else ""


def romaji(kana: str) -> str:
    """Return hiragana in Latin letters; a mark for a long vowel is left out."""
    written = ""
    doubled = False
    for letter in kana:
        if letter == _LONG:
            continue
        if letter == _DOUBLED:
            doubled = True
            continue
        if letter in _SMALL and written[-1:] in tuple("aiueo"):
            written = written[:-1] + _SMALL[letter]
        else:
            syllable = _SYLLABLES.get(letter) or _SMALL[letter]
            written += syllable[0] + syllable if doubled else syllable
        doubled = False
    return written
