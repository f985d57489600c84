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
# Syllables of loans, before a small vowel: fa, tsa, wi. Others lose their own vowel, or keep a y.
_LOANS = {"hu": "f", "tu": "ts", "u": "w"}
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
            written = _contracted(written, _SMALL[letter])
        else:
            syllable = _SYLLABLES.get(letter) or _SMALL[letter]
            written += syllable[0] + syllable if doubled else syllable
        doubled = False
    return written


def _contracted(written: str, small: str) -> str:
    """Return what is written with a small kana after it: ki and ya as kya, ti and e as tye."""
    if len(small) == 1:
        for syllable, consonant in _LOANS.items():
            if written == syllable or (written.endswith(syllable) and len(syllable) > 1):
                return written[: -len(syllable)] + consonant + small
        if written.endswith("i") and small != "i":
            return f"{written[:-1]}y{small}"
    return written[:-1] + small
