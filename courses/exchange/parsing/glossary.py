"""Reads glossary.yaml, and checks the links that lead to it."""

from collections.abc import Collection, Iterator
from typing import Any

from courses.content.domain.drafts import TermDraft
from courses.content.models import Term
from courses.content.rendering.citations import cited_keys
from courses.content.rendering.glossary import linked_terms
from courses.exchange.domain.fields import Record
from courses.exchange.domain.mistakes import did_you_mean
from courses.exchange.parsing.files import Reading

FILE = "glossary.yaml"
TERM_KEYS = (
    *("slug", "term", "short", "native", "kind", "aliases", "common", "claims", "definition"),
    "more",
)
_LONGEST = 2000


def read_glossary(reading: Reading, *, claims: Collection[str]) -> list[TermDraft]:
    """Return the entries; mistakes are kept in `reading`. A course may do without the file."""
    if FILE not in reading.files:
        return []
    records = reading.records(FILE, "an entry")
    terms = []
    seen: dict[str, int] = {}
    for record in records:
        record.only(TERM_KEYS)
        slug = record.slug("slug", longest=60)
        if slug in seen:
            record.add(record.line, f"“{slug}” is there twice; first on line {seen[slug]}.")
        elif slug:
            seen[slug] = record.line
        terms.append(_draft(record, slug, claims))
    known = reading.names(FILE, seen)
    for record in records:
        check_links(record, ("definition", "more"), known)
    return terms


def _draft(record: Record, slug: str, claims: Collection[str]) -> TermDraft:
    definition = record.text("definition", longest=_LONGEST, required=True)
    more = record.text("more", longest=_LONGEST)
    for name, text in (("definition", definition), ("more", more)):
        _one_line(record, name, text)
        for key in cited_keys(text):
            if key not in claims:
                hint = did_you_mean(key, claims, after=len(record.mistakes))
                record.add(record.line_of(name), f"There is no claim “{key}”.{hint}")
    if more and not cited_keys(more):
        record.add(record.line_of("more"), "“more” goes beyond common knowledge: cite a claim.")
    return TermDraft(
        slug=slug,
        term=record.text("term", longest=200, required=True),
        kind=record.choice("kind", Term.Kind.values),
        definition=definition,
        short=record.text("short", longest=60),
        native=record.text("native", longest=100),
        aliases=record.texts("aliases", longest=100, most=20),
        common=record.flag("common"),
        claims=record.names("claims", claims, "claim"),
        more=more,
    )


def _one_line(record: Record, name: str, text: str) -> None:
    if "\n" in text:
        record.add(record.line_of(name), f"“{name}” is one line of Markdown, without paragraphs.")


def check_links(record: Record, names: Collection[str], known: Collection[str]) -> None:
    """Note every entry of the glossary that the texts under `names` link to in vain."""
    for name in names:
        for text in texts_in(record.raw(name)):
            for slug in linked_terms(text):
                if slug not in known:
                    hint = did_you_mean(slug, known, after=len(record.mistakes))
                    sentence = f"There is no entry “{slug[:60]}” in the glossary.{hint}"
                    record.add(record.line_of(name), sentence)


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text inside a value of a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
