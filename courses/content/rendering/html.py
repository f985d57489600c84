"""How our own tokens become HTML. Everything here is escaped, and sanitised afterwards."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from courses.content.dates import time_html
from courses.content.rendering.drawing import chart_picture, chart_table
from courses.content.rendering.text import plain_text

Env = dict[str, Any]


def html_plugin(md: MarkdownIt) -> None:
    """Give `md` the render rules of citations, directives and footnotes."""
    for name, rule in _RULES.items():
        md.add_render_rule(name, rule)


def _citation(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return _cites(tokens[index].meta["keys"], env)


def _cites(keys: Sequence[str], env: Env) -> SafeString:
    """Return the references to claims: numbered on from those before them, or by their keys.

    A lesson has one list of notes, so its references count; the texts of a question stand
    beside those of others, where a second 1 would point elsewhere.
    """
    known = env.get("claim_urls", {})
    parts = []
    for key in keys:
        if key not in known:
            parts.append(format_html('<span class="cite-unknown">[{}]</span>', key))
            continue
        if env.get("cites_by_key"):
            parts.append(format_html('<a class="cite" href="{}">{}</a>', known[key], key))
            continue
        numbers = env.setdefault("citations", {})
        number = numbers.setdefault(key, len(numbers) + 1)
        label = _("Reference %(number)d: claim %(key)s") % {"number": number, "key": key}
        parts.append(
            format_html(
                '<a class="cite" href="{}" data-claim="{}" aria-label="{}">{}</a>',
                *(known[key], key, label, number),
            )
        )
    return format_html('<sup class="cites">{}</sup>', format_html_join(", ", "{}", zip(parts)))


def _nothing(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return ""


def _figure_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    meta = tokens[index].meta
    picture = env.get("pictures", {}).get(meta["name"])
    if picture is None:
        return format_html('<figure class="figure"><p>{}</p><figcaption>', meta["alt"])
    size = ""
    if picture.width and picture.height:
        size = format_html(' width="{}" height="{}"', picture.width, picture.height)
    return format_html(
        '<figure class="figure"><img src="{}" alt="{}"{} loading="lazy" decoding="async">'
        "<figcaption>",
        *(picture.url, meta["alt"], size),
    )


def _figure_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</figcaption></figure>\n"


def _timeline_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    title = tokens[index].meta["title"] or _("Timeline")
    return format_html('<ol class="timeline" aria-label="{}">\n', title)


def _timeline_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</ol>\n"


def _entry_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    when = time_html(tokens[index].meta["date"])
    return format_html('<li><span class="when">{}</span><div class="entry-text">', when)


def _entry_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</div></li>\n"


def _quote_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return '<figure class="quote"><blockquote>\n'


def _quote_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    meta = tokens[index].meta
    where = format_html(', <span class="where">{}</span>', meta["where"]) if meta["where"] else ""
    return format_html(
        '</blockquote><figcaption><span class="speaker">{}</span>{}</figcaption></figure>\n',
        *(meta["speaker"], where),
    )


def _note_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    title = tokens[index].meta["title"] or _("Note")
    return _callout("note", title)


def _analysis_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return _callout("analysis", tokens[index].meta["title"] or _("What the analysis argues"))


def _callout(name: str, title: str) -> str:
    return format_html(
        '<div class="{0}" role="note" aria-label="{1}"><p class="callout-title">{1}</p>\n',
        *(name, title),
    )


def _callout_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</div>\n"


def _table_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return format_html(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>\n',
        _("Table"),
    )


def _table_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</table></div>\n"


def _footnote_caption(
    self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env
) -> str:
    """Return a letter: numbers are the citations'."""
    number, letters = int(tokens[index].meta["id"]), ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _footnotes_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return format_html(
        '<section class="footnotes" aria-label="{}">\n<ol class="footnotes-list">\n',
        _("Footnotes"),
    )


def _footnote_anchor(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    meta = tokens[index].meta
    again = f":{meta['subId']}" if meta["subId"] > 0 else ""
    return format_html(
        ' <a href="#fnref{}{}" class="footnote-backref" aria-label="{}">↩︎</a>',
        *(meta["id"] + 1, again, _("Back to the text")),
    )


def _prompt_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return format_html(
        '<details class="prompt"><summary><span class="prompt-kicker">{}</span>\n'
        '<span class="prompt-question">',
        _("Think for yourself, then open to compare"),
    )


def _prompt_answer(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return '</span></summary>\n<div class="prompt-answer">\n'


def _prompt_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</div></details>\n"


def _summary_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return '<section class="lesson-summary">\n'


def _limits_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return '<section class="lesson-limits">\n'


def _section_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return "</section>\n"


def _chart_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return format_html(
        '<figure class="chart-figure"><figcaption><span class="chart-title">{}</span>\n'
        '<span class="chart-message">',
        tokens[index].meta["chart"].title,
    )


def _chart_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    """Return the picture and the table, below the message that stands before this token."""
    chart = tokens[index].meta["chart"]
    message = tokens[index - 1]
    said = {
        key
        for child in message.children or ()
        if child.type == "citation"
        for key in child.meta["keys"]
    }
    unsaid = [key for key in chart.claims if key not in said]
    cites = {place: _cites(row.claims, env) for place, row in enumerate(chart.rows) if row.claims}
    return format_html(
        "{}</span></figcaption>\n{}{}</figure>\n",
        _cites(unsaid, env) if unsaid else "",
        chart_picture(chart, plain_text(message)),
        chart_table(chart, cites),
    )


def _code(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Env) -> str:
    return f"<pre><code>{escape(tokens[index].content)}</code></pre>\n"


_RULES = {
    "citation": _citation,
    "question": _nothing,
    "figure_open": _figure_open,
    "figure_close": _figure_close,
    "timeline_open": _timeline_open,
    "timeline_close": _timeline_close,
    "entry_open": _entry_open,
    "entry_close": _entry_close,
    "quote_open": _quote_open,
    "quote_close": _quote_close,
    "note_open": _note_open,
    "note_close": _callout_close,
    "analysis_open": _analysis_open,
    "analysis_close": _callout_close,
    "prompt_open": _prompt_open,
    "prompt_answer": _prompt_answer,
    "prompt_close": _prompt_close,
    "summary_open": _summary_open,
    "summary_close": _section_close,
    "limits_open": _limits_open,
    "limits_close": _section_close,
    "chart_open": _chart_open,
    "chart_close": _chart_close,
    "table_open": _table_open,
    "table_close": _table_close,
    "fence": _code,
    "code_block": _code,
    "footnote_caption": _footnote_caption,
    "footnote_block_open": _footnotes_open,
    "footnote_anchor": _footnote_anchor,
}
