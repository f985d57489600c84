"""What the doors of the site say to somebody who answered without an account."""

from typing import Any

from django import template

from courses.web.guests import answers_kept

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_answers(context: dict[str, Any]) -> int:
    """Return how many answers in this browser come with whoever signs in."""
    request = context.get("request")
    return answers_kept(request) if request is not None else 0
