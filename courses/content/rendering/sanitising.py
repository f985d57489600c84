"""The second lock: whatever the renderer wrote, only these tags and attributes leave it."""

import re

import nh3

_CLASSES = {
    "a": {"cite", "footnote-backref", "term"},
    "circle": {"dot"},
    "details": {"chart-table", "prompt"},
    "div": {
        *("note", "analysis", "table-scroll", "entry-text", "prompt-answer"),
        *("chart", "chart-bars", "chart-dots", "chart-row"),
    },
    "figure": {"figure", "quote", "chart-figure"},
    "li": {"footnote-item"},
    "ol": {"timeline", "footnotes-list"},
    "p": {"callout-title", "chart-unit"},
    "rect": {"bar", "track"},
    "section": {"footnotes", "lesson-summary", "lesson-limits"},
    "span": {
        *("cite-unknown", "speaker", "where", "when", "prompt-kicker", "prompt-question"),
        *("chart-title", "chart-message", "label", "value"),
    },
    "svg": {"chart-line"},
    "sup": {"cites", "footnote-ref"},
    "td": {"align-right", "align-center"},
    "th": {"align-right", "align-center"},
}
_TAGS = {
    *_CLASSES,
    *(
        "blockquote",
        "br",
        "figcaption",
        "code",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "pre",
        "s",
    ),
    *("strong", "table", "summary", "tbody", "thead", "time", "tr", "ul"),
}
_ATTRIBUTES = {
    "a": {"href", "id", "title", "data-claim", "data-term", "aria-label"},
    "circle": {"cx", "cy", "r"},
    "div": {"aria-label"},
    "img": {"src", "alt", "width", "height"},
    "li": {"id"},
    "ol": {"start", "aria-label"},
    "rect": {"width", "height"},
    "section": {"aria-label"},
    "svg": {"width", "height", "viewBox"},
    "time": {"datetime"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_GEOMETRY = re.compile(r"[0-9]{1,5}(\.[0-9]+)?%?|0 0 [0-9]{1,5} [0-9]{1,5}")
_ADDRESSES = ("/", "#", "https://", "http://", "mailto:")


def _address(tag: str, attribute: str, value: str) -> str | None:
    """Let links lead anywhere, pictures come from this site, and drawings be measured only."""
    if tag == "img" and attribute == "src":
        return value if value.startswith("/") and not value.startswith(("//", "/\\")) else None
    if tag in ("svg", "rect", "circle") and attribute not in ("class", "aria-hidden"):
        return value if _GEOMETRY.fullmatch(value) else None
    if attribute == "href":
        return value if value.lower().startswith(_ADDRESSES) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    tag_attribute_values={
        "div": {"role": {"note", "region", "img"}, "tabindex": {"0"}},
        "img": {"loading": {"lazy"}, "decoding": {"async"}},
        "svg": {"aria-hidden": {"true"}},
        "th": {"scope": {"col", "row"}},
    },
    attribute_filter=_address,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


def sanitise(html: str) -> str:
    """Return `html` with everything removed that a lesson has no use for."""
    return _CLEANER.clean(html)
