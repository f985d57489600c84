"""Decides whether an SVG file is a picture and nothing more."""

import re

# document types, and so entities, are refused below
from xml.parsers import expat  # nosec B407

MAX_VECTOR_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_ELEMENTS = 20_000
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
ELEMENTS = frozenset(
    {
        *("svg", "g", "defs", "title", "desc", "symbol", "use", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "textPath", "linearGradient", "radialGradient", "stop"),
        *("clipPath", "mask", "pattern", "marker"),
    }
)
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_REFERENCE = re.compile(r"url\(\s*(['\"]?)#[\w-]+\1\s*\)", re.IGNORECASE)
_FETCHES = re.compile(r"url\s*\(|@import|image-set|expression\s*\(|\\|javascript:|data:", re.I)
_LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:px)?\s*")


class PictureRefused(ValueError):
    """The file is not a picture that this site shows; the message says why, as a sentence."""


def check_vector(content: bytes) -> tuple[int, int]:
    """Return the width and height of an SVG (0, 0 if it gives none), or raise PictureRefused.

    Only drawing elements are let in: no script, no foreign objects, no animation, no links,
    no embedded pictures, no event handlers, nothing fetched from elsewhere, no entities.
    """
    if len(content) > MAX_VECTOR_BYTES:
        raise PictureRefused(f"The SVG is larger than {MAX_VECTOR_BYTES // 1000} kB.")
    checker = _Checker()
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.StartDoctypeDeclHandler = checker.doctype
    parser.ProcessingInstructionHandler = checker.instruction
    parser.StartElementHandler = checker.start
    parser.EndElementHandler = checker.end
    parser.CharacterDataHandler = checker.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise PictureRefused(f"The SVG is not well-formed: {broken}.") from broken
    return checker.size


class _Checker:
    """Listens to the parser and refuses the first thing that is not drawing."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.count = 0
        self.size = (0, 0)
        self.style: list[str] = []

    def doctype(self, *_declaration: object) -> None:
        raise PictureRefused("The SVG declares a document type; remove that line.")

    def instruction(self, target: str, _data: str) -> None:
        raise PictureRefused(f"The SVG has a processing instruction, <?{target} ...?>; remove it.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace != SVG or local not in ELEMENTS:
            raise PictureRefused(f"The SVG has an element <{local}>, which is not drawing.")
        if not self.open:
            if local != "svg":
                raise PictureRefused("The file's outermost element is not <svg>.")
            self.size = _size(attributes)
        self.open.append(local)
        self.count += 1
        if len(self.open) > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise PictureRefused("The SVG has too many elements, or nests them too deeply.")
        for key, value in attributes.items():
            _check_attribute(local, key, value)

    def end(self, _name: str) -> None:
        if self.open.pop() == "style":
            _check_style("".join(self.style), "a style sheet")
            self.style = []

    def text(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style.append(data)


def _check_attribute(element: str, key: str, value: str) -> None:
    namespace, _, local = key.rpartition(" ")
    if local == "href" and namespace in ("", XLINK):
        if element not in ("use", "textPath", "linearGradient", "radialGradient", "pattern"):
            raise PictureRefused(f"The SVG has a link on <{element}>.")
        if not value.strip().startswith("#"):
            raise PictureRefused(f"The SVG refers to something outside of it: “{value[:60]}”.")
    elif namespace not in ("", XML) or not _ATTRIBUTE.fullmatch(local):
        raise PictureRefused(f"The SVG has an attribute “{local}”, which is not drawing.")
    elif local.lower().startswith("on"):
        raise PictureRefused(f"The SVG has an event handler, “{local}”.")
    else:
        _check_style(value, f"the attribute “{local}”")


def _check_style(text: str, where: str) -> None:
    rest = _REFERENCE.sub("", text)
    if found := _FETCHES.search(rest):
        raise PictureRefused(
            f"In the SVG, {where} has “{found[0]}”, which may fetch or run things."
        )


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    lengths = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    try:
        if all(lengths):
            width, height = (round(float(length[1])) for length in lengths if length)
            return width, height
        _, _, box_width, box_height = (
            float(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        )
        return round(box_width), round(box_height)
    except ValueError:
        return 0, 0
    except OverflowError as endless:
        raise PictureRefused("The SVG's size is beyond all numbers.") from endless
