"""Courses, the sections they are taught in, and who belongs to them in which role."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.common import clock
from courses.common.ids import new_id
from courses.enrollment.domain import roles


def is_administrator(user: Any) -> bool:
    """Tell whether `user` (a User or AnonymousUser) administers the whole site."""
    return bool(user.is_active and (user.is_staff or user.is_superuser))


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses, by who asks. These and the role table are the only places that decide."""

    def visible_to(self, user: Any) -> Self:
        """Courses that `user` (perhaps anonymous) may know of.

        Open published ones; those they belong to, drafts only as their author; all for
        administrators. Someone suspended sees what a stranger sees.
        """
        if is_administrator(user):
            return self
        open_to_all = models.Q(status=Course.Status.PUBLISHED, access=Course.Access.OPEN)
        if not user.is_authenticated or not user.is_active:
            return self.filter(open_to_all)
        mine = Enrollment.objects.of(user)
        authored = mine.filter(role__in=roles.AUTHORS)
        return self.filter(
            open_to_all
            | models.Q(pk__in=mine.values("course")) & ~models.Q(status=Course.Status.DRAFT)
            | models.Q(pk__in=authored.values("course"))
        )

    def studied_by(self, user: Any) -> Self:
        """Published courses in which `user` takes part and so may answer questions."""
        studying = Enrollment.objects.of(user).filter(role__in=roles.roles_with("course.study"))
        return self.filter(status=Course.Status.PUBLISHED, pk__in=studying.values("course"))


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def current(self) -> Self:
        """Enrolments that have not ended, of people who are not suspended."""
        return self.filter(ended_at=None, user__is_active=True)

    def of(self, user: Any) -> Self:
        """The enrolments that count for `user` now: none if anonymous or suspended."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(ended_at=None, user_id=user.pk).order_by()


class Course(models.Model):
    """A body of lessons and questions with, usually, an exam at its end."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    class Access(models.TextChoices):
        OPEN = "open", _("Open: anyone may read, anyone signed in may join")
        CLOSED = "closed", _("Closed: members only")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    access = models.CharField(
        _("access"), max_length=10, choices=Access.choices, default=Access.CLOSED
    )
    exam_date = models.DateField(_("day of the exam"), null=True, blank=True)
    exam_target = models.FloatField(
        _("aim for the exam"),
        default=0.9,
        validators=[MinValueValidator(0.5), MaxValueValidator(0.99)],
        help_text=_("The share of the course to be remembered on the exam date."),
    )
    desired_retention = models.FloatField(
        _("desired recall"),
        default=0.9,
        validators=[MinValueValidator(0.7), MaxValueValidator(0.97)],
        help_text=_("The probability of recall at which a card falls due."),
    )
    rests_on_claims = models.BooleanField(
        _("rests on claims"),
        default=True,
        db_default=True,
        help_text=_("Every question names the claims that its answer rests on."),
    )
    created_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A class that takes a course; its exam date and target default to the course's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="sections"
    )
    name = models.CharField(_("name"), max_length=200)
    exam_date = models.DateField(_("day of the exam"), null=True, blank=True)
    exam_target = models.FloatField(
        _("aim for the exam"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(0.99)],
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="section_name_in_course"),
        ]
        ordering = ["name", "id"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.name


class Enrollment(models.Model):
    """A person's role in a course: as student or assistant of a section, or course-wide.

    Reviewers, editors and owners work on the course itself and have no section.
    """

    class Role(models.TextChoices):
        STUDENT = "student", _("Student")
        ASSISTANT = "assistant", _("Assistant")
        REVIEWER = "reviewer", _("Reviewer")
        EDITOR = "editor", _("Editor")
        OWNER = "owner", _("Owner")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="enrollments",
    )
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="enrollments"
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section"],
                condition=models.Q(section__isnull=False),
                name="enrollment_once_in_section",
            ),
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=models.Q(section__isnull=True),
                name="enrollment_once_course_wide",
            ),
            models.CheckConstraint(
                condition=models.Q(section__isnull=False, role__in=["student", "assistant"])
                | models.Q(section__isnull=True, role__in=["reviewer", "editor", "owner"]),
                name="enrollment_role_fits_section",
            ),
        ]
        indexes = [models.Index(fields=["course", "role"], name="enrollment_course_role")]
        ordering = ["created_at", "id"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.course}"
