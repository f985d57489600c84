"""Reads, updates and writes the catalogues: a text file to translate, a compiled one to use."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from quizsite.messages.extracting import ROOT

LOCALES = ROOT / "courses" / "locale"
_HEADER = """\
# The interface of quizsite in another language: see docs/translating.md.
# This file is kept by `make messages`; write only what stands behind msgstr."""


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/django.po"))


def text_file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def compiled_file(language: str) -> Path:
    return text_file(language).with_suffix(".mo")


def read(language: str) -> Catalog:
    """Return the catalogue of a language; an empty one if it has none yet."""
    path = text_file(language)
    if not path.exists():
        return Catalog(locale=language, project="quizsite", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(catalogue: Catalog, found: Catalog) -> Catalog:
    """Return the catalogue with exactly the strings of the source, its translations kept.

    A string that is no longer in the source goes, and a new one is empty: no guess is made
    from similar strings, since a wrong guess reads like a translation.
    """
    found.creation_date = catalogue.creation_date  # or every update would change the file
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = _HEADER
    catalogue.version, catalogue.msgid_bugs_address = "1", "docs/translating.md"
    catalogue.last_translator = catalogue.language_team = "quizsite"
    catalogue.revision_date = catalogue.creation_date
    return catalogue


def as_text(catalogue: Catalog) -> bytes:
    """Return the text of a catalogue, by files, without line numbers: they change too often."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return buffer.getvalue()


def as_compiled(catalogue: Catalog) -> bytes:
    """Return the compiled form that gettext reads; no gettext is needed to make it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def write(language: str, catalogue: Catalog) -> None:
    """Write both files of a language; what is compiled is what can be read back."""
    path = text_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_text(catalogue))
    compiled_file(language).write_bytes(as_compiled(read(language)))
