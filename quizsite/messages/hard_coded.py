"""Finds words that stand in templates and scripts where no translator can reach them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from quizsite.messages.extracting import PLACES, ROOT, is_template

# What a person sees of an element besides its text.
_SPOKEN = {
    "alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "label",
    "placeholder", "title",
}  # fmt: skip
# Keys of a keyboard, formats and protocols are called so in every language.
_NAMES = {
    "Alt", "API", "CSV", "HTML", "HTTP", "JSON", "Markdown", "OpenAPI", "POST", "GET", "Shift",
    "Ctrl", "URL", "YAML", "quizsite",
}  # fmt: skip
# Pages for who works on the pages, in English for all of them.
_FOR_DEVELOPERS = {"design.html"}
_TRANSLATED = re.compile(
    r"\{%\s*(blocktrans(?:late)?)\b.*?\{%\s*end\1\s*%\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}",
    re.DOTALL,
)
_COMMENT = re.compile(r"\{#.*?#\}")
# Blocks that hold class names, and a tag that names an element.
_CLASSES = re.compile(r"\{%\s*block (body_class|width)\s*%\}.*?\{%\s*endblock[^%]*%\}", re.DOTALL)
_ELEMENT = re.compile(r"(?<=<)\{%.*?%\}|(?<=</)\{%.*?%\}", re.DOTALL)
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words that a tag or a filter brings to the page without asking for a translation.
_LITERAL = re.compile(
    r"""\|\s*(?:default|default_if_none|yesno|pluralize)\s*:\s*["']([^"']*)["']"""
    r"""|\bpluralize\b(?!\s*:)()"""
    r"""|\{%\s*firstof\b[^%]*?(?<!\()["']([^"']*)["']\s*%\}"""
)
_SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
_SCRIPT_STRING = re.compile(r"""(["'`])((?:\\.|(?!\1).)*)\1""", re.DOTALL)
_SENTENCE = re.compile(r"(?:^|[\s>])[A-Z][a-z]+(?:[ ,.!?:…]|$)|[a-z]{2,}[,.:]? [a-z]{2,}")
# Selectors, attributes, headers and messages of errors for developers.
_NO_WORDS = re.compile(r"[\[\]#=;{}/]|^[:(]|(?:^| )\.[a-z]|-[a-z]+|-$|^[a-z]+ [a-z]+$")
_KEYS = {"Alt", "Control", "Enter", "Escape", "Meta", "POST", "Shift", "Space", "Tab"}


def hard_coded() -> Iterator[str]:
    """Return a line for every word of the source that would stay English in another language."""
    for path in _files():
        name = path.relative_to(ROOT).as_posix()
        source = path.read_text(encoding="utf-8")
        words = _of_script(source) if path.suffix == ".js" else _of_template(source)
        for line, word in words:
            yield f"{name}:{line}: not translatable: {word!r}"


def _files() -> Iterator[Path]:
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.name in _FOR_DEVELOPERS:
                continue
            if is_template(path) or ("static" in path.parts and path.suffix == ".js"):
                yield path


def _of_template(source: str) -> Iterator[tuple[int, str]]:
    """Return (line, words) of what a template shows as it stands."""
    plain = _COMMENT.sub(_blank, _TRANSLATED.sub(_blank, source))
    for literal in _LITERAL.finditer(plain):
        text = next((group for group in literal.groups() if group is not None), "")
        shown = plain[plain.rfind("{{", 0, literal.start()) - 1] != "-"  # no part of a class
        if shown and (_is_words(text) or "pluralize" in literal[0]):
            yield _line(source, literal.start()), literal[0]
    reader = _Reader()
    reader.feed(_CODE.sub(_blank, _ELEMENT.sub("", _CLASSES.sub(_blank, plain))))
    reader.close()
    yield from reader.found


def _of_script(source: str) -> Iterator[tuple[int, str]]:
    plain = _SCRIPT_COMMENT.sub(_blank, source)
    for literal in _SCRIPT_STRING.finditer(plain):
        text = re.sub(r"\$\{[^}]*\}", "", literal[2])
        if _SENTENCE.search(text) and not _NO_WORDS.search(text) and text not in _KEYS:
            yield _line(source, literal.start()), literal[2]


def _blank(match: re.Match[str]) -> str:
    """Return as many lines, without their words, so that line numbers stay."""
    return " " + "\n" * match[0].count("\n")


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1


def _is_words(text: str) -> bool:
    return any(word not in _NAMES for word in _WORD.findall(text))


class _Reader(HTMLParser):
    """Reads a template without its tags as HTML, and notes the words left in it.

    An element that names its language by a literal is meant to stay in it.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = ""  # the element whose words are not for the language of the page
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            self._depth += tag == self._silent
            return
        if tag in ("script", "style") or any(
            name == "lang" and value and value.strip() for name, value in attrs
        ):
            self._silent, self._depth = tag, 1
            return
        for name, value in attrs:
            if name in _SPOKEN and value and _is_words(value):
                self.found.append((self.getpos()[0], f"{name}={value}"))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._depth -= 1
            self._silent = self._silent if self._depth else ""

    def handle_data(self, data: str) -> None:
        if not self._silent and _is_words(data):
            self.found.append((self.getpos()[0], " ".join(data.split())))
