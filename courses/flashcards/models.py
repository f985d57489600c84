"""Cards, the append-only review log, parameter sets and day plans.

Card and ReviewLog have composite primary keys that lead with the learner, so that both
can be partitioned or distributed by learner; nothing points at them by ForeignKey.
"""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.assessment.models import Question
from courses.common.ids import new_id
from courses.enrollment.domain.roles import roles_with
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.domain.queue import day_position


class ParameterSet(models.Model):
    """The weights of a memory model, fitted or default, with the figures that speak for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    model = models.CharField(max_length=20, help_text="For example fsrs-6.")
    weights = models.JSONField()
    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, null=True, blank=True, related_name="parameter_sets"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="parameter_sets",
    )
    figures = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.model} of {self.created_at:%Y-%m-%d}"


def studied_courses(learner_id: UUID) -> models.QuerySet[Enrollment, UUID]:
    """Return the ids of the courses in which a learner takes part now."""
    current = Enrollment.objects.filter(
        user_id=learner_id, role__in=sorted(roles_with("course.study")), ended_at=None
    )
    return current.order_by().values_list("course_id", flat=True)


class CardQuerySet(models.QuerySet["Card"]):
    """Filters on the learner's cards; all of them lead with the learner."""

    def queued(self, learner_id: UUID, *, course: Course | None = None) -> Self:
        """The learner's cards that have a place in the queue, in its order."""
        mine = self.filter(learner_id=learner_id, queue_position__isnull=False)
        if course is not None:
            mine = mine.filter(course_id=course.pk)
        return mine.order_by("queue_position")

    def today(self, day: date) -> Self:
        """Of the queue: what is in steps or planned for `day`, not what a past day left."""
        return self.filter(Q(queue_position__lt=0) | Q(queue_position__gte=day_position(day)))

    def stepping(self) -> Self:
        """Of the queue: cards in their steps, and those whose answer was undone."""
        return self.filter(queue_position__lt=0)

    def first_due(self) -> datetime | None:
        """When the first of the queue is due."""
        return self.values_list("due_at", flat=True).first()

    def available_to(self, learner_id: UUID) -> Self:
        """Cards of published questions in published courses that the learner studies.

        Without those that a graded quiz reserves, unless the learner has seen the answer.
        """
        return self.filter(
            Q(question__reserved=False) | Q(released=True),
            learner_id=learner_id,
            course_id__in=studied_courses(learner_id),
            question__status=Question.Status.PUBLISHED,
            question__current__isnull=False,
            course__status=Course.Status.PUBLISHED,
        )


class Card(models.Model):
    """What one learner remembers of one question: the fold of its review log.

    `stability` is in days, `difficulty` in [1, 10]; both are null until the first review.
    `interval_days` and `due_at` are the schedule chosen at the entry received last, which
    came in at `received_at`. `queue_position` is the card's place in the learner's one
    queue (`domain.queue` says how places are numbered), null when it is not in it; the
    next card is the lowest position that has come up.
    """

    class State(models.IntegerChoices):
        NEW = 0
        LEARNING = 1
        REVIEW = 2
        RELEARNING = 3

    pk = models.CompositePrimaryKey("learner_id", "question_id")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cards"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="cards")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cards")
    state = models.PositiveSmallIntegerField(choices=State.choices, default=State.NEW)
    step = models.PositiveSmallIntegerField(default=0)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    last_review_at = models.DateTimeField(null=True, blank=True)
    last_review_day = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    interval_days = models.PositiveIntegerField(default=0)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    parameters = models.ForeignKey(ParameterSet, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    suspended = models.BooleanField(default=False)
    # The learner has seen the answer of a question that is still reserved for others.
    released = models.BooleanField(default=False, db_default=False)
    queue_position = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["learner", "queue_position"],
                condition=models.Q(queue_position__isnull=False),
                name="card_queue",
            ),
            models.Index(
                fields=["learner", "due_at"],
                condition=models.Q(suspended=False),
                name="card_due",
            ),
        ]
        ordering = ["learner", "due_at", "question"]

    objects = CardQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.learner_id} / {self.question_id}"


class ReviewLog(models.Model):
    """One entry of a learner's history; never changed, never deleted but by an erase.

    `id` is the client's UUIDv7 and the idempotency key. Entries fold by (answered_at, id)
    into the card's memory. `local_day` is the learner's study day at `answered_at`, kept
    because the zone may change later. `target_id` names the entry that an undo or a
    correction is about. `said` lists what else the rating of an answer on the review page
    depends on, of certain, retried and found_easy; null for none. `interval_days` and `due_at`
    are the schedule that was chosen for the card when the entry came in; `received_at` rises
    strictly along a card's entries, so the schedule of the one received last is the card's.

    Triggers in the database refuse every UPDATE, and every DELETE without an ErasePermit.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer"
        UNDO = "undo"
        CORRECTION = "correction"
        FACT_CHANGED = "fact_changed"
        MERGED = "merged"

    class Place(models.TextChoices):
        REVIEW = "review"
        LESSON = "lesson"
        QUIZ = "quiz"

    pk = models.CompositePrimaryKey("learner_id", "id")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_log"
    )
    id = models.UUIDField(default=new_id)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ANSWER)
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.REVIEW)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="review_log")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="review_log")
    version_id = models.UUIDField(null=True, blank=True)
    target_id = models.UUIDField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    self_rated = models.BooleanField(default=False)
    answer = models.JSONField(null=True, blank=True)
    credit = models.FloatField(null=True, blank=True)
    digest = models.CharField(max_length=64, help_text="Of the request: one id, one answer.")
    served_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField()
    received_at = models.DateTimeField()
    local_day = models.DateField()
    duration_ms = models.PositiveIntegerField(default=0)
    said = models.JSONField(null=True, blank=True)
    interval_days = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    parameters = models.ForeignKey(ParameterSet, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__gte=1, rating__lte=4),
                name="review_rating_range",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "question", "answered_at", "id"], name="review_fold"),
            models.Index(fields=["learner", "local_day"], name="review_of_day"),
        ]
        ordering = ["answered_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ErasePermit(models.Model):
    """Opens the review log of one learner for deletion, within the erase's own transaction."""

    learner_id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.learner_id)


class DayPlan(models.Model):
    """What a learner is to review of a course on one of their local days, as it was planned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="day_plans"
    )
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="day_plans")
    day = models.DateField()
    due_count = models.PositiveIntegerField()
    new_count = models.PositiveIntegerField()
    postponed_count = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField()
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "course", "day"], name="plan_once_a_day"),
        ]
        ordering = ["-day", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.day}: {self.due_count} due, {self.new_count} new"
