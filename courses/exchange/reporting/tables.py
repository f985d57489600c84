"""The report as plain text: tables that fit a terminal, errors and remarks clearly apart."""

from collections.abc import Iterator, Sequence

from courses.exchange.reporting.findings import Finding
from courses.exchange.reporting.report import CourseReport, LessonLine

_LESSON_COLUMNS = (
    *("lesson", "words", "grade", "obj", "before", "prompts", "asked", "short", "limits"),
    *("charts", "claims", "questions", "quiz"),
)


def as_text(report: CourseReport, *, every_claim: bool = False) -> Iterator[str]:
    """Yield the report line by line; `every_claim` adds where each is taught and asked."""
    yield f"Course report: {report.course}"
    yield ""
    yield from table(_LESSON_COLUMNS, [_lesson_row(line) for line in report.lessons])
    yield ""
    yield from _coverage(report)
    yield from _questions(report)
    yield f"Glossary: {report.entries} entries."
    if every_claim:
        yield ""
        rows = [
            (claim.key, ", ".join(claim.taught) or "-", ", ".join(claim.asked) or "-")
            for claim in report.claims
        ]
        yield from table(("claim", "taught in", "asked by"), rows)
    yield from _findings("Remarks", report.remarks)
    yield from _findings("Errors", report.errors)
    yield ""
    yield f"{len(report.errors)} errors, {len(report.remarks)} remarks."


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Yield a table: words to the left, numbers to the right, a line below the head."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [
        max(len(name), *(len(row[index]) for row in cells), 0) for index, name in enumerate(columns)
    ]
    numeric = [
        bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        for index in range(len(columns))
    ]
    yield _joined(columns, widths, numeric)
    yield "  ".join("-" * width for width in widths)
    for row in cells:
        yield _joined(row, widths, numeric)


def _joined(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()


def _lesson_row(line: LessonLine) -> tuple[object, ...]:
    parts = line.parts
    return (
        parts.slug,
        parts.words,
        parts.grade,
        parts.objectives,
        _yes(bool(parts.before)),
        parts.prompts,
        len(parts.inline),
        _yes(parts.has_summary),
        _yes(parts.has_limits),
        len(parts.charts),
        line.claims,
        line.own_questions,
        line.quizzes,
    )


def _yes(there: bool) -> str:
    return "yes" if there else "NO"


def _coverage(report: CourseReport) -> Iterator[str]:
    taught = sum(bool(claim.taught) for claim in report.claims)
    asked = sum(bool(claim.asked) for claim in report.claims)
    yield f"Claims: {len(report.claims)}, of which {taught} are taught and {asked} are asked."


def _questions(report: CourseReport) -> Iterator[str]:
    types = ", ".join(f"{name} {count}" for name, count in report.types.items())
    yield f"Questions: {report.questions} ({types or 'none'})."
    keys = report.keys
    if keys.questions:
        places = ", ".join(
            f"{place}: {keys.share(count):.0%}" for place, count in keys.places.items()
        )
        longest = f"{keys.share(keys.longest):.0%}"
        yield f"Right options by place as written: {places}; the longest one: {longest}."


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        yield ""
        yield f"{title} ({len(findings)})"
        for finding in findings:
            yield f"  {finding}"
