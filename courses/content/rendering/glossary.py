"""Links of the prose to the course's glossary, `[words](glossary:slug)`."""

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from markdown_it.token import Token

SCHEME = "glossary:"
# stops at the next bracket: a flood of openings is read once, not once for each of them
_LINK = re.compile(r"\]\(glossary:([^()\s]*)\)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def term_of(link: Token) -> str | None:
    """Return the slug of the entry that an opening link leads to; None if it leads elsewhere."""
    href = link.attrs.get("href") if link.type == "link_open" else None
    if not isinstance(href, str) or not href.lower().startswith(SCHEME):
        return None
    return href[len(SCHEME) :]


def terms_in(tokens: Iterable[Token]) -> list[str]:
    """Return the slugs that tokens link to, in order, each once."""
    return list(dict.fromkeys(slug for token in tokens if (slug := term_of(token))))


def link_terms(tokens: Sequence[Token], env: MutableMapping[str, Any]) -> None:
    """Give links to the glossary their addresses; words whose entry is gone stay words."""
    addresses: Mapping[str, str] = env.get("term_urls", {})
    for token in tokens:
        if any(term_of(child) is not None for child in token.children or ()):
            token.children = _linked(token.children or [], addresses)


def _linked(children: list[Token], addresses: Mapping[str, str]) -> list[Token]:
    kept = []
    gone = False
    for child in children:
        if child.type == "link_open":
            slug = term_of(child)
            gone = slug is not None and slug not in addresses
            if slug is not None and not gone:
                child.attrs = {"class": "term", "href": addresses[slug], "data-term": slug}
        # links do not nest: the next closing is this one's
        if not (gone and child.type in ("link_open", "link_close")):
            kept.append(child)
    return kept


def linked_terms(text: str) -> list[str]:
    """Return the slugs that a line of Markdown links to, in order, each once."""
    return list(dict.fromkeys(_LINK.findall(text)))
