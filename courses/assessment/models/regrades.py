"""Regrades, and what each of them changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.assessment.models.attempts import Attempt
from courses.common.ids import new_id
from courses.enrollment.models import Course


class Regrade(models.Model):
    """A change of key carried through to what was answered before: shown, applied, undone.

    `question_ids` are what is marked anew, each by its current version; `version_ids` says
    which that was, by question, so that a run which is taken up again marks by the same keys.
    `preview` is what every registered step (`assessment.regrading`) said would change, empty
    while that is being computed; `outcome` is what they did so far, under "apply" and "undo".
    `reached` is the learner up to whom the run has come.
    `never_lower`: a grade that would go down stays as it was.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Looked at")
        RUNNING = "running", _("Running")
        APPLIED = "applied", _("Done")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="regrades")
    question_ids = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    never_lower = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    version_ids = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    reached = models.UUIDField(null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=models.Q(state__in=["running", "undoing"]),
                name="regrade_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["course", "created_at"], name="regrade_of_course")]
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.state}"


class RegradedResponse(models.Model):
    """What a regrade made of one response, with what it was: enough to undo it.

    `marked_before` and `marked_after` are its `marked_version`, by id.
    """

    id = models.BigAutoField(primary_key=True)
    # The unique constraint begins with it; an index of its own would only be written.
    regrade = models.ForeignKey(
        Regrade, on_delete=models.CASCADE, related_name="responses", db_index=False
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    response_id = models.UUIDField()
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, null=True, related_name="+")
    credit_before = models.FloatField(null=True)
    credit_after = models.FloatField(null=True)
    counted_before = models.FloatField(null=True)
    counted_after = models.FloatField(null=True)
    marked_before = models.UUIDField(null=True)
    marked_after = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regrade", "learner", "response_id"], name="regraded_response_once"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.regrade_id}: {self.response_id}"


class RegradedAttempt(models.Model):
    """What a regrade made of one attempt's score, with what it was."""

    id = models.BigAutoField(primary_key=True)
    regrade = models.ForeignKey(
        Regrade, on_delete=models.CASCADE, related_name="attempts", db_index=False
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="regrades")
    raw_score_before = models.FloatField(null=True)
    raw_score_after = models.FloatField(null=True)
    score_before = models.FloatField(null=True)
    score_after = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt"], name="regraded_attempt_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.regrade_id}: {self.attempt_id}"
