"""What the templates of question types need: their HTML as it is, numbers, parts of a mark."""

from html import unescape
from typing import Any

from django import template
from django.utils.dates import MONTHS
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from courses.assessment.domain.maps import sheet
from courses.content.domain.partial_dates import NotADate, parse_partial

register = template.Library()


@register.filter
def rendered(html: str) -> SafeString:
    """Return HTML that `content.rendering` made and sanitised, to stand as it is.

    Question views are JSON-safe, so their HTML arrives here as plain text.
    """
    return SafeString(html)  # nosec B703


@register.filter
def as_text(html: str) -> str:
    """Return the bare text of such HTML, for attributes and for lists of choices."""
    return unescape(strip_tags(html))


@register.filter
def question_template(view: dict[str, Any]) -> str:
    """Return the template that shows the inputs of this question's type."""
    return f"types/{view['type']}/question.html"


@register.filter
def tells_spelling(feedback: dict[str, Any]) -> bool:
    """Say whether an answer was nearly right and is told how that is written."""
    return any(part["reason"] == "spelling" for part in feedback.get("parts", []))


@register.filter
def numbered(items: list[Any]) -> range:
    """Return 1 to the number of items."""
    return range(1, len(items) + 1)


@register.filter
def part_of(feedback: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    """Return the part of the feedback that is about one option or item."""
    parts = feedback.get("parts", []) if feedback else []
    return next((part for part in parts if part["part"] == name), None)


@register.filter
def is_right(feedback: dict[str, Any] | None, name: str) -> bool:
    """Tell whether the part of the form of this name belongs to the right answer."""
    return bool(feedback) and name in (feedback or {}).get("solution", {}).get("keys", ())


@register.filter
def in_given_order(items: list[dict[str, Any]], order: list[str] | None) -> list[dict[str, Any]]:
    """Return the items that an answer put into an order, in that order."""
    by_id = {item["id"]: item for item in items}
    return [by_id[name] for name in order or () if name in by_id]


@register.filter
def at(mapping: dict[str, Any] | None, key: object) -> Any:
    """Return `mapping[key]`, "" where there is no such thing."""
    return mapping.get(str(key), "") if isinstance(mapping, dict) else ""


@register.filter
def missed(feedback: dict[str, Any] | None, name: str) -> bool:
    """Tell whether a part of the answer, of which the feedback speaks, was not all right."""
    part = part_of(feedback, name)
    return part is not None and part["credit"] < 1


@register.simple_tag
def months() -> list[tuple[str, str]]:
    """Return the number and the name of every month."""
    return [(str(number), str(name)) for number, name in MONTHS.items()]


@register.filter
def date_parts(given: Any) -> dict[str, str]:
    """Return the fields of a date, kept as ISO 8601 or as its form had sent it."""
    if isinstance(given, dict):
        return {key: str(given.get(key) or "") for key in ("year", "month", "day")}
    try:
        moment = parse_partial(str(given or ""))
    except NotADate:
        return {}
    return {key: str(getattr(moment, key) or "") for key in ("year", "month", "day")}


@register.filter
def drawn_map(name: str) -> dict[str, str]:
    """Return the drawing of a map: its SVG path and view box."""
    drawn = sheet(name)
    return {"view_box": f"0 0 {drawn.width} {drawn.height}", "land": drawn.land}


@register.filter
def place_of(order: Any, name: str) -> int | None:
    """Return the place, from 1, of an item in an order: a list, or places by name."""
    if isinstance(order, dict):
        text = str(order.get(name, ""))
        return int(text) if text.isdecimal() else None
    if isinstance(order, list) and name in order:
        return order.index(name) + 1
    return None
