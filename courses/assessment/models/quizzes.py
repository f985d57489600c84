"""Quizzes: what they ask, by which rules, and for whom others hold."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.assessment.models.questions import Question
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.enrollment.models import Course


class Quiz(models.Model):
    """An ordered set of questions, taken in attempts.

    A practice quiz gives feedback after every answer. What a graded one tells, and when,
    is in `review` (`domain.review_options`); its questions are reserved until then.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        GRADED = "graded", _("Graded")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    class Grading(models.TextChoices):
        BEST = "best", _("The best attempt")
        LATEST = "latest", _("The latest attempt")
        FIRST = "first", _("The first attempt")
        MEAN = "mean", _("The mean of all attempts")

    class Navigation(models.TextChoices):
        FREE = "free", _("Free: back and forth")
        SEQUENTIAL = "sequential", _("One after the other, without going back")

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
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    grading = models.CharField(
        max_length=10, choices=Grading.choices, default=Grading.BEST, db_default=Grading.BEST
    )
    pass_mark = models.FloatField(null=True, blank=True)
    shuffle = models.BooleanField(default=False, db_default=False)
    navigation = models.CharField(
        max_length=10,
        choices=Navigation.choices,
        default=Navigation.FREE,
        db_default=Navigation.FREE,
    )
    # Read out in class and typed by everybody there: a door, not a secret of a person.
    password = models.CharField(max_length=100, blank=True, db_default="")
    review = models.JSONField(default=dict, db_default={}, blank=True)
    # Shares of a question's credit; null: there are no hints, no second try.
    hint_cost = models.FloatField(null=True, blank=True)
    second_try_cost = models.FloatField(null=True, blank=True)
    confidence = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="quiz_slug_in_course"),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="quiz_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(pass_mark__isnull=True)
                | models.Q(pass_mark__gte=0, pass_mark__lte=1),
                name="quiz_pass_mark_range",
            ),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class QuizSlot(models.Model):
    """A place in a quiz: one question, or `draw_count` drawn for each attempt from a pool.

    The pool is every published question of the course with the tag, of the lesson or of
    the topic that `draw_value` names (a tag, a slug). `points` is what each question here weighs.
    """

    class Pool(models.TextChoices):
        TAG = "tag", _("A tag")
        LESSON = "lesson", _("A lesson")
        TOPIC = "topic", _("A topic")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, null=True, blank=True, related_name="slots"
    )
    position = models.PositiveIntegerField()
    draw_count = models.PositiveSmallIntegerField(null=True, blank=True)
    draw_from = models.CharField(max_length=10, choices=Pool.choices, blank=True, db_default="")
    draw_value = models.CharField(max_length=100, blank=True, db_default="")
    points = models.FloatField(default=1.0, db_default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quiz_slot_question"),
            models.CheckConstraint(
                condition=models.Q(question__isnull=False, draw_count__isnull=True, draw_from="")
                | models.Q(question__isnull=True, draw_count__gte=1) & ~models.Q(draw_from=""),
                name="quiz_slot_question_or_pool",
            ),
            models.CheckConstraint(condition=models.Q(points__gt=0), name="quiz_slot_points"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.quiz_id} #{self.position}"


class Accommodation(models.Model):
    """What one learner is granted in a quiz, or in every quiz of the course without one.

    `time_factor` stretches the time limit (1.5: half as long again), the dates replace the
    quiz's, `extra_attempts` come on top. What is null is as for everybody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="accommodations")
    quiz = models.ForeignKey(
        Quiz, on_delete=models.CASCADE, null=True, blank=True, related_name="accommodations"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accommodations"
    )
    time_factor = models.FloatField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "learner"],
                condition=models.Q(quiz__isnull=False),
                name="accommodation_once_in_quiz",
            ),
            models.UniqueConstraint(
                fields=["course", "learner"],
                condition=models.Q(quiz__isnull=True),
                name="accommodation_once_in_course",
            ),
            models.CheckConstraint(
                condition=models.Q(time_factor__isnull=True)
                | models.Q(time_factor__gte=1, time_factor__lte=10),
                name="accommodation_time_factor_range",
            ),
        ]
        ordering = ["course", "learner", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.quiz_id or self.course_id}"
