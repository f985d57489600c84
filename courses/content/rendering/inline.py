"""Renders single lines of Markdown: stems, options, explanations, claims."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from courses.content.links import claim_url, glossary_url
from courses.content.rendering.citations import KEY
from courses.content.rendering.glossary import SLUG, link_terms, terms_in
from courses.content.rendering.parser import parser
from courses.content.rendering.sanitising import sanitise
from courses.content.rendering.text import all_tokens


def spoken_language(language: str) -> str:
    """Return `language` if the site speaks it, else the active one."""
    return language if language in dict(settings.LANGUAGES) else get_language() or ""


def render_inline(text: str, *, course_slug: str = "", language: str = "") -> SafeString:
    """Return `text` with emphasis, code, links and citations as sanitised HTML, no paragraphs.

    If `course_slug` names a course, citations show their keys and link to its claims, and words
    to its glossary; without it they stay as they are written. `language` is that of the text, in
    which links to the glossary are named.
    """
    return _render_inline(text, course_slug, spoken_language(language))


@lru_cache(maxsize=4096)
def _render_inline(text: str, course_slug: str, language: str) -> SafeString:
    env: dict[str, Any] = {"cites_by_key": True}
    if course_slug:
        env["claim_urls"] = {key: claim_url(course_slug, key) for key in KEY.findall(text)}
    tokens = parser().parseInline(text, env)
    if course_slug:
        env["term_urls"] = {
            slug: glossary_url(course_slug, slug)
            for slug in terms_in(all_tokens(tokens))
            if SLUG.fullmatch(slug)
        }
    link_terms(tokens, env)
    with override(language):
        html = sanitise(parser().renderer.render(tokens, parser().options, env)).strip()
    # safe because it was sanitised on the line above
    return SafeString(html)  # nosec B703
