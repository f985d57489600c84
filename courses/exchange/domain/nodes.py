"""Reads YAML text into a tree that remembers its lines; refuses what a course has no use for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from courses.exchange.domain.mistakes import Mistake
from courses.exchange.domain.scalars import CONTROL, Scalar, UnreadableNumber, read_plain
from courses.exchange.domain.writing import NAMES, Place

MAX_DEPTH = 16
MAX_NODES = 200_000
_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class TextNode:
    """A single value; `plain` says that it stands without quotes."""

    text: str
    plain: bool
    line: int


@dataclass(frozen=True)
class ListNode:
    items: list["Node"]
    line: int


@dataclass(frozen=True)
class MapNode:
    """Keys with values; `lines` has the line of each key."""

    entries: dict[str, "Node"]
    lines: dict[str, int]
    line: int


Node = TextNode | ListNode | MapNode


@dataclass(frozen=True)
class Slot:
    """A place that a comment can belong to: a key or a list's item, and its line."""

    path: Place
    line: int
    is_key: bool


@dataclass
class Document:
    """A read file: its tree (None if empty), where comments may hang, where text stands.

    `spans` are the first and last character of every value; what is inside is no comment.
    """

    root: Node | None = None
    slots: list[Slot] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


class Unreadable(Exception):
    """The text cannot be read further than this."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line = line
        self.sentence = sentence
        super().__init__(sentence)


def read_yaml(text: str, *, file: str, mistakes: list[Mistake]) -> Document | None:
    """Return the document in `text`, or None if it is not readable at all.

    Adds every mistake to `mistakes`. Anchors, aliases, tags and second documents are
    mistakes, so are keys given twice and control characters.
    """
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        mistakes.append(Mistake(file, line, "This line has an invisible control character."))
        return None
    builder = _Builder(text, file, mistakes)
    try:
        return builder.read()
    except Unreadable as unreadable:
        mistakes.append(Mistake(file, unreadable.line, unreadable.sentence))
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        why = _why(broken)
        mistakes.append(Mistake(file, mark.line + 1 if mark else 0, why))
    except yaml.YAMLError as broken:
        mistakes.append(Mistake(file, 0, f"This is not YAML: {broken}."))
    return None


class _Builder:
    def __init__(self, text: str, file: str, mistakes: list[Mistake]) -> None:
        self.text = text
        self.file = file
        self.mistakes = mistakes
        self.document = Document()
        self.count = 0
        self.events: Iterator[Event] = iter(())

    def read(self) -> Document:
        self.events = yaml.parse(self.text, Loader=_READER)
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if self.document.root is not None:
                    raise Unreadable(_line(event), "The file holds a second document after ---.")
                first = next(self.events)
                if not isinstance(first, DocumentEndEvent):
                    self.document.root = self.node(first, (), 1)
        return self.document

    def node(self, event: Event, path: Place, depth: int) -> Node:
        self._refuse_oddities(event, depth)
        line = _line(event)
        if isinstance(event, ScalarEvent):
            self._read_scalar(event)
            return TextNode(event.value, event.style is None or event.style == "", line)
        if isinstance(event, SequenceStartEvent):
            return self._list(path, line, depth)
        return self._mapping(path, line, depth)

    def _refuse_oddities(self, event: Event, depth: int) -> None:
        self.count += 1
        line = _line(event)
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise Unreadable(line, "Anchors (&) and aliases (*) are not used in course files.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise Unreadable(line, f"Tags are not used in course files: {tag}.")
        if depth > MAX_DEPTH:
            raise Unreadable(line, f"This is nested more than {MAX_DEPTH} levels deep.")
        if self.count > MAX_NODES:
            raise Unreadable(line, f"The file has more than {MAX_NODES:,} values.")

    def _read_scalar(self, event: ScalarEvent) -> None:
        """Remember where a value or key stands; note control characters written as escapes."""
        if CONTROL.search(event.value):
            sentence = "This has an invisible control character, written as an escape."
            self.mistakes.append(Mistake(self.file, _line(event), sentence))
        assert event.start_mark is not None
        assert event.end_mark is not None
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            # behind the indicator a comment may follow; the text begins on the next line
            newline = self.text.find("\n", start)
            start = newline if newline >= 0 else end
        self.document.spans.append((start, end))

    def _list(self, path: Place, line: int, depth: int) -> ListNode:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            index = str(len(items))
            position = len(self.document.slots)
            self.document.slots.append(Slot((*path, index), _line(event), False))
            item = self.node(event, (*path, index), depth + 1)
            name = _name_of(item)
            if name is not None:
                self._rename(position, (*path, index), (*path, name))
            items.append(item)
        return ListNode(items, line)

    def _rename(self, position: int, old: Place, new: Place) -> None:
        """Call an item by its key or slug instead of its number, once that is known."""
        depth = len(old)
        slots = self.document.slots
        for index in range(position, len(slots)):
            slot = slots[index]
            slots[index] = Slot((*new, *slot.path[depth:]), slot.line, slot.is_key)

    def _mapping(self, path: Place, line: int, depth: int) -> MapNode:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise Unreadable(_line(event), "A key is a single word.")
            self._refuse_oddities(event, depth)
            self._read_scalar(event)
            key, key_line = event.value, _line(event)
            self.document.slots.append(Slot((*path, key), key_line, True))
            value = self.node(next(self.events), (*path, key), depth + 1)
            if key in entries:
                first = f"This key, “{key}”, is given twice; first on line {lines[key]}."
                self.mistakes.append(Mistake(self.file, key_line, first))
            else:
                entries[key], lines[key] = value, key_line
        return MapNode(entries, lines, line)


def _line(event: Event) -> int:
    assert event.start_mark is not None, "the reader marks every event"
    return event.start_mark.line + 1


def _name_of(item: Node) -> str | None:
    """Return a record's key or slug, as `writing.item_name` does."""
    if isinstance(item, MapNode):
        for name in NAMES:
            value = item.entries.get(name)
            if isinstance(value, TextNode):
                return value.text
    return None


# What the parser says, and what an author does about it.
_REMEDIES = (
    ("mapping values are not allowed",
     "A colon and a space stand within a text here: put it into quotation marks. Or the key "
     "above lacks the space after its colon."),
    ("cannot start any token",
     "This begins with a tab, or a sign with a meaning of its own such as @ or `: indent with "
     "spaces, and put the text into quotation marks."),
    ("unexpected end of stream", "A quotation mark that is opened here is not closed."),
    ("expected ',' or", "A bracket that is opened above this is not closed."),
    ("did not find expected",
     "This does not follow from the lines above: what belongs together begins in the same "
     "column, and after a closing quotation mark the line ends."),
    ("directive", "A text that begins with % stands in quotation marks."),
)  # fmt: skip


def _why(broken: yaml.MarkedYAMLError) -> str:
    problem = broken.problem or broken.context or ""
    if "'\\t'" in problem or "tab character" in problem:
        return "A tab stands here; use spaces."
    known = (remedy for said, remedy in _REMEDIES if said in problem)
    return next(known, f"This is not YAML: {problem}.")


def value_of(node: Node, *, file: str, mistakes: list[Mistake]) -> Any:
    """Return what the node holds as lists, dicts and single values."""
    if isinstance(node, TextNode):
        return scalar_of(node, file=file, mistakes=mistakes)
    if isinstance(node, ListNode):
        return [value_of(item, file=file, mistakes=mistakes) for item in node.items]
    return {
        key: value_of(value, file=file, mistakes=mistakes) for key, value in node.entries.items()
    }


def scalar_of(node: TextNode, *, file: str, mistakes: list[Mistake]) -> Scalar:
    """Return the value of a single node: a number, true, false, nothing or text."""
    if not node.plain:
        return node.text
    try:
        return read_plain(node.text)
    except UnreadableNumber:
        mistakes.append(Mistake(file, node.line, f"The number {node.text[:40]} is out of bounds."))
        return 0


def line_at(node: Node, path: str) -> int:
    """Return the line of the place that `path` names, such as `options[2].text`.

    Where there is no such place, the line of the nearest place around it.
    """
    line = node.line
    for step in path.replace("[", ".[").split("."):
        if isinstance(node, ListNode) and step.startswith("["):
            index = int(step[1:-1])
            if index >= len(node.items):
                break
            node = node.items[index]
            line = node.line
        elif isinstance(node, MapNode) and step in node.entries:
            line = node.lines[step]
            node = node.entries[step]
        elif step:
            break
    return line
