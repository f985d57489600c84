"""Reads a page as somebody sees and hears it: every text, with the language it is said to be in."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
}  # fmt: skip
SPOKEN = {
    "alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "label",
    "placeholder", "title",
}  # fmt: skip
# Attributes whose words our scripts show.
DATA_WORDS = re.compile(r"^data-(hide|label|words|title|text|moved|message|.*-words?)$")
# A title may join the course's words and ours, and says its language for neither.
SILENT = {"code", "kbd", "script", "style", "title"}

# What is called so in every language: this site, formats, protocols, keys, zones of time.
NAMES = {
    "quizsite", "Alt", "API", "Asia", "Authorization", "Bearer", "CSV", "English", "Enter", "Esc",
    "HTML", "ID", "IP", "JSON", "OpenAPI", "Tokyo", "URL", "UTC", "UUID",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_NO_WORDS = re.compile(
    r"%\(\w+\)[a-z]|https?://\S+|/\S+|\S+@\S+|\b[A-Z]{2}-\d+\b|\bqs_\S+|<[a-z]+>"
)
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")


@dataclass
class Said:
    """A text of a page: what is said, in which language, and where."""

    text: str
    language: str
    where: str


@dataclass
class _Open:
    tag: str
    language: str
    silent: bool
    identity: str


@dataclass
class Page:
    language: str = ""
    said: list[Said] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[_Open] = [_Open("", "", False, "")]
        self._words: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside = self._open[-1]
        language = given.get("lang") or inside.language
        identity = tag + "".join(f".{one}" for one in (given.get("class") or "").split()[:2])
        if tag == "html":
            self.page.language = language
        for name, value in attrs:
            if value and (name in SPOKEN or DATA_WORDS.match(name)):
                self._say(value, language, f"{identity}[{name}]")
        if tag == "input" and given.get("type") in ("submit", "button"):
            self._say(given.get("value") or "", language, identity)
        if tag not in VOID:
            silent = inside.silent or tag in SILENT
            self._open.append(_Open(tag, language, silent, f"{inside.tag} > {identity}"))
        if tag == "script" and given.get("type") == "application/json":
            self._words = [] if "words" in (given.get("id") or "") else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._words is not None:
            for text in json.loads("".join(self._words)).values():
                placeholders = re.sub(r"\{\w+\}", "", text)
                self._say(placeholders, self._open[-1].language, "words of a script")
            self._words = None
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                break

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)
        elif not self._open[-1].silent:
            self._say(data, self._open[-1].language, self._open[-1].identity)

    def _say(self, text: str, language: str, where: str) -> None:
        if text.strip():
            self.page.said.append(Said(" ".join(text.split()), language, where))


def read(html: str) -> Page:
    """Return what a page says."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


def english_in(text: str) -> list[str]:
    """Return the words of a Japanese text that are neither Japanese nor names."""
    return [word for word in _WORD.findall(_NO_WORDS.sub(" ", text)) if word not in NAMES]


def faults_of(html: str) -> list[str]:
    """Return what a Japanese page says in English, and what it says is English but is not."""
    page = read(html)
    faults = [] if page.language == "ja" else [f"the page says it is in {page.language!r}"]
    for said in page.said:
        # what is spoken of an element may name a thing of the course, and has one language
        names_a_thing = said.where.endswith("]") and _JAPANESE.search(said.text)
        if said.language.startswith("ja") and english_in(said.text) and not names_a_thing:
            faults.append(f"English: {said.text!r} in {said.where}")
        if said.language.startswith("en") and _JAPANESE.search(said.text):
            faults.append(f"said to be English: {said.text!r} in {said.where}")
    return faults
