"""Courses in from folders and out to folders."""

from courses.exchange.folder import NotACourseFolder, folder_digest
from courses.exchange.services.exporting import export_course_folder
from courses.exchange.services.formatting import format_course_folder
from courses.exchange.services.importing import (
    CourseHasMistakes,
    import_course_folder,
    read_course,
)
from courses.exchange.services.report import ImportReport

__all__ = [
    "CourseHasMistakes",
    "ImportReport",
    "NotACourseFolder",
    "export_course_folder",
    "folder_digest",
    "format_course_folder",
    "import_course_folder",
    "read_course",
]
