"""Words as the rules compare them: without markup, case, endings and words that say little."""

import re
from functools import lru_cache

_CITATION = re.compile(r"\s*\[[A-Z][A-Z0-9]{0,15}-[0-9]{1,8}(?:\s*,\s*[A-Z][A-Z0-9]*-[0-9]+)*\]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|`+)(?=\S)|(?<=\S)(\*{1,3}|`+)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|«[^»]*»")
_SENTENCE = re.compile(r"(?<=[.?!…])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|(?<=[。？！])\s*(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_DOUBLED = re.compile(r"([b-df-hj-np-rtv-z])\1$")


def listed(text: str) -> tuple[str, ...]:
    """Return the words that stand in `text` between spaces: a list of words, easy to read."""
    return tuple(text.split())


# Words that hold sentences together and give no answer away.
STOP_WORDS = frozenset(
    listed(
        """
        a about above after again against all almost also although am amid among an and
        another any anybody anyone anything are aren't around as at be because been before
        behind being below beside besides between beyond both but by can can't cannot could
        couldn't did didn't do does doesn't doing done don't down during each either else
        ever every everything few first for from further given had hadn't has hasn't have
        haven't having he her here hers him his how however if in into is isn't it its
        itself just last least less like made make many may might more most much must my
        near neither never no nobody none nor not nothing now of off often on once one ones
        only onto or other others our out over own per perhaps put rather said same say says
        she should since so some somebody something soon still such take than that the their
        theirs them themselves then there these they thing things this those though through
        thus till to together too toward towards under until up upon us very was wasn't way
        we well were weren't what when where whether which while who whom whose why will
        with within without won't would wouldn't yet you your
        """
    )
)


def plain(text: str) -> str:
    """Return `text` as it is read: no citations, no addresses of links, no signs of emphasis."""
    return _MARKS.sub("", _LINK.sub(r"\1", _CITATION.sub("", text))).strip()


def unquoted(text: str) -> str:
    """Return `text` without what stands in quotation marks: somebody else's words."""
    return _QUOTED.sub(" … ", text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, English or Japanese."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def words(text: str) -> list[str]:
    """Return the words and numbers of a text without case and possessive endings."""
    found = _WORD.findall(text.replace("’", "'").casefold())
    return [word.removesuffix("'s").replace(".", "") for word in found]


@lru_cache(maxsize=8192)
def base(word: str) -> str:
    """Return an English word without the endings of number and tense, crudely.

    Good enough to see “sanction” in “sanctioning”; what comes out need not be a word.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch")):
        if word.endswith(ending) and len(word) > 4:
            return word.removesuffix(ending) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = _DOUBLED.sub(r"\1", word.removesuffix(ending))
            break
    return word.removesuffix("e")


def telling(text: str) -> list[str]:
    """Return the words of a text that say something, each in its base form, in order."""
    return [base(word) for word in words(text) if word not in STOP_WORDS and len(word) > 1]
