"""The second lock: whatever the renderer wrote, only these tags and attributes leave it."""

import nh3

_CLASSES = {
    "a": {"cite", "footnote-backref"},
    "div": {"note", "analysis", "table-scroll", "entry-text"},
    "figure": {"figure", "quote"},
    "li": {"footnote-item"},
    "ol": {"timeline", "footnotes-list"},
    "p": {"callout-title"},
    "section": {"footnotes"},
    "span": {"cite-unknown", "speaker", "where", "when"},
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
    *("strong", "table", "tbody", "thead", "time", "tr", "ul"),
}
_ATTRIBUTES = {
    "a": {"href", "id", "title", "data-claim", "aria-label"},
    "div": {"aria-label"},
    "img": {"src", "alt", "width", "height"},
    "li": {"id"},
    "ol": {"start", "aria-label"},
    "section": {"aria-label"},
    "time": {"datetime"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_ADDRESSES = ("/", "#", "https://", "http://", "mailto:")


def _address(tag: str, attribute: str, value: str) -> str | None:
    """Let links lead anywhere on the web, and pictures come from this site only."""
    if tag == "img" and attribute == "src":
        return value if value.startswith("/") and not value.startswith(("//", "/\\")) else None
    if attribute == "href":
        return value if value.lower().startswith(_ADDRESSES) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    tag_attribute_values={
        "div": {"role": {"note", "region"}, "tabindex": {"0"}},
        "img": {"loading": {"lazy"}, "decoding": {"async"}},
        "th": {"scope": {"col"}},
    },
    attribute_filter=_address,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


def sanitise(html: str) -> str:
    """Return `html` with everything removed that a lesson has no use for."""
    return _CLEANER.clean(html)
