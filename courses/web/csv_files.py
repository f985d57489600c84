"""Tables as files that spreadsheets read: names and all, without formulas."""

import csv
from collections.abc import Iterable, Sequence
from unicodedata import category, normalize

from django.http import HttpResponse

from courses.common.clock import now

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a table as a download; today's date is put after its name.

    Text is made harmless, numbers are left alone.
    """
    filename = f"{name}-{now().date().isoformat()}.csv"
    response = HttpResponse(
        "\ufeff",  # so that Excel reads the names as UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
    writer = csv.writer(response)
    for row in [headings, *rows]:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return response


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Japanese ones take the wide signs too, and some skip what cannot be seen before a sign.
    """
    plain = normalize("NFKC", text)
    seen = next((one for one in plain if category(one)[0] not in "CZ"), "")
    return f"'{text}" if seen in _FORMULA or text[:1] in _FORMULA else text
