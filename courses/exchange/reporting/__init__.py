"""The course report: what a course folder covers, and what its authors still owe."""

from courses.exchange.reporting.report import CourseReport, report_on
from courses.exchange.reporting.tables import as_text

__all__ = ["CourseReport", "as_text", "report_on"]
