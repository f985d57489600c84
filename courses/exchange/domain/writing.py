"""Writes records as canonical YAML, with the comments that belong to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.exchange.domain.scalars import CONTROL, is_plain, quoted, write_scalar

WIDTH = 100
SHORT = 40
NAMES = ("key", "slug")
Place = tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """The comments of one place in a file: full lines before it, and one at its line's end.

    In `before` an empty string is a blank line; the others begin with `#`.
    """

    before: tuple[str, ...] = ()
    beside: str = ""


Notes = Mapping[Place, Note]
TOP: Place = ("<top>",)
END: Place = ("<end>",)


def item_name(item: Any, index: int) -> str:
    """Return what a list's item is called in a path: its key or slug, else its number."""
    if isinstance(item, Mapping):
        for name in NAMES:
            if isinstance(item.get(name), str):
                return str(item[name])
    return str(index)


def paths_of(value: Any, path: Place = ()) -> set[Place]:
    """Return every place inside `value` that a comment can belong to."""
    found = {path}
    if isinstance(value, Mapping):
        for key, inner in value.items():
            found |= paths_of(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found |= paths_of(inner, (*path, item_name(inner, index)))
    return found


def write_records(records: Sequence[Mapping[str, Any]], notes: Notes) -> str:
    """Return a file that is a list of records, a blank line between them."""
    writer = _Writer(notes)
    writer.comment_block(TOP)
    for index, record in enumerate(records):
        writer.blank_line()
        writer.item(record, (item_name(record, index),), 0)
    if not records:
        writer.lines.append("[]")
    return writer.finish()


def write_mapping(
    record: Mapping[str, Any], notes: Notes, *, airy: bool = True, width: int = WIDTH
) -> str:
    """Return a file that is one mapping; `airy` puts a blank line before its long lists.

    `width` is how long its lines may be; another than the usual is for places with less room.
    """
    writer = _Writer(notes, width)
    writer.comment_block(TOP)
    for key, value in record.items():
        if airy and writer.is_long(value, (key,), 0, key):
            writer.blank_line()
        writer.entry(key, value, (key,), 0)
    return writer.finish()


@dataclass
class _Writer:
    notes: Notes
    width: int = WIDTH
    lines: list[str] = field(default_factory=list)

    def finish(self) -> str:
        if END in self.notes:
            self.blank_line()
            self.comment_block(END)
        return "\n".join(self.lines).strip("\n") + "\n"

    def blank_line(self) -> None:
        """Leave a blank line, unless there is one already or nothing above."""
        if self.lines and self.lines[-1] != "":
            self.lines.append("")

    def comment_block(self, path: Place, indent: int = 0) -> None:
        note = self.notes.get(path)
        for line in note.before if note else ():
            if line or (self.lines and self.lines[-1] != ""):
                self.lines.append(" " * indent + line if line else "")

    def beside(self, path: Place) -> str:
        note = self.notes.get(path)
        return f"  {note.beside}" if note and note.beside else ""

    def is_noted_inside(self, path: Place) -> bool:
        depth = len(path)
        return any(len(other) > depth and other[:depth] == path for other in self.notes)

    def is_long(self, value: Any, path: Place, indent: int, key: str) -> bool:
        """Return whether `value` takes lines of its own under its key."""
        if isinstance(value, Mapping):
            return bool(value)
        if isinstance(value, list) and value:
            return self.flow(value, path, indent + len(key) + 2) is None
        return False

    def flow(self, items: list[Any], path: Place, column: int) -> str | None:
        """Return the list on one line, if its items are short values and it fits."""
        if self.is_noted_inside(path) or any(isinstance(i, (Mapping, list)) for i in items):
            return None
        words = [write_scalar(item, in_flow=True) for item in items]
        line = f"[{', '.join(words)}]"
        fits = column + len(line) <= self.width and all(len(word) <= SHORT for word in words)
        return line if fits else None

    def item(self, value: Any, path: Place, indent: int) -> None:
        """Write one item of a list that stands at column `indent`."""
        self.comment_block(path, indent)
        begin = len(self.lines)
        if isinstance(value, Mapping) and value:
            first = True
            for key, inner in value.items():
                if first and (note := self.notes.get((*path, key))) and note.before:
                    # a comment between the dash and the first key has no place of its own
                    self.comment_block((*path, key), indent)
                    begin = len(self.lines)
                self.entry(key, inner, (*path, key), indent + 2, with_comments=not first)
                first = False
        elif isinstance(value, list) and value and self.flow(value, path, indent + 2) is None:
            for index, inner in enumerate(value):
                self.item(inner, (*path, item_name(inner, index)), indent + 2)
        else:
            self.value("", value, path, indent + 2)
        line = self.lines[begin]
        self.lines[begin] = f"{' ' * indent}- {line.lstrip(' ')}"

    def entry(
        self, key: str, value: Any, path: Place, indent: int, *, with_comments: bool = True
    ) -> None:
        """Write `key: value` at column `indent`."""
        if with_comments:
            self.comment_block(path, indent)
        if not self.is_long(value, path, indent, key):
            self.value(f"{write_scalar(key)}: ", value, path, indent)
            return
        self.lines.append(f"{' ' * indent}{write_scalar(key)}:{self.beside(path)}")
        if isinstance(value, Mapping):
            for inner_key, inner in value.items():
                self.entry(inner_key, inner, (*path, inner_key), indent + 2)
        else:
            for index, inner in enumerate(value):
                self.item(inner, (*path, item_name(inner, index)), indent + 2)

    def value(self, lead: str, value: Any, path: Place, indent: int) -> None:
        """Write a value that begins on the line of its key or dash."""
        margin, beside = " " * indent, self.beside(path)
        if isinstance(value, Mapping):
            self.lines.append(f"{margin}{lead}{{}}{beside}")
        elif isinstance(value, list):
            flow = self.flow(value, path, indent + len(lead)) if value else "[]"
            self.lines.append(f"{margin}{lead}{flow}{beside}")
        elif isinstance(value, str):
            room = self.width - indent - len(lead)
            first, *rest = spelled(value, room=room, indent=indent + 2, width=self.width)
            self.lines.append(f"{margin}{lead}{first}{beside}")
            self.lines.extend(rest)
        else:
            self.lines.append(f"{margin}{lead}{write_scalar(value)}{beside}")


def spelled(text: str, *, room: int, indent: int, width: int = WIDTH) -> list[str]:
    """Return the lines that spell `text`: plain, quoted, a literal or a folded block."""
    margin = " " * indent
    if "\n" in text and _is_literal(text):
        return ["|-", *(margin + line if line else "" for line in text.split("\n"))]
    line = text if is_plain(text) else quoted(text)
    if len(line) <= room or not _is_foldable(text):
        return [line]
    return [">-", *(margin + line for line in _folded(text, max(width - indent, SHORT)))]


def _is_literal(text: str) -> bool:
    lines = text.split("\n")
    return (
        bool(lines[0].strip())
        and lines[-1] != ""
        and not text.startswith((" ", "\t"))
        and all(line == line.rstrip() for line in lines)
        and not any(character in text for character in "\x85\xa0\t")
        and not CONTROL.search(text)
    )


def _is_foldable(text: str) -> bool:
    """Return whether folding gives `text` back: single spaces between words, nothing else."""
    return (
        text == " ".join(text.split(" ")).strip()
        and "  " not in text
        and not any(character in text for character in "\n\t\x85\xa0")
        and not CONTROL.search(text)
    )


def _folded(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
