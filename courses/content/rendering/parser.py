"""The one Markdown parser of the site: CommonMark, tables, footnotes, our directives."""

from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from courses.content.rendering.citations import citations_plugin
from courses.content.rendering.directives import MAX_NESTING, directives_plugin
from courses.content.rendering.glossary import link_terms
from courses.content.rendering.html import html_plugin
from courses.content.rendering.text import plain_text

Env = MutableMapping[str, Any]
# pairing costs the square of their number; prose has a few in a paragraph
MAX_QUOTES = 500
_ALIGNMENT = {"text-align:right": "align-right", "text-align:center": "align-center"}


@cache
def parser() -> MarkdownIt:
    """Return the parser; it keeps no state between texts, so one serves all threads."""
    md = MarkdownIt("commonmark", {"html": False, "typographer": True, "maxNesting": MAX_NESTING})
    md.enable(["table", "replacements", "smartquotes"])
    # pictures come by `::: figure`: with a caption, a text alternative, and from this course
    md.disable(["image", "html_block", "html_inline"])
    md.core.ruler.at("smartquotes", _smart_quotes)
    md.use(footnote_plugin)
    md.use(directives_plugin)
    md.use(citations_plugin)
    md.use(html_plugin)
    return md


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """Return plain `text` with the quotes and dashes of print; nothing in it is markup."""
    return plain_text(_typesetter().parseInline(text, {})[0])


@cache
def _typesetter() -> MarkdownIt:
    md = MarkdownIt("zero", {"typographer": True})
    md.enable(["replacements", "smartquotes"])
    md.core.ruler.at("smartquotes", _smart_quotes)
    return md


def parse(body: str, env: Env) -> list[Token]:
    """Return the tokens of a lesson's body, headings fitted below the page's own title."""
    tokens = parser().parse(body, env)
    _fit_headings(tokens, env)
    link_terms(tokens, env)
    for token in tokens:
        style = token.attrs.pop("style", None)
        if isinstance(style, str) and style in _ALIGNMENT:
            token.attrSet("class", _ALIGNMENT[style])
        if token.type == "th_open":
            token.attrSet("scope", "col")
    return tokens


def _smart_quotes(state: StateCore) -> None:
    """Pair straight quotes, but for paragraphs with more of them than anybody writes."""
    for token in state.tokens:
        quotes = token.content.count('"') + token.content.count("'")
        if token.type == "inline" and token.children and 0 < quotes <= MAX_QUOTES:
            process_inlines(token.children, state)


def _fit_headings(tokens: Sequence[Token], env: Env) -> None:
    """Give headings ids, and make those of the first level (the page's title) the second."""
    seen: dict[str, int] = {}
    headings = env.setdefault("headings", [])
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = max(2, int(token.tag[1]))
            token.tag = tokens[index + 2].tag = f"h{level}"
            title = plain_text(tokens[index + 1])
            name = slugify(title, allow_unicode=True) or "part"
            seen[name] = seen.get(name, 0) + 1
            anchor = f"part-{name}" if seen[name] == 1 else f"part-{name}-{seen[name]}"
            token.attrSet("id", anchor)
            if token.level == 0 or token.meta.get("section"):
                headings.append((level, title, anchor))
