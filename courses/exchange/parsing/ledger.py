"""Reads sources.yaml and claims.yaml."""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from courses.content.domain.drafts import ClaimDraft, SourceDraft
from courses.content.models import ClaimRevision
from courses.content.rendering.citations import KEY
from courses.exchange.domain.fields import Record
from courses.exchange.parsing.files import Reading

SOURCE_KEYS = (*("key", "title", "kind", "document", "url", "written", "written_note", "thesis"),)
CLAIM_KEYS = (
    *("key", "source", "topic", "kind", "date", "as_of", "attributed", "people", "figures"),
    *("quote", "statement"),
)
_SOURCE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def read_sources(reading: Reading) -> list[SourceDraft]:
    """Return the sources; mistakes are kept in `reading`."""
    sources = []
    seen: dict[str, int] = {}
    for record in reading.records("sources.yaml", "a source"):
        record.only(SOURCE_KEYS)
        key = record.text("key", longest=40, required=True)
        if key and not _SOURCE_KEY.fullmatch(key):
            record.add(record.line_of("key"), "A source's key is a short word, like S1.")
        _once(record, key, seen)
        sources.append(
            SourceDraft(
                key=key,
                title=record.text("title", longest=300, required=True),
                kind=record.text("kind", longest=100, required=True),
                document=record.text("document", longest=300),
                url=_url(record),
                written=record.partial_date("written", required=True),
                written_note=record.text("written_note"),
                thesis=record.text("thesis"),
            )
        )
    return sources


def read_claims(
    reading: Reading, *, sources: Collection[str], topics: Collection[str]
) -> list[ClaimDraft]:
    """Return the claims; mistakes are kept in `reading`."""
    claims = []
    seen: dict[str, int] = {}
    for record in reading.records("claims.yaml", "a claim"):
        record.only(CLAIM_KEYS)
        key = record.text("key", longest=40, required=True)
        if key and not KEY.fullmatch(key):
            record.add(
                record.line_of("key"),
                "A claim's key is capital letters, a hyphen and a number, like JR-013.",
            )
        _once(record, key, seen)
        claims.append(
            ClaimDraft(
                key=key,
                source=record.one_of("source", sources, "source", required=True),
                topic=record.one_of("topic", topics, "topic", required=True),
                kind=record.choice("kind", ClaimRevision.Kind.values),
                date=record.partial_date("date", required=False, period=True),
                as_of=record.partial_date("as_of", required=True),
                attributed=record.text("attributed", longest=200),
                people=record.texts("people", longest=200),
                figures=_figures(record),
                quote=record.text("quote", longest=2000),
                statement=record.text("statement", longest=2000, required=True),
            )
        )
    return claims


def _figures(claim: Record) -> list[dict[str, Any]]:
    figures = []
    for record in claim.records("figures", "a figure"):
        record.only(("value", "unit", "what", "approx"))
        figure: dict[str, Any] = {
            "value": record.number("value"),
            "unit": record.text("unit", longest=100, required=True),
            "what": record.text("what", longest=300, required=True),
        }
        if record.flag("approx"):
            figure["approx"] = True
        figures.append(figure)
    return figures


def _url(record: Record) -> str:
    url = record.text("url", longest=2000)
    if url and not _is_address(url):
        record.add(record.line_of("url"), "“url” is an address that begins with https://")
    return url


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # an unclosed [, or characters that NFKC turns into a /
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _once(record: Record, key: str, seen: dict[str, int]) -> None:
    if key in seen:
        record.add(record.line, f"“{key}” is there twice; first on line {seen[key]}.")
    elif key:
        seen[key] = record.line
