"""Draws a chart: rows of inline SVG with their labels and numbers, and the table behind it.

Labels and numbers are words of the page, so that they wrap and grow as other words do; what
is drawn scales with the column, by attributes alone.
"""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.content.rendering.charts import Chart, ChartRow

# dots in rows of 25, in groups of five that the eye can count
_COLUMNS, _GROUP, _STEP, _GAP, _RADIUS = 25, 5, 12, 4, 4
_WIDTH = _COLUMNS * _STEP + (_COLUMNS // _GROUP - 1) * _GAP


def value_text(row: ChartRow, *, percent: bool) -> str:
    """Return the number as people of the active language write it."""
    plain = format(row.value.normalize(), "f")
    number = number_format(Decimal(plain), force_grouping=True)
    if percent:
        number = pgettext("a share in a chart", "%(number)s%%") % {"number": number}
    return _("about %(number)s") % {"number": number} if row.approx else number


def chart_picture(chart: Chart, message: str) -> SafeString:
    """Return the drawing of `chart`; who cannot see it is told its title, message and numbers."""
    percent = chart.is_percent
    draw = _dots if chart.style == "dots" else _bar
    rows = format_html_join(
        "\n",
        '<div class="chart-row"><span class="label">{}</span> '
        '<span class="value">{}</span>{}</div>',
        ((row.label, value_text(row, percent=percent), draw(row, chart)) for row in chart.rows),
    )
    # a percent sign stands behind every number
    unit = "" if percent else format_html('<p class="chart-unit">{}</p>\n', chart.unit)
    return format_html(
        '<div class="chart chart-{}" role="img" aria-label="{}">\n{}{}\n</div>\n',
        *(chart.style, _said(chart, message), unit, rows),
    )


def chart_table(chart: Chart, cites: dict[int, SafeString]) -> SafeString:
    """Return the same as a table; `cites` has the references of each row, by its place."""
    rows = format_html_join(
        "\n",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
        (
            (row.label, value_text(row, percent=chart.is_percent), cites.get(index, ""))
            for index, row in enumerate(chart.rows)
        ),
    )
    return format_html(
        '<details class="chart-table"><summary>{}</summary>\n'
        '<table><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>\n{}\n</tbody></table></details>\n',
        *(_("The same as a table"), _("What is counted"), chart.unit, _("Source"), rows),
    )


def _said(chart: Chart, message: str) -> str:
    """Return the drawing in words."""
    numbers = "; ".join(
        f"{row.label}: {value_text(row, percent=chart.is_percent)}" for row in chart.rows
    )
    unit = "" if chart.is_percent else f" ({chart.unit})"
    return f"{chart.title}{unit}. {message} {numbers}."


def _bar(row: ChartRow, chart: Chart) -> SafeString:
    share = max(Decimal("0.4"), row.value * 100 / chart.full) if row.value else Decimal(0)
    return format_html(
        '<svg class="chart-line" width="100%" height="12" aria-hidden="true">'
        '<rect class="track" width="100%" height="100%"></rect>'
        '<rect class="bar" width="{}%" height="100%"></rect></svg>',
        format(share.quantize(Decimal("0.1")), "f"),
    )


def _dots(row: ChartRow, chart: Chart) -> SafeString:
    count = int(row.value)
    height = max(1, -(-count // _COLUMNS)) * _STEP
    dots = format_html_join(
        "",
        '<circle class="dot" cx="{}" cy="{}" r="{}"></circle>',
        ((*_place(index), _RADIUS) for index in range(count)),
    )
    return format_html(
        '<svg class="chart-line" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
        *(_WIDTH, height, dots),
    )


def _place(index: int) -> tuple[int, int]:
    """Return where the middle of a dot is."""
    row, column = divmod(index, _COLUMNS)
    return column * _STEP + column // _GROUP * _GAP + _STEP // 2, row * _STEP + _STEP // 2
