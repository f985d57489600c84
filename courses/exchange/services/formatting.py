"""Brings a course folder into the canonical form, without a database."""

from pathlib import Path

from courses.exchange.domain.records import render_folder
from courses.exchange.folder import read_folder, write_folder
from courses.exchange.services.importing import read_course


def format_course_folder(path: str | Path, *, only_check: bool = False) -> list[str]:
    """Rewrite the files of a folder in the canonical form; return those that were not.

    With `only_check` nothing is written. Raises CourseHasMistakes, NotACourseFolder.
    """
    folder = Path(path)
    parsed = read_course(folder)
    canonical = render_folder(parsed.content, parsed.notes)
    if only_check:
        present = read_folder(folder, [])
        names = {*canonical, *present}
        return sorted(name for name in names if canonical.get(name) != present.get(name))
    return write_folder(folder, canonical)
