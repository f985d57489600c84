"""Lessons and their revisions, sources, claims, the glossary, media, and reading progress."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.common.ids import new_id
from courses.content.domain.drafts import reading_minutes
from courses.enrollment.models import Course


class Topic(models.Model):
    """A heading under which claims and questions of a course are gathered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="topic_slug_in_course"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """A document that claims rest on. `written` is as precise as is known (ISO 8601)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sources")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=100)
    document = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    written = models.CharField(max_length=10)
    written_note = models.TextField(blank=True)
    thesis = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="source_key_in_course"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"


class Claim(models.Model):
    """One dated statement on record. What it says lives in revisions; its key never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="claims")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    current = models.ForeignKey(
        "ClaimRevision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="claim_key_in_course"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.key


class ClaimRevision(models.Model):
    """What a claim says since `created_at`.

    `date` is when the fact happened or held, as precisely as the source says (ISO 8601:
    YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO); `as_of` is the date up to which the source
    vouches for it. `figures` is a list of {value, unit, what, approx}.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("Event")
        FIGURE = "figure", _("Figure")
        POSITION = "position", _("Position")
        ARGUMENT = "argument", _("Argument of the analysis")
        BACKGROUND = "background", _("Background")
        QUOTATION = "quotation", _("Quotation")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="claim_revisions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="claim_revisions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    statement = models.TextField()
    date = models.CharField(max_length=21, blank=True)
    as_of = models.CharField(max_length=10)
    figures = models.JSONField(default=list, blank=True)
    people = models.JSONField(default=list, blank=True)
    quote = models.TextField(blank=True)
    attributed = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_revision_number"),
        ]
        ordering = ["claim", "number"]

    def __str__(self) -> str:
        return f"{self.claim_id} r{self.number}"


class Term(models.Model):
    """An entry of a course's glossary: a person, place, institution or term.

    `common` says that its definition is plain and undisputed; `more` goes beyond that and
    cites claims. Both are one line of Markdown. `native` is the name in Japanese or Russian
    letters, `claims` are what the definition rests on besides those that its text cites.
    """

    class Kind(models.TextChoices):
        PERSON = "person", pgettext_lazy("kind of glossary entry", "Person")
        PLACE = "place", pgettext_lazy("kind of glossary entry", "Place")
        INSTITUTION = "institution", pgettext_lazy("kind of glossary entry", "Institution")
        TERM = "term", pgettext_lazy("kind of glossary entry", "Term")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="terms")
    slug = models.SlugField(max_length=60)
    term = models.CharField(max_length=200)
    short = models.CharField(max_length=60, blank=True)
    native = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    aliases = models.JSONField(default=list, blank=True)
    common = models.BooleanField(default=False)
    claims = models.ManyToManyField(Claim, related_name="terms", blank=True)
    definition = models.TextField()
    more = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="term_slug_in_course"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.term


class Lesson(models.Model):
    """A text to read. Students see `current`; earlier revisions stay as they were.

    `references_version` is raised whenever a claim that the text cites or a picture of the
    course changes, so that nothing kept of the rendered text is ever out of date.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    slug = models.SlugField(max_length=100)
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    current = models.ForeignKey(
        "LessonRevision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    references_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="lesson_slug_in_course"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.slug


class LessonRevision(models.Model):
    """One saved state of a lesson: Markdown with directives, and what it cites and links to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    objectives = models.JSONField(default=list, blank=True)
    body = models.TextField()
    words = models.PositiveIntegerField(default=0, help_text="Of the body, for the reading time.")
    claims = models.ManyToManyField(Claim, related_name="lesson_revisions", blank=True)
    terms = models.ManyToManyField(Term, related_name="lesson_revisions", blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_revision_number"),
        ]
        ordering = ["lesson", "number"]

    def __str__(self) -> str:
        return f"{self.title} r{self.number}"

    @property
    def reading_minutes(self) -> int:
        return reading_minutes(self.words)


class MediaFile(models.Model):
    """A picture of a course, stored under a generated name; `name` is what lessons call it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="course-media/")
    content_type = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes, in hexadecimal.")
    width = models.PositiveIntegerField(default=0, help_text="In pixels; 0 if unknown.")
    height = models.PositiveIntegerField(default=0, help_text="In pixels; 0 if unknown.")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "name"], name="media_name_in_course"),
        ]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class LessonProgress(models.Model):
    """When a learner first opened a lesson, and when they finished reading it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_progress"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="progress")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "lesson"], name="lesson_progress_once_per_learner"
            ),
        ]
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.lesson_id}"
