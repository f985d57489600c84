"""What visitors without an account did."""

from django.db import models

from courses.assessment.models.questions import Question, QuestionVersion
from courses.common.ids import new_id
from courses.content.models import Lesson


class GuestEntry(models.Model):
    """What a visitor without an account did in a lesson: answered a question, or finished it.

    `guest` is the SHA-256 of a random key that only the visitor's browser has; nothing here
    names a person. `response_id` is the client's and becomes the id of the response once an
    account claims the entry, which removes it. An entry without a question says that the
    lesson was finished. `answer` is as it was sent, so that it can be taken down once more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    guest = models.CharField(max_length=64)
    response_id = models.UUIDField()
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.CASCADE, null=True, related_name="+"
    )
    answer = models.JSONField(default=dict)
    credit = models.FloatField(null=True)
    digest = models.CharField(max_length=64, help_text="Of the request: one id, one answer.")
    done_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guest", "response_id"], name="guest_entry_once"),
            models.UniqueConstraint(
                fields=["guest", "lesson"],
                condition=models.Q(question__isnull=True),
                name="guest_lesson_finished_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    question__isnull=False, version__isnull=False, credit__gte=0, credit__lte=1
                )
                | models.Q(question__isnull=True, version__isnull=True, credit__isnull=True),
                name="guest_entry_answer_or_finish",
            ),
        ]
        indexes = [models.Index(fields=["done_at"], name="guest_entry_age")]
        ordering = ["done_at", "id"]

    def __str__(self) -> str:
        return f"a guest in {self.lesson_id}"
