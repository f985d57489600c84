"""Reads the fields of records: each what it must be, each mistake with its line."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from courses.content.domain.partial_dates import NotADate, parse_partial, parse_period
from courses.exchange.domain.mistakes import Mistake, did_you_mean, listed
from courses.exchange.domain.nodes import (
    ListNode,
    MapNode,
    Node,
    TextNode,
    line_at,
    value_of,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_TEXT = 20_000


class Record:
    """One mapping of a file, being read; what is wrong is added to `mistakes`.

    Readers return a harmless value for a field that is missing or wrong, so that all
    mistakes are found at once; nothing of it counts unless there are none in the end.
    """

    def __init__(self, node: Node | None, *, file: str, mistakes: list[Mistake], what: str) -> None:
        self.file = file
        self.mistakes = mistakes
        self.what = what
        self.node = node if isinstance(node, MapNode) else MapNode({}, {}, node.line if node else 1)
        if not isinstance(node, MapNode):
            self.add(self.node.line, f"Here stands {what}: keys with values.")

    @property
    def line(self) -> int:
        return self.node.line

    def add(self, line: int, sentence: str) -> None:
        self.mistakes.append(Mistake(self.file, line, sentence))

    def _hint(self, word: str, known: Iterable[str]) -> str:
        return did_you_mean(word, known, after=len(self.mistakes))

    def line_of(self, path: str) -> int:
        return line_at(self.node, path)

    def only(self, known: Collection[str]) -> None:
        """Note every key that is not known."""
        for key, line in self.node.lines.items():
            if key not in known:
                hint = self._hint(key, known) or f" There are: {', '.join(known)}."
                self.add(line, f"“{key[:60]}” is no key of {self.what}.{hint}")

    def has(self, name: str) -> bool:
        return name in self.node.entries

    def text(self, name: str, *, longest: int = LONGEST_TEXT, required: bool = False) -> str:
        """Return a text without white space around it; a number that stands plain is its text."""
        node = self.node.entries.get(name)
        if node is None or (isinstance(node, TextNode) and not node.text.strip()):
            if required:
                self.add(self.line_of(name), f"{self.what.capitalize()} needs “{name}”.")
            return ""
        if not isinstance(node, TextNode):
            self.add(self.line_of(name), f"“{name}” is a text.")
            return ""
        text = node.text.strip()
        if len(text) > longest:
            self.add(
                self.line_of(name),
                f"“{name}” has {len(text):,} characters; shorten it to {longest:,}.",
            )
        return text

    def slug(self, name: str, *, longest: int = 100, required: bool = True) -> str:
        text = self.text(name, longest=longest, required=required)
        if text and not SLUG.fullmatch(text):
            self.add(
                self.line_of(name),
                f"“{name}” is made of small letters, digits and hyphens, like before-2022.",
            )
        return text

    def choice(self, name: str, choices: Collection[str], *, default: str = "") -> str:
        text = self.text(name, required=not default) or default
        if text and text not in choices:
            hint = self._hint(text, choices)
            self.add(self.line_of(name), f"“{name}” is {listed(choices)}, not “{text[:60]}”.{hint}")
        return text

    def one_of(self, name: str, known: Collection[str], kind: str, *, required: bool) -> str:
        """Return the name of something that exists elsewhere in the folder."""
        text = self.text(name, required=required)
        if text and text not in known:
            self.add(
                self.line_of(name), f"There is no {kind} “{text[:60]}”.{self._hint(text, known)}"
            )
        return text

    def partial_date(self, name: str, *, required: bool, period: bool = False) -> str:
        text = self.text(name, required=required)
        try:
            if text:
                _ = parse_period(text) if period else parse_partial(text)
        except NotADate:
            spans = ", or two of them as FROM/TO" if period else ""
            self.add(
                self.line_of(name),
                f"“{name}” is a date such as 2022, 2022-02 or 2022-02-24{spans}; "
                f"“{text[:40]}” is not.",
            )
        return text

    def number(self, name: str, *, required: bool = True) -> float | int:
        node = self.node.entries.get(name)
        if node is None:
            if required:
                self.add(self.line, f"{self.what.capitalize()} needs “{name}”.")
            return 0
        value = value_of(node, file=self.file, mistakes=self.mistakes)
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 10**15:
            self.add(self.line_of(name), f"“{name}” is a number.")
            return 0
        return value

    def share(self, name: str, *, default: float, least: float, most: float) -> float:
        if not self.has(name):
            return default
        value = float(self.number(name))
        if not least <= value <= most:
            self.add(self.line_of(name), f"“{name}” lies between {least} and {most}.")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        node = self.node.entries.get(name)
        value = default if node is None else value_of(node, file=self.file, mistakes=self.mistakes)
        if not isinstance(value, bool):
            told = "false" if default else "true"
            self.add(self.line_of(name), f"“{name}” is {told}, or it is left out.")
            return default
        return value

    def texts(self, name: str, *, longest: int = 500, most: int = 500) -> list[str]:
        """Return a list of texts, each once."""
        found: list[str] = []
        for node in self.items(name):
            text = node.text.strip() if isinstance(node, TextNode) else ""
            if not text:
                self.add(node.line, f"“{name}” is a list of texts.")
            elif text in found:
                self.add(node.line, f"“{text[:60]}” stands in “{name}” twice.")
            elif len(text) > longest:
                self.add(node.line, f"This is longer than {longest} characters.")
            else:
                found.append(text)
        if len(found) > most:
            self.add(self.line_of(name), f"“{name}” has more than {most} entries.")
        return found

    def names(self, name: str, known: Collection[str], kind: str) -> list[str]:
        """Return a list of names of things that exist elsewhere in the folder, each once."""
        found: list[str] = []
        for node in self.items(name):
            text = node.text.strip() if isinstance(node, TextNode) else ""
            if text not in known:
                hint = self._hint(text, known)
                self.add(node.line, f"There is no {kind} “{text[:60]}”.{hint}")
            elif text in found:
                self.add(node.line, f"“{text}” stands in “{name}” twice.")
            else:
                found.append(text)
        return found

    def records(self, name: str, what: str) -> Iterable["Record"]:
        """Yield the records of a list inside this one."""
        for node in self.items(name):
            yield Record(node, file=self.file, mistakes=self.mistakes, what=what)

    def items(self, name: str) -> list[Node]:
        node = self.node.entries.get(name)
        if node is None:
            return []
        if isinstance(node, TextNode) and node.plain and not node.text:
            return []
        if not isinstance(node, ListNode):
            self.add(self.line_of(name), f"“{name}” is a list.")
            return []
        return node.items

    def rest(self, taken: Collection[str]) -> dict[str, Any]:
        """Return the values of all keys but those `taken`."""
        return {
            name: value_of(node, file=self.file, mistakes=self.mistakes)
            for name, node in self.node.entries.items()
            if name not in taken
        }

    def raw(self, name: str) -> Any:
        """Return the value under `name` as it is, None if it is not there."""
        node = self.node.entries.get(name)
        return None if node is None else value_of(node, file=self.file, mistakes=self.mistakes)


def list_of_records(
    node: Node | None, *, file: str, mistakes: list[Mistake], what: str
) -> list[Record]:
    """Return the records of a file that is a list of them."""
    if node is None or (isinstance(node, TextNode) and not node.text):
        return []
    if not isinstance(node, ListNode):
        mistakes.append(Mistake(file, node.line, f"The file is a list: each {what} after a dash."))
        return []
    return [Record(item, file=file, mistakes=mistakes, what=what) for item in node.items]
