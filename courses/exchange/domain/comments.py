"""Finds the comments of a course file and the place each belongs to."""

from collections.abc import Iterable
from typing import Any

from courses.exchange.domain.nodes import Document, Slot
from courses.exchange.domain.writing import END, TOP, Note, Place, paths_of


def comments_of(text: str, document: Document) -> dict[Place, Note]:
    """Return the comments in `text`, each with the place it belongs to.

    Full lines belong to the next key or item below them; a comment at a line's end to the
    key on that line. Lines at the file's head that a blank line parts from the first
    record belong to the file; so do those after the last record.
    """
    full, beside = _scan(text, document.spans)
    collected: dict[Place, list[str]] = {}
    ends: dict[Place, str] = {}
    by_line = _slots_by_line(document.slots)
    for line, comment in beside:
        slot, exact = _slot_beside(line, by_line)
        if slot is None:
            collected.setdefault(TOP, []).append(comment)
        elif exact and slot.path not in ends:
            ends[slot.path] = comment
        else:
            collected.setdefault(slot.path, []).append(comment)
    for path, lines in _blocks(full, by_line):
        collected.setdefault(path, []).extend(lines)
    notes = {
        path: Note(tidy(collected.get(path, ())), ends.get(path, ""))
        for path in {*collected, *ends}
    }
    return {path: note for path, note in notes.items() if note.before or note.beside}


def tidy(lines: Iterable[str]) -> tuple[str, ...]:
    """Return comment lines with no blank line first and never two together."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return tuple(kept) if any(kept) else ()


def _scan(
    text: str, spans: list[tuple[int, int]]
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the comments on lines of their own (blank lines as "") and those beside."""
    full: list[tuple[int, str]] = []
    beside: list[tuple[int, str]] = []
    ordered = sorted(spans)
    position, nearest = 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = position + len(line)
        while nearest < len(ordered) and ordered[nearest][1] <= position:
            nearest += 1
        inside = _spans_on(ordered, nearest, end)
        at = _comment_start(line, position, inside)
        if at is not None:
            comment = line[at:].rstrip()
            (beside if line[:at].strip() else full).append((number, comment))
        elif not line.strip() and not any(start < position < stop for start, stop in inside):
            full.append((number, ""))
        position = end + 1
    return full, beside


def _spans_on(ordered: list[tuple[int, int]], nearest: int, end: int) -> list[tuple[int, int]]:
    found = []
    while nearest < len(ordered) and ordered[nearest][0] <= end:
        found.append(ordered[nearest])
        nearest += 1
    return found


def _comment_start(line: str, position: int, spans: list[tuple[int, int]]) -> int | None:
    at = line.find("#")
    while at >= 0:
        absolute = position + at
        free = not any(start <= absolute < stop for start, stop in spans)
        if free and (at == 0 or line[at - 1] in " \t"):
            return at
        at = line.find("#", at + 1)
    return None


def _slots_by_line(slots: list[Slot]) -> dict[int, list[Slot]]:
    by_line: dict[int, list[Slot]] = {}
    for slot in slots:
        by_line.setdefault(slot.line, []).append(slot)
    return by_line


def _slot_beside(line: int, by_line: dict[int, list[Slot]]) -> tuple[Slot | None, bool]:
    """Return the place a comment at the end of `line` belongs to, and whether it begins there."""
    if here := by_line.get(line):
        keys = [slot for slot in here if slot.is_key]
        return (keys[0] if keys else here[-1]), True
    above = [number for number in by_line if number < line]
    return (by_line[max(above)][0], False) if above else (None, False)


def _blocks(
    full: list[tuple[int, str]], by_line: dict[int, list[Slot]]
) -> Iterable[tuple[Place, list[str]]]:
    """Yield the comment lines above each place, the file's own head and end apart."""
    pending: dict[int, list[str]] = {}
    lines = sorted(by_line)
    below = 0
    for number, comment in full:
        while below < len(lines) and lines[below] < number:
            below += 1
        pending.setdefault(lines[below] if below < len(lines) else 0, []).append(comment)
    for line, comments in pending.items():
        if not any(comments):
            continue
        if not lines:
            yield TOP, comments
        elif not line:
            yield END, [*tidy(comments)]
        elif line == lines[0] and "" in tidy(comments):
            comments = list(tidy(comments))
            head = len(comments) - comments[::-1].index("")
            yield TOP, comments[:head]
            yield by_line[line][0].path, comments[head:]
        else:
            yield by_line[line][0].path, comments


def settled(notes: dict[Place, Note], data: Any) -> dict[Place, Note]:
    """Return `notes` fitted to `data`: those of places that are gone move to what was around.

    `data` is a file's content as it will be written.
    """
    places = paths_of(data) | {TOP, END}
    kept: dict[Place, Note] = {}
    for path in sorted(notes, key=lambda path: (path not in places, path)):
        note = notes[path]
        if path in places:
            kept[path] = note
            continue
        home = path
        while home and home not in places:
            home = home[:-1]
        there = kept.get(home or TOP, Note())
        lines = [*there.before, *note.before, *([note.beside] if note.beside else [])]
        kept[home or TOP] = Note(tidy(lines), there.beside)
    return kept
