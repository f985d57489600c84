"""What the page of a quiz's grades tells, and its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.assessment.models import Quiz
from courses.assessment.selectors import GradeRow

HEADINGS: tuple[Promise, ...] = (
    gettext_lazy("Student"),
    gettext_lazy("Grade in per cent"),
    gettext_lazy("Passed"),
    gettext_lazy("Attempts handed in"),
    gettext_lazy("Waiting to be marked"),
    gettext_lazy("Last handed in"),
)


@dataclass(frozen=True, slots=True)
class GradeFigures:
    """How many of the students handed in, got a grade and passed, and their mean in [0, 1]."""

    students: int
    handed_in: int
    graded: int
    mean: float | None
    passed: int | None


def figures_of(quiz: Quiz, rows: Sequence[GradeRow]) -> GradeFigures:
    """Return what the rows come to; `passed` is None where the quiz has no pass mark."""
    grades = [row.grade for row in rows if row.grade is not None]
    return GradeFigures(
        students=len(rows),
        handed_in=sum(bool(row.handed_in) for row in rows),
        graded=len(grades),
        mean=fmean(grades) if grades else None,
        passed=None if quiz.pass_mark is None else sum(bool(row.passed) for row in rows),
    )


def cells_of(row: GradeRow) -> list[object]:
    """Return a row of the file: by `HEADINGS`; the last moment is in UTC, as ISO 8601."""
    passed = {None: "", True: _("yes"), False: _("no")}[row.passed]
    last = row.handed_in[-1].submitted_at if row.handed_in else None
    return [
        str(row.learner),
        "" if row.grade is None else f"{row.grade * 100:.2f}",
        passed,
        len(row.handed_in),
        row.waiting,
        last.isoformat(timespec="seconds") if last else "",
    ]
