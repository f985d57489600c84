"""The block directives of lessons, `::: name arguments` to `:::`, as markdown-it tokens."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.utils import is_code_block

from courses.content.rendering import wording
from courses.content.rendering.charts import read_chart
from courses.content.rendering.citations import cited_keys
from courses.content.rendering.problems import note_problem
from courses.content.rendering.text import plain_text

# the rest is stripped afterwards: a pattern that left out blanks at the end would try each of them
OPENING = re.compile(r":{3,}[ \t]*([A-Za-z][\w-]*)(?:[ \t]+(.*))?")
CLOSING = re.compile(r":{3,}[ \t]*")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_ENTRY = re.compile(r"-[ \t]+(.*)")
_ALT = re.compile(r"alt:[ \t]*(.*)")
# set by the tokenizer on every open block: a lesson that nests deeper is cut and reported
MAX_NESTING = 20
MOST_CHARTS = 12
# More than these is a test, and no warming up.
MOST_BEFORE = 5


def directives_plugin(md: MarkdownIt) -> None:
    """Teach `md` the directives of lessons."""
    md.block.ruler.before(
        "fence",
        "directive",
        _directive,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if is_code_block(state, start) or not _line(state, start).startswith(":::"):
        return False
    match = OPENING.fullmatch(_line(state, start))
    handler = _HANDLERS.get(match[1]) if match else None
    if match is None or handler is None:
        return False
    if silent:
        return True
    closing = _closing_line(state, start, end)
    last = closing if closing is not None else end
    state.env.setdefault("directive_lines", set()).update({start, last})
    if closing is None:
        note_problem(state.env, start, wording.unclosed(match[1]))
    old_parent, old_line_max = state.parentType, state.lineMax
    # keeps lazy continuation lines from reaching past our end
    state.parentType, state.lineMax = "container", last
    handler(state, start, last, (match[2] or "").strip())
    state.parentType, state.lineMax = old_parent, old_line_max
    state.line = last + (1 if closing is not None else 0)
    return True


def _closing_line(state: StateBlock, start: int, end: int) -> int | None:
    """Return the line that closes the block opened at `start`; inner blocks close first."""
    depth, fence = 1, ""
    for number in range(start + 1, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return None
        if opened := _FENCE.match(line):
            if not fence:
                fence = opened[1]
            elif opened[1].startswith(fence) and not line[opened.end() :].strip():
                fence = ""
        elif fence:
            continue
        elif OPENING.fullmatch(line):
            depth += 1
        elif CLOSING.fullmatch(line):
            depth -= 1
            if not depth:
                return number
    return None


def _content(state: StateBlock, start: int, end: int) -> list[tuple[int, str]]:
    """Return the block's lines that are not blank, with their numbers."""
    lines = ((number, _line(state, number).strip()) for number in range(start + 1, end))
    return [(number, line) for number, line in lines if line]


def _push(state: StateBlock, kind: str, nesting: int, start: int, end: int, **meta: Any) -> None:
    token = state.push(kind, "", 1 if nesting > 0 else -1 if nesting < 0 else 0)
    token.block, token.map, token.meta = True, [start, end], meta


def _push_inline(state: StateBlock, text: str, start: int, end: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, [start, end], []


def _question(state: StateBlock, start: int, end: int, arguments: str) -> None:
    if not arguments or " " in arguments:
        note_problem(state.env, start, wording.QUESTION_NEEDS_SLUG)
    for number, _text in _content(state, start, end):
        note_problem(state.env, number, wording.QUESTION_HAS_CONTENT)
    if state.level:
        note_problem(state.env, start, wording.QUESTION_NESTED)
        return
    _push(state, "question", 0, start, end, slug=arguments)


def _before(state: StateBlock, start: int, end: int, arguments: str) -> None:
    """A question like those of the prose, but asked before there is any: the pretest."""
    if any(not token.meta.get("before") for token in state.tokens):
        note_problem(state.env, start, wording.BEFORE_FIRST)
    if len(state.tokens) >= MOST_BEFORE:
        note_problem(state.env, start, wording.BEFORE_MANY)
    _question(state, start, end, arguments)
    if state.tokens and state.tokens[-1].type == "question":
        state.tokens[-1].meta["before"] = True


def _figure(state: StateBlock, start: int, end: int, arguments: str) -> None:
    caption: list[str] = []
    alt: list[str] = []
    caption_line = start
    for number, text in _content(state, start, end):
        if match := _ALT.fullmatch(text):
            alt.append(match[1])
        elif alt:
            alt.append(text)
        else:
            caption_line = caption_line if caption else number
            caption.append(text)
    if not arguments:
        note_problem(state.env, start, wording.FIGURE_NEEDS_NAME)
    if not "".join(alt).strip():
        note_problem(state.env, start, wording.FIGURE_NEEDS_ALT)
    _push(state, "figure_open", 1, start, end, name=arguments, alt=" ".join(alt).strip())
    if caption:
        _push_inline(state, "\n".join(caption), caption_line, caption_line + len(caption))
    _push(state, "figure_close", -1, start, end)


def _timeline(state: StateBlock, start: int, end: int, arguments: str) -> None:
    entries: list[tuple[int, str, list[str]]] = []
    for number, text in _content(state, start, end):
        if match := _ENTRY.fullmatch(text):
            date, bar, what = match[1].partition("|")
            if not bar or not what.strip():
                note_problem(state.env, number, wording.ENTRY_NEEDS_BAR)
            entries.append((number, date.strip(), [what.strip()]))
        elif entries:
            entries[-1][2].append(text)
        else:
            note_problem(state.env, number, wording.ENTRY_NEEDS_DASH)
    if not entries:
        note_problem(state.env, start, wording.TIMELINE_EMPTY)
    _push(state, "timeline_open", 1, start, end, title=arguments)
    for number, date, lines in entries:
        _push(state, "entry_open", 1, number, number + len(lines), date=date)
        _push_inline(state, "\n".join(lines), number, number + len(lines))
        _push(state, "entry_close", -1, number, number + len(lines))
    _push(state, "timeline_close", -1, start, end)


def _quote(state: StateBlock, start: int, end: int, arguments: str) -> None:
    speaker, _bar, where = arguments.partition("|")
    if not speaker.strip():
        note_problem(state.env, start, wording.QUOTE_NEEDS_SPEAKER)
    if not _content(state, start, end):
        note_problem(state.env, start, wording.empty("quote"))
    _push(state, "quote_open", 1, start, end)
    state.md.block.tokenize(state, start + 1, end)
    _push(state, "quote_close", -1, start, end, speaker=speaker.strip(), where=where.strip())


def _callout(name: str) -> Callable[[StateBlock, int, int, str], None]:
    def handler(state: StateBlock, start: int, end: int, arguments: str) -> None:
        if not _content(state, start, end):
            note_problem(state.env, start, wording.empty(name))
        _push(state, f"{name}_open", 1, start, end, title=arguments)
        state.md.block.tokenize(state, start + 1, end)
        _push(state, f"{name}_close", -1, start, end)

    return handler


def _prompt(state: StateBlock, start: int, end: int, arguments: str) -> None:
    if not arguments:
        note_problem(state.env, start, wording.PROMPT_NEEDS_QUESTION)
    if cited_keys(arguments):
        note_problem(state.env, start, wording.PROMPT_CITES)
    if not _content(state, start, end):
        note_problem(state.env, start, wording.empty("prompt"))
    _push(state, "prompt_open", 1, start, end)
    _push_inline(state, arguments, start, start + 1)
    _push(state, "prompt_answer", 0, start, end)
    state.md.block.tokenize(state, start + 1, end)
    _push(state, "prompt_close", -1, start, end)


def _section(name: str, title: Any) -> Callable[[StateBlock, int, int, str], None]:
    """A part of the lesson with a heading of its own: the words given, or `title`."""

    def handler(state: StateBlock, start: int, end: int, arguments: str) -> None:
        if state.level:
            note_problem(state.env, start, wording.SECTION_NESTED)
        if any(token.type == f"{name}_open" for token in state.tokens):
            note_problem(state.env, start, wording.SECTION_TWICE)
        if not _content(state, start, end):
            note_problem(state.env, start, wording.empty(name))
        top = not state.level
        _push(state, f"{name}_open", 1, start, end)
        _push(state, "heading_open", 1, start, start + 1, section=top)
        state.tokens[-1].tag = "h2"
        _push_inline(state, arguments or str(title), start, start + 1)
        _push(state, "heading_close", -1, start, start + 1)
        state.tokens[-1].tag = "h2"
        state.md.block.tokenize(state, start + 1, end)
        _push(state, f"{name}_close", -1, start, end)

    return handler


def _chart(state: StateBlock, start: int, end: int, arguments: str) -> None:
    chart, noted = read_chart(arguments, _content(state, start, end), start)
    for number, sentence in noted:
        note_problem(state.env, number, sentence)
    state.env["charts"] = state.env.get("charts", 0) + 1
    if state.env["charts"] > MOST_CHARTS:
        note_problem(state.env, start, wording.too_many_charts(MOST_CHARTS))
        return
    rows = tuple(replace(row, label=_typeset(state, row.label)) for row in chart.rows)
    chart = replace(chart, title=_typeset(state, chart.title), rows=rows)
    _push(state, "chart_open", 1, start, end, chart=chart)
    _push_inline(state, chart.message, chart.message_line, end)
    _push(state, "chart_close", -1, start, end, chart=chart)


def _typeset(state: StateBlock, text: str) -> str:
    """Return `text` as plain words with typographic quotes: it is drawn, not marked up."""
    return plain_text(state.md.parseInline(text, {})[0])


_HANDLERS: dict[str, Callable[[StateBlock, int, int, str], None]] = {
    "question": _question,
    "figure": _figure,
    "timeline": _timeline,
    "quote": _quote,
    "note": _callout("note"),
    "analysis": _callout("analysis"),
    "before": _before,
    "prompt": _prompt,
    "summary": _section("summary", gettext_lazy("In short")),
    "limits": _section("limits", gettext_lazy("What these sources cannot tell us")),
    "chart": _chart,
}
NAMES = tuple(_HANDLERS)
