"""Imports a course folder: all of it or nothing, versions for what changed, nothing deleted."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.accounts.models import User
from courses.common.errors import DomainError, PermissionRefused
from courses.content.services import (
    save_claims,
    save_lessons,
    save_media_files,
    save_sources,
    save_terms,
    save_topics,
)
from courses.enrollment.models import Course, is_administrator
from courses.enrollment.selectors import require
from courses.exchange.domain.mistakes import Mistake, shown
from courses.exchange.domain.records import CourseFacts
from courses.exchange.folder import read_folder
from courses.exchange.parsing import ParsedFolder, parse_folder
from courses.exchange.services.asking import save_questions, save_quizzes
from courses.exchange.services.notes import save_notes
from courses.exchange.services.report import ImportReport


class CourseHasMistakes(DomainError):
    """The folder has mistakes; nothing of it was imported. `mistakes` names them all."""

    code = "course_has_mistakes"
    status = 422
    message = _("The course has mistakes; nothing was changed.")

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = list(mistakes)
        super().__init__(errors=self.lines)

    @property
    def lines(self) -> list[str]:
        """The mistakes, one a line; of very many the first, and how many more."""
        return shown(self.mistakes)

    @property
    def counted(self) -> str:
        """How many they are, and that nothing was changed."""
        count = len(self.mistakes)
        sentence = ngettext(
            "%(count)d mistake; nothing was changed.",
            "%(count)d mistakes; nothing was changed.",
            count,
        )
        return sentence % {"count": count}

    def __str__(self) -> str:
        return "\n".join([str(self.message), *self.lines])


def read_course(path: Path) -> ParsedFolder:
    """Return the course in a folder. Raises CourseHasMistakes, NotACourseFolder."""
    mistakes: list[Mistake] = []
    parsed = parse_folder(read_folder(path, mistakes), mistakes)
    if parsed.mistakes:
        raise CourseHasMistakes(parsed.mistakes)
    return parsed


def import_course_folder(
    path: str | Path, *, actor: User | None = None, now: datetime, dry_run: bool = False
) -> ImportReport:
    """Make the course in the site what the folder says it is, and report what that changed.

    A second import of the same folder changes nothing. With `dry_run` nothing is kept.
    `actor` None is the operator of the site. Raises NotACourseFolder, CourseHasMistakes,
    and what `_course_for` raises; nothing is changed then.
    """
    parsed = read_course(Path(path))
    with transaction.atomic():
        report = _save(parsed, actor=actor, now=now, dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _save(
    parsed: ParsedFolder, *, actor: User | None, now: datetime, dry_run: bool
) -> ImportReport:
    content = parsed.content
    report = ImportReport(course=content.facts.slug, dry_run=dry_run)
    course = _course_for(content.facts, actor=actor, report=report)
    sections = report.sections
    sections["topics"] = save_topics(course, content.topics, now=now)
    sections["sources"] = save_sources(course, content.sources, now=now)
    sections["claims"] = save_claims(course, content.claims, now=now)
    sections["glossary"] = save_terms(course, content.terms, now=now)
    sections["lessons"] = save_lessons(course, content.lessons, author=actor, now=now)
    sections["questions"] = save_questions(course, content.questions, author=actor, now=now)
    sections["quizzes"] = save_quizzes(course, content.quizzes, now=now)
    report.notes_changed = save_notes(course, parsed.notes)
    # last, for files do not go away with a transaction that fails
    sections["media"] = save_media_files(course, content.media, now=now, store=not dry_run)
    return report


def _course_for(facts: CourseFacts, *, actor: User | None, report: ImportReport) -> Course:
    """Return the course to import into, made or mended to fit `facts`.

    Raises PermissionRefused, or NotFound for whom the course is not there, unless
    `actor` is the operator, an administrator, or one of the course's editors; only its
    owners change whether it is published, and only administrators make new ones.
    """
    wanted = _columns(facts)
    course = Course.objects.select_for_update().filter(slug=facts.slug).first()
    if course is None:
        if actor is not None and not is_administrator(actor):
            raise PermissionRefused(gettext("Only administrators make new courses from a folder."))
        report.created = True
        return Course.objects.create(slug=facts.slug, **wanted)
    if actor is not None:
        require(actor, "course.edit", course)
        if (facts.status, facts.access) != (course.status, course.access):
            require(actor, "course.publish", course)
    changed = [name for name, value in wanted.items() if getattr(course, name) != value]
    if changed:
        for name in changed:
            setattr(course, name, wanted[name])
        course.save(update_fields=changed)
        report.facts_changed = True
    return course


def _columns(facts: CourseFacts) -> dict[str, Any]:
    names = (
        *("title", "summary", "language", "status", "access", "exam_target", "desired_retention"),
        "rests_on_claims",
    )
    exam_date = date.fromisoformat(facts.exam_date) if facts.exam_date else None
    return {name: getattr(facts, name) for name in names} | {"exam_date": exam_date}
