"""Puts the claims that a text cites beside the text, at the place of their first citation."""

import re
from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.content.selectors import ClaimNote

_PLACES = re.compile(
    r"<(?P<open>table|figcaption|blockquote|details)\b"
    r"|</(?P<close>table|figcaption|blockquote|details)>"
    r'|(?P<cites><sup class="cites">.*?</sup>)',
    re.DOTALL,
)
_CITE = re.compile(r'<a [^>]*?data-claim="(?P<key>[^"]+)"[^>]*>')
_HREF = re.compile(r'href="[^"]*"')


class Notes:
    """The notes of one lesson, numbered as its text numbers them."""

    def __init__(self, notes: Sequence[ClaimNote]) -> None:
        self.numbered = list(enumerate(notes, start=1))
        self._by_key = {note.key: (number, note) for number, note in self.numbered}
        self._shown: set[str] = set()
        # Numbers of the notes whose first reference can be led back to.
        self.cited: set[int] = set()

    def beside(self, html: SafeString) -> SafeString:
        """Return sanitised prose whose citations lead to the notes, with notes in the margin.

        Where a float has no margin beside it (tables, captions, quotations, what is folded
        away) the reference stands alone; the note at the end is there for all.
        """
        depth = 0

        def place(match: re.Match[str]) -> str:
            nonlocal depth
            if match["open"]:
                depth += 1
            elif match["close"]:
                depth -= 1
            else:
                return self._cited(match["cites"], margin=not depth)
            return match[0]

        # Sanitised prose, with references and notes that templates escaped.
        return SafeString(_PLACES.sub(place, html))  # nosec B703

    def _cited(self, cites: str, *, margin: bool) -> str:
        keys: list[str] = []

        def to_note(match: re.Match[str]) -> str:
            known = self._by_key.get(match["key"])
            if known is None:
                return match[0]
            keys.append(match["key"])
            return self._lead(match[0], known[0])

        linked = _CITE.sub(to_note, cites)
        fresh = [key for key in keys if key not in self._shown]
        if not margin or not fresh:
            return linked
        self._shown.update(fresh)
        return (
            linked
            + render_to_string(
                "web/_sidenote.html", {"notes": [self._by_key[key] for key in fresh]}
            ).strip()
        )

    def _lead(self, link: str, number: int) -> str:
        """Return the link leading to its note; the first to each can be led back to."""
        led = _HREF.sub(f'href="#note-{number}"', link, count=1)
        if number in self.cited:
            return led
        self.cited.add(number)
        return led.replace("<a ", f'<a id="cite-{number}" ', 1)
