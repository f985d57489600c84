"""What a course folder says beside its records: the comments that authors wrote into it."""

from django.db import models

from courses.common.ids import new_id
from courses.enrollment.models import Course


class FolderNote(models.Model):
    """The comments of one place in a course folder.

    `file` is the path in the folder, `path` leads to the place: keys and names of records
    joined by spaces, empty for the file's own beginning. `before` is the list of comment
    lines above it (an empty string is a blank line), `beside` the comment at its line's end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="folder_notes")
    file = models.CharField(max_length=200)
    path = models.CharField(max_length=500)
    before = models.JSONField(default=list, blank=True)
    beside = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "file", "path"], name="folder_note_place"),
        ]
        ordering = ["file", "path"]

    def __str__(self) -> str:
        return f"{self.file} {self.path}"
