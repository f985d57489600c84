"""Rows for work that is still to do, and signs of life of the processes that do it."""

from django.db import models

from courses.common.ids import new_id


class Job(models.Model):
    """One piece of background work, from the moment it is owed until it is done or dead.

    `kind` names the registered handler; `slot` is unique within the kind, so that asking
    twice for the same work (a second scheduler, a repeated request) changes nothing.
    A worker claims a row by a conditional UPDATE that raises `attempts` and sets the lease
    `claimed_until`; a lease that runs out is free again.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DEAD = "dead"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    slot = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    requested_by = models.UUIDField(
        null=True, blank=True, help_text="The person to whom progress is shown."
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

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
            models.Index(fields=["requested_by", "created_at"], name="job_requested_by"),
        ]
        ordering = ["due_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.slot} ({self.state})"


class Heartbeat(models.Model):
    """When a kind of process was last seen doing its work."""

    name = models.CharField(max_length=60, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.seen_at:%Y-%m-%d %H:%M:%S}"
