"""The glossary as somebody asks for it: words, kinds, and the letters to jump to."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.content.models import Term
from courses.content.selectors import GlossaryEntry, glossary_of
from courses.enrollment.models import Course

_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class KindChoice:
    """A kind of entry that the glossary has; `value` is empty for all of them."""

    value: str
    title: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class GlossaryLine:
    """An entry as it is set; `native_language` is that of its native name, `names` are searched."""

    entry: GlossaryEntry
    native_language: str
    names: str


@dataclass(frozen=True)
class Letter:
    """The entries that begin with a letter; `anchor` is what the index leads to."""

    letter: str
    anchor: str
    lines: list[GlossaryLine]


@dataclass(frozen=True)
class GlossaryPage:
    """What the page shows; `total` counts the entries of the course, `found` those shown."""

    letters: list[Letter]
    kinds: list[KindChoice]
    sought: str
    kind: str
    total: int
    found: int
    problem: str
    has_native: bool


def glossary_page(course: Course, asked: QueryDict) -> GlossaryPage:
    """Return the page that `asked` (q, kind) is for, in five queries with the course's own."""
    entries = sorted(glossary_of(course), key=lambda entry: (collation_key(entry.term), entry.slug))
    kinds = {entry.kind for entry in entries}
    kind, problem = asked.get("kind", ""), ""
    if kind and kind not in kinds:
        kind, problem = "", _("The glossary has no such kind of entry. These are all of them.")
    sought = asked.get("q", "").strip()[:_LONGEST_SEARCH]
    found = [
        entry
        for entry in entries
        if (not kind or entry.kind == kind) and (not sought or _answers(entry, sought))
    ]
    return GlossaryPage(
        letters=_letters(found),
        kinds=_kinds(entries, kind),
        sought=sought,
        kind=kind,
        total=len(entries),
        found=len(found),
        problem=problem,
        has_native=any(entry.native for entry in found),
    )


def collation_key(text: str) -> str:
    """Return what a Latin dictionary sorts by: no case, no accents, no punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in plain if one.isalnum() or one == " ").strip()


def searchable(entry: GlossaryEntry) -> str:
    """Return the names of an entry as they are searched."""
    names = (entry.term, entry.short, entry.native, *entry.aliases)
    return " ".join(collation_key(name) for name in names if name)


def _answers(entry: GlossaryEntry, sought: str) -> bool:
    words = collation_key(sought).split()
    text = searchable(entry)
    return bool(words) and all(word in text for word in words)


def _letters(entries: Sequence[GlossaryEntry]) -> list[Letter]:
    letters = []
    for number, (letter, group) in enumerate(groupby(entries, key=_initial), start=1):
        anchor = f"letter-{letter.lower()}" if letter.isascii() else f"letter-{number}"
        letters.append(Letter(letter, anchor, [_line(entry) for entry in group]))
    return letters


def _line(entry: GlossaryEntry) -> GlossaryLine:
    return GlossaryLine(entry, language_of(entry.native), searchable(entry))


def language_of(native: str) -> str:
    """Return ru for Cyrillic letters, else ja: a glossary has native names in these two."""
    return "ru" if any("CYRILLIC" in unicodedata.name(one, "") for one in native) else "ja"


def _initial(entry: GlossaryEntry) -> str:
    key = collation_key(entry.term)
    return key[0].upper() if key and key[0].isalpha() else "0–9"


def _kinds(entries: Sequence[GlossaryEntry], chosen: str) -> list[KindChoice]:
    titles = {
        Term.Kind.PERSON: _("People"),
        Term.Kind.PLACE: _("Places"),
        Term.Kind.INSTITUTION: _("Institutions"),
        Term.Kind.TERM: _("Terms"),
    }
    counted = {kind: sum(entry.kind == kind for entry in entries) for kind in titles}
    return [
        KindChoice("", _("All"), len(entries), not chosen),
        *(
            KindChoice(str(kind), title, counted[kind], kind == chosen)
            for kind, title in titles.items()
            if counted[kind]
        ),
    ]
