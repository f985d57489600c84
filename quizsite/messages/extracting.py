"""Finds every translatable string in the source, in Python and in templates."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = ("courses", "quizsite")
TEMPLATES = (".html", ".txt")
# Folders that templates lie in; those of a question type lie beside its code.
TEMPLATE_FOLDERS = {"templates", "types"}

_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def sources() -> Iterator[Path]:
    """Return the files that may hold words, in a fixed order."""
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if "migrations" not in path.parts and (path.suffix == ".py" or is_template(path)):
                yield path


def is_template(path: Path) -> bool:
    return path.suffix in TEMPLATES and not TEMPLATE_FOLDERS.isdisjoint(path.parts)


def extracted() -> Catalog:
    """Return a catalogue of all strings of the source, without translations.

    Raises ValueError when a string stands once with and once without a plural: gettext keeps
    one entry for both, and the translation of one would hide the other.
    """
    found = Catalog(project="quizsite", fuzzy=False)
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for _line, message, comments, context in _strings(path):
            _add(found, name, message, comments, context)
    return found


def _add(found: Catalog, name: str, message: Any, comments: list[str], context: str | None) -> None:
    singular = message[0] if isinstance(message, tuple) else message
    known = found.get(singular, context)
    if known is not None and known.id != message:
        raise ValueError(f"{name}: {singular!r} has another plural elsewhere, or none")
    found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)


def _strings(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix in TEMPLATES:
        # As Python, what templatize leaves is one line after the other; indents would be blocks.
        source = _INDENT.sub("", templatize(source, origin=path.as_posix()))
    stream: IO[bytes] = io.BytesIO(source.encode())
    yield from extract("python", stream, keywords=_KEYWORDS, comment_tags=("Translators:",))
