"""Rows for work that is still to do, and signs of life of the processes that do it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.common.ids import new_id


class JobQuerySet(models.QuerySet["Job"]):
    def waiting_for(self, kind: str) -> Self:
        """Rows of `kind` that are neither done nor dead."""
        return self.filter(kind=kind, state=Job.State.WAITING)

    def free_at(self, moment: datetime) -> Self:
        """Due rows that nobody works on at `moment`, the longest due first."""
        unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=moment)
        return self.filter(unclaimed, due_at__lte=moment).order_by("due_at", "id")

    def held_by(self, job: "Job") -> Self:
        """The row of `job` as long as the claim that read it still stands.

        `attempts` is the fencing number: whoever claims the row after a lease ran out
        raises it, and the earlier worker, should it wake again, no longer finds its row.
        """
        return self.filter(pk=job.pk, state=Job.State.WAITING, attempts=job.attempts)


class Job(models.Model):
    """One piece of background work, from the moment it is owed until it is done or dead.

    `kind` names the registered handler; `slot` is unique within the kind, so that asking
    twice for the same work (a second scheduler, a repeated request) changes nothing.
    A worker claims a row by a conditional UPDATE that raises `attempts` and sets the lease
    `claimed_until`; a lease that runs out is free again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        DEAD = "dead", _("gave up")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    slot = models.CharField(_("slot"), max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    due_at = models.DateTimeField(_("due at"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.TextField(_("last mistake"), blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    requested_by = models.UUIDField(
        null=True, blank=True, help_text="The person to whom progress is shown."
    )
    created_at = models.DateTimeField(_("made at"))
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slot"], name="job_once_per_slot"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_at"],
                condition=models.Q(state="waiting"),
                name="job_waiting",
            ),
            models.Index(
                fields=["finished_at"],
                condition=models.Q(state="done"),
                name="job_finished",
            ),
            models.Index(fields=["requested_by", "created_at"], name="job_requested_by"),
        ]
        ordering = ["due_at", "id"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return f"{self.kind} {self.slot} ({self.state})"


class Heartbeat(models.Model):
    """When a kind of process was last seen doing its work."""

    name = models.CharField(_("name"), max_length=200, primary_key=True)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return f"{self.name} at {self.seen_at:%Y-%m-%d %H:%M:%S}"


class AuditEntry(models.Model):
    """Who did what to what, and when: for deeds that change what others earned.

    `action` is a stable code (`regrade_applied`), `subject` names the thing by its id, and
    `details` holds figures and no personal data. `actor` is a person's id, null for the site
    itself; an erase makes it null.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(_("moment"))
    actor = models.UUIDField(_("by whom"), null=True, blank=True)
    action = models.CharField(_("deed"), max_length=60)
    course_id = models.UUIDField(null=True, blank=True)
    subject = models.CharField(_("about what"), max_length=100)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["course_id", "at"], name="audit_of_course"),
            models.Index(fields=["subject", "at"], name="audit_of_subject"),
        ]
        ordering = ["-at", "-id"]
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
