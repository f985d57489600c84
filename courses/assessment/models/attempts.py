"""Attempts, what stands in them so far, and the responses that came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.assessment.models.questions import Question, QuestionVersion
from courses.assessment.models.quizzes import Quiz
from courses.common.ids import new_id
from courses.content.models import Lesson


class Attempt(models.Model):
    """One learner's go at a quiz, from its start to its submission.

    `order` is the list of question-version ids this attempt shows, fixed at the start, and
    `points` what each weighs (empty: 1 each); `seed` shuffles options the same way on
    every reload. `deadline_at` is when it is handed in, whoever is there. A `preview` is an
    author's look at it as a student: it counts nowhere.

    `raw_score` is what the responses come to, in [0, 1]; null while the attempt is open, while
    an answer waits to be marked, or where nothing is graded. `score` is what counts: the same,
    or what it was before a regrade that promised never to lower it.
    """

    class EndedBy(models.TextChoices):
        LEARNER = "learner", _("Handed in")
        DEADLINE = "deadline", _("Handed in when the time was up")

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
    points = models.JSONField(default=list, db_default=[], blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, choices=EndedBy.choices, blank=True, db_default="")
    preview = models.BooleanField(default=False, db_default=False)
    # How far a quiz without a way back has been walked: the number of the question shown last.
    reached = models.PositiveSmallIntegerField(default=1, db_default=1)
    raw_score = models.FloatField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["learner", "quiz", "preview"],
                condition=models.Q(submitted_at__isnull=True),
                name="attempt_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"],
                condition=models.Q(submitted_at__isnull=True, deadline_at__isnull=False),
                name="attempt_deadline",
            ),
        ]
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} at {self.quiz_id} #{self.number}"


class Confidence(models.TextChoices):
    SURE = "sure", _("Sure")
    UNSURE = "unsure", _("Unsure")
    GUESS = "guess", _("A guess")


class SavedAnswer(models.Model):
    """What stands in an open attempt at one question and is not final yet.

    `answer` is as the page sent it, so that not even what cannot be read is lost. `revision`
    rises with every save; `save_id` is the client's id of the last one, its idempotency key.
    A first try that was wrong is kept in `first_answer`, with `tries` 1 and its own id and digest.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="saved_answers")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    answer = models.JSONField(default=dict)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, blank=True)
    hints_used = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    first_answer = models.JSONField(null=True, blank=True)
    first_id = models.UUIDField(null=True, blank=True)
    first_digest = models.CharField(max_length=64, blank=True)
    flagged = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    save_id = models.UUIDField(null=True, blank=True)
    saved_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "version"], name="saved_answer_once"),
        ]
        ordering = ["saved_at", "id"]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.version_id} r{self.revision}"


class Response(models.Model):
    """One answer to one question version, marked: in the prose of a lesson or in an attempt.

    `id` is made by the client (UUIDv7) and is the idempotency key of the answer, unique
    per learner. `credit` is the marker's, in [0, 1], null while a person has yet to mark it;
    `counted` is what it is worth in its attempt after hints, a second try and confidence
    (`domain.scoring`), null outside of attempts and where `credit` is.
    `answered_at` <= `received_at`.
    """

    pk = models.CompositePrimaryKey("learner_id", "id")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="responses"
    )
    id = models.UUIDField(default=new_id)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="responses")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    # By whose key it is marked, where a regrade has changed that; null: its own version's.
    marked_version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, null=True, blank=True, related_name="responses"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="responses"
    )
    answer = models.JSONField()
    credit = models.FloatField(null=True)
    counted = models.FloatField(null=True, blank=True)
    hints_used = models.PositiveSmallIntegerField(default=0, db_default=0)
    tries = models.PositiveSmallIntegerField(default=1, db_default=1)
    first_answer = models.JSONField(null=True, blank=True)
    confidence = models.CharField(
        max_length=6, choices=Confidence.choices, blank=True, db_default=""
    )
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
            models.Index(fields=["question", "answered_at"], name="response_to_question"),
            models.Index(
                fields=["question", "received_at"],
                condition=models.Q(credit__isnull=True),
                name="response_awaiting",
            ),
        ]
        ordering = ["answered_at", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} to {self.question_id}: {self.credit}"


class Marking(models.Model):
    """A person's mark of one response: the level chosen for each criterion, and a comment.

    The latest of a response counts; earlier ones stay as its history. A response has a
    composite key, so it is named by its parts.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="markings"
    )
    response_id = models.UUIDField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="markings")
    levels = models.JSONField()
    credit = models.FloatField()
    comment = models.TextField(blank=True)
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(credit__gte=0, credit__lte=1), name="marking_credit_range"
            ),
        ]
        indexes = [
            models.Index(
                fields=["learner", "response_id", "marked_at"], name="marking_of_response"
            ),
            models.Index(fields=["question", "marked_at"], name="marking_of_question"),
        ]
        ordering = ["marked_at", "id"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.credit}"
