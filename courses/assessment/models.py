"""Questions and their versions, quizzes, attempts and responses."""

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
    `stem` and `explanation` are inline Markdown. An answer points at the version it
    was given to.
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


class Quiz(models.Model):
    """An ordered set of questions. A practice quiz gives feedback after every answer."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="quizzes")
    lesson = models.ForeignKey(
        Lesson, on_delete=models.SET_NULL, null=True, blank=True, related_name="quizzes"
    )
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    position = models.PositiveIntegerField(default=0)
    questions = models.ManyToManyField(Question, through="QuizSlot", related_name="quizzes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="quiz_slug_in_course"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class QuizSlot(models.Model):
    """A question's place in a quiz."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_slot_question"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.quiz_id} #{self.position}"


class Attempt(models.Model):
    """One learner's go at a quiz, from its start to its submission.

    `order` is the list of question-version ids this attempt shows, fixed at the start;
    `seed` shuffles options the same way on every reload.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    order = models.JSONField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["learner", "quiz"],
                condition=models.Q(submitted_at__isnull=True),
                name="attempt_one_open",
            ),
        ]
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} at {self.quiz_id} #{self.number}"


class Response(models.Model):
    """One answer to one question version, marked: in the prose of a lesson or in an attempt.

    `id` is made by the client (UUIDv7) and is the idempotency key of the answer, unique
    per learner. `credit` is in [0, 1]; `answered_at` <= `received_at`.
    """

    pk = models.CompositePrimaryKey("learner_id", "id")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responses"
    )
    id = models.UUIDField(default=new_id)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="responses")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, null=True, blank=True, related_name="responses"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="responses"
    )
    answer = models.JSONField()
    credit = models.FloatField()
    digest = models.CharField(max_length=64, help_text="Of the request: one id, one answer.")
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "version"],
                condition=models.Q(attempt__isnull=False),
                name="response_once_in_attempt",
            ),
            models.CheckConstraint(
                condition=models.Q(credit__gte=0, credit__lte=1), name="response_credit_range"
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "question", "answered_at"], name="response_of_learner"),
        ]
        ordering = ["answered_at", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} to {self.question_id}: {self.credit}"


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
