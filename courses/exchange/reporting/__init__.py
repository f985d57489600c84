"""What a course folder covers, what its authors still owe, and what the linter finds."""

from courses.exchange.reporting.linting import LintReport, NoSuchQuiz, lint_folder
from courses.exchange.reporting.report import CourseReport, report_on
from courses.exchange.reporting.tables import as_text

__all__ = ["CourseReport", "LintReport", "NoSuchQuiz", "as_text", "lint_folder", "report_on"]
