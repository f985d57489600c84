"""The files of a folder while they are read, with their comments and mistakes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.exchange.domain.comments import comments_of
from courses.exchange.domain.fields import Record, list_of_records
from courses.exchange.domain.mistakes import Mistake
from courses.exchange.domain.nodes import MapNode, Node, read_yaml
from courses.exchange.domain.writing import Note, Place


class Anything(frozenset[str]):
    """The names of a file that could not be read: nobody can say that one is not among them."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass
class Reading:
    """Files by their paths, what was found wrong so far, and the comments of each file.

    `questions` are the places of questions by slug, for those who tell where something is.
    """

    files: dict[str, bytes]
    mistakes: list[Mistake]
    notes: dict[str, dict[Place, Note]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    questions: dict[str, MapNode] = field(default_factory=dict)

    def names(self, file: str, names: Iterable[str]) -> frozenset[str]:
        """Return the names that other files may refer to: any, if `file` could not be read."""
        found = frozenset(names)
        return Anything(found) if file in self.unread else found

    def text(self, file: str) -> str | None:
        """Return a file's text with plain line ends, None if there is none that is readable."""
        content = self.files.get(file)
        if content is None:
            self.unread.add(file)
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as broken:
            line = content.count(b"\n", 0, broken.start) + 1
            self.mistakes.append(Mistake(file, line, "This is not UTF-8 text."))
            self.unread.add(file)
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def tree(self, file: str, text: str, *, skipped_lines: int = 0) -> Node | None:
        """Return `text` as a tree, keeping its comments under `file`.

        Lines are counted from `skipped_lines` on.
        """
        found: list[Mistake] = []
        padded = "\n" * skipped_lines + text
        document = read_yaml(padded, file=file, mistakes=found)
        self.mistakes.extend(found)
        if document is None:
            self.unread.add(file)
            return None
        if notes := comments_of(padded, document):
            self.notes[file] = notes
        return document.root

    def mapping(self, file: str, what: str) -> Record:
        """Return a file that is one mapping; an empty one if it cannot be read."""
        text = self.text(file)
        root = None if text is None else self.tree(file, text)
        # what an unread file lacks is no mistake of its own
        mistakes = [] if file in self.unread else self.mistakes
        return Record(root, file=file, mistakes=mistakes, what=what)

    def records(self, file: str, what: str) -> list[Record]:
        """Return a file that is a list of records; none if it cannot be read."""
        text = self.text(file)
        root = None if text is None else self.tree(file, text)
        return list_of_records(root, file=file, mistakes=self.mistakes, what=what)
