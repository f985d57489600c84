"""What authors write, before it is saved: topics, sources, claims, the glossary, lessons."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

# adult readers of explanatory prose; for Japanese, characters are counted instead
WORDS_PER_MINUTE = 220
_CJK_CHARACTERS_PER_WORD = 2.3
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_MARKUP = re.compile(
    r"^\s*:{3,}(?![ \t]*prompt\b).*$|^\s*:{3,}[ \t]*prompt\b|^(?:alt|unit|style):.*$|^message:"
    r"|\[[A-Z][A-Z0-9]*-[0-9]+[^\]]*\]|\]\(glossary:[^)\s]*\)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class TopicDraft:
    """A topic; its place in the list is its position."""

    slug: str
    title: str


@dataclass(frozen=True)
class SourceDraft:
    """A document that claims rest on."""

    key: str
    title: str
    kind: str
    written: str
    document: str = ""
    url: str = ""
    written_note: str = ""
    thesis: str = ""


@dataclass(frozen=True)
class ClaimDraft:
    """A claim; `source` is a source's key, `topic` a topic's slug."""

    key: str
    source: str
    topic: str
    kind: str
    statement: str
    as_of: str
    date: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    quote: str = ""
    attributed: str = ""


@dataclass(frozen=True)
class TermDraft:
    """An entry of the glossary; `claims` are keys, in the order their author named them."""

    slug: str
    term: str
    kind: str
    definition: str
    short: str = ""
    native: str = ""
    aliases: list[str] = field(default_factory=list)
    common: bool = False
    claims: list[str] = field(default_factory=list)
    more: str = ""


@dataclass(frozen=True)
class LessonDraft:
    """A lesson; `status` is draft or published."""

    slug: str
    title: str
    body: str
    summary: str = ""
    objectives: list[str] = field(default_factory=list)
    status: str = "published"


@dataclass
class Changes:
    """What saving a set of records did to them, by their names."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    archived: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.restored or self.archived)

    def note(self, kind: str, name: str) -> None:
        """Keep `name` under `kind`; `unchanged` leaves no trace."""
        if kind != "unchanged":
            getattr(self, kind).append(name)


def tidy_body(body: str) -> str:
    """Return a lesson's text with plain line ends and without blank lines around it."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    begin = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    end = max((number for number, line in enumerate(lines) if line.strip()), default=-1) + 1
    return "\n".join(lines[begin:end])


def count_words(body: str) -> int:
    """Return how many words a reader of `body` reads, markup left out.

    Languages without spaces are counted by characters, as many as make a word.
    """
    text = _MARKUP.sub(" ", body)
    unspaced = sum(_is_unspaced(character) for character in text)
    spaced = "".join(" " if _is_unspaced(character) else character for character in text)
    return len(_WORD.findall(spaced)) + round(unspaced / _CJK_CHARACTERS_PER_WORD)


def _is_unspaced(character: str) -> bool:
    return character > "\u2fff" and unicodedata.category(character).startswith("L")


def reading_minutes(words: int) -> int:
    """Return the whole minutes, at least 1, that `words` take to read."""
    return max(1, round(words / WORDS_PER_MINUTE))
