"""Reads a chart as it is written in a lesson: a unit, rows of a label and a number, a message."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from courses.content.rendering import wording
from courses.content.rendering.citations import cited_keys, without_citations

STYLES = ("bars", "dots")
MOST_ROWS = 24
MOST_DOTS = 200
MOST_DOTS_TOGETHER = 600
PERCENT = ("percent", "per cent", "%")
_FIELD = re.compile(r"(unit|style|message):[ \t]*(.*)")
_ROW = re.compile(r"-[ \t]+(.*)")
_VALUE = re.compile(r"(about[ \t]+)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class ChartRow:
    """One number of a chart; `line` counts from 0, as tokens do, `claims` are keys."""

    label: str
    value: Decimal
    approx: bool
    claims: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Chart:
    """A chart as written. `message` is Markdown and begins at `message_line`."""

    title: str
    unit: str
    style: str
    rows: tuple[ChartRow, ...]
    message: str
    message_line: int

    @property
    def is_percent(self) -> bool:
        return self.unit.lower() in PERCENT

    @property
    def claims(self) -> tuple[str, ...]:
        """The keys of all claims its rows cite, each once."""
        return tuple(dict.fromkeys(key for row in self.rows for key in row.claims))

    @property
    def full(self) -> Decimal:
        """The number that a bar of full length stands for."""
        if self.is_percent:
            return Decimal(100)
        return max((row.value for row in self.rows), default=Decimal(1)) or Decimal(1)


Noted = list[tuple[int, object]]


def read_chart(title: str, lines: list[tuple[int, str]], start: int) -> tuple[Chart, Noted]:
    """Return the chart that `lines` (numbered, none blank) tell of, and its mistakes by line.

    `start` is the line that opened the block. What is too much to draw is left out.
    """
    noted: Noted = []
    fields: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    rows: list[tuple[int, list[str]]] = []
    current: list[str] | None = None
    for number, text in lines:
        if match := _FIELD.fullmatch(text):
            if match[1] in fields:
                noted.append((number, wording.chart_line_twice(match[1])))
            current = fields[match[1]] = [match[2]]
            places[match[1]] = number
        elif match := _ROW.fullmatch(text):
            current = [match[1]]
            rows.append((number, current))
        elif current is None:
            noted.append((number, wording.CHART_LINE))
        else:
            current.append(text)
    said = {name: " ".join(words).strip() for name, words in fields.items()}
    chart = Chart(
        title=title,
        unit=said.get("unit", ""),
        style=said.get("style") or STYLES[0],
        rows=tuple(_rows(rows, noted)),
        message=said.get("message", ""),
        message_line=places.get("message", start),
    )
    noted += _lacks(chart, start, places)
    return _drawable(chart, start, noted), noted


def _rows(written: Iterable[tuple[int, list[str]]], noted: Noted) -> Iterator[ChartRow]:
    for number, words in written:
        label, bar, said = " ".join(words).partition("|")
        if not bar or not label.strip():
            noted.append((number, wording.CHART_ROW_NEEDS_BAR))
            continue
        match = _VALUE.fullmatch(without_citations(said).strip())
        if not match:
            noted.append((number, wording.chart_value(without_citations(said).strip())))
            continue
        claims = tuple(cited_keys(said))
        if not claims:
            noted.append((number, wording.CHART_ROW_NEEDS_CLAIM))
        yield ChartRow(
            label=label.strip(),
            value=Decimal(match[2].replace(",", "") + (match[3] or "")),
            approx=bool(match[1]),
            claims=claims,
            line=number,
        )


def _lacks(chart: Chart, start: int, places: dict[str, int]) -> Noted:
    noted: Noted = []
    if not chart.title:
        noted.append((start, wording.CHART_NEEDS_TITLE))
    if not chart.unit:
        noted.append((start, wording.CHART_NEEDS_UNIT))
    if not chart.message:
        noted.append((start, wording.CHART_NEEDS_MESSAGE))
    if not chart.rows:
        noted.append((start, wording.CHART_EMPTY))
    if chart.style not in STYLES:
        noted.append((places["style"], wording.chart_style(chart.style)))
    return noted


def _drawable(chart: Chart, start: int, noted: Noted) -> Chart:
    """Return `chart` without what cannot be drawn, noting what that is."""
    rows = chart.rows
    if len(rows) > MOST_ROWS:
        noted.append((start, wording.chart_too_long(MOST_ROWS)))
        rows = rows[:MOST_ROWS]
    style = chart.style if chart.style in STYLES else STYLES[0]
    if style == "dots":
        for row in rows:
            if row.value % 1 or row.value > MOST_DOTS:
                noted.append((row.line, wording.chart_dots(MOST_DOTS)))
                style = "bars"
        if sum(row.value for row in rows) > MOST_DOTS_TOGETHER:
            noted.append((start, wording.chart_dots_together(MOST_DOTS_TOGETHER)))
            style = "bars"
    if chart.is_percent:
        for row in rows:
            if row.value > 100:
                noted.append((row.line, wording.CHART_OVER_A_HUNDRED))
        rows = tuple(row for row in rows if row.value <= 100)
    return replace(chart, style=style, rows=rows)
