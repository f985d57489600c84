"""Questions and their immutable versions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.common.ids import new_id
from courses.content.models import Claim, Lesson, Topic
from courses.enrollment.models import Course


class Question(models.Model):
    """Something asked. What exactly is asked, and its key, live in immutable versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    lesson = models.ForeignKey(
        Lesson, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    slug = models.SlugField(max_length=100)
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    current = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Part of a graded quiz whose answers are still closed: asked nowhere else until then.
    reserved = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="question_slug_in_course"),
        ]
        indexes = [models.Index(fields=["lesson", "position"], name="question_in_lesson")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.slug


class QuestionVersion(models.Model):
    """One immutable wording of a question, with its key.

    `payload` is what the question's type validated: options, key, tolerance, aliases ...
    `stem`, `explanation` and `hints` (a list, the vaguest first) are inline Markdown. An
    answer points at the version it was given to. `silenced` lists `{rule, reason}`: what
    the linter found and its author means all the same.
    """

    class Change(models.TextChoices):
        COSMETIC = "cosmetic", _("Wording only")
        ANSWER = "answer", _("Changes the answer")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    stem = models.TextField()
    payload = models.JSONField()
    explanation = models.TextField(blank=True)
    tags = models.JSONField(default=list, blank=True)
    hints = models.JSONField(default=list, db_default=[], blank=True)
    silenced = models.JSONField(default=list, db_default=[], blank=True)
    claims = models.ManyToManyField(Claim, related_name="question_versions", blank=True)
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.ANSWER)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_number"),
        ]
        ordering = ["question", "number"]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version never changes; save the question to make another.")
        super().save(*args, **kwargs)
