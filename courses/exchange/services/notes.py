"""Keeps the comments of a course folder, place by place."""

from courses.enrollment.models import Course
from courses.exchange.domain.writing import Note, Place
from courses.exchange.models import FolderNote

FileNotes = dict[str, dict[Place, Note]]


def save_notes(course: Course, notes: FileNotes) -> bool:
    """Make `notes` the comments of the course's folder; return whether they were others."""
    wanted = {
        (file, " ".join(place)): (list(note.before), note.beside)
        for file, places in notes.items()
        for place, note in places.items()
    }
    rows = {(row.file, row.path): row for row in FolderNote.objects.filter(course=course)}
    stale = [
        row.pk for key, row in rows.items() if wanted.get(key) != (list(row.before), row.beside)
    ]
    new = {
        key: said
        for key, said in wanted.items()
        if key not in rows or (list(rows[key].before), rows[key].beside) != said
    }
    FolderNote.objects.filter(pk__in=stale).delete()
    FolderNote.objects.bulk_create(
        FolderNote(course=course, file=file, path=path, before=before, beside=beside)
        for (file, path), (before, beside) in new.items()
    )
    return bool(stale or new)


def load_notes(course: Course) -> FileNotes:
    """Return the comments of the course's folder by file and place."""
    notes: FileNotes = {}
    for row in FolderNote.objects.filter(course=course):
        note = Note(tuple(row.before), row.beside)
        notes.setdefault(row.file, {})[tuple(row.path.split(" "))] = note
    return notes
