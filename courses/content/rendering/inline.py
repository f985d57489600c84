"""Renders single lines of Markdown: stems, options, explanations, claims."""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses.content.links import claim_url
from courses.content.rendering.citations import KEY
from courses.content.rendering.glossary import link_terms
from courses.content.rendering.parser import parser
from courses.content.rendering.sanitising import sanitise


def render_inline(text: str, *, course_slug: str = "") -> SafeString:
    """Return `text` with emphasis, code, links and citations as sanitised HTML, no paragraphs.

    Citations link to the claims of the course if `course_slug` names one; without it
    they stay as they are written.
    """
    return _render_inline(text, course_slug, get_language() or "")


@lru_cache(maxsize=4096)
def _render_inline(text: str, course_slug: str, language: str) -> SafeString:
    env: dict[str, Any] = {}
    if course_slug:
        env["claim_urls"] = {key: claim_url(course_slug, key) for key in KEY.findall(text)}
    tokens = parser().parseInline(text, env)
    # the glossary is linked from lessons; here its words are words
    link_terms(tokens, env)
    html = sanitise(parser().renderer.render(tokens, parser().options, env)).strip()
    # safe because it was sanitised on the line above
    return SafeString(html)  # nosec B703
