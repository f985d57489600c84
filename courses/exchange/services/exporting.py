"""Exports a course as a folder of files, in the canonical form."""

from pathlib import Path

from courses.accounts.models import User
from courses.enrollment.models import Course
from courses.enrollment.selectors import require
from courses.exchange.domain.records import render_folder
from courses.exchange.folder import write_folder
from courses.exchange.selectors import course_content
from courses.exchange.services.notes import load_notes


def export_course_folder(
    course: Course, path: str | Path, *, actor: User | None = None
) -> list[str]:
    """Write the course into the folder; return the files that are new, changed or gone.

    What is archived is not in it; what does not belong to a course stays where it is.
    `actor` None is the operator. Raises PermissionRefused or NotFound for whom it is not
    theirs to take, NotACourseFolder, and PictureGone.
    """
    if actor is not None:
        require(actor, "course.export", course)
    return write_folder(Path(path), render_folder(course_content(course), load_notes(course)))
