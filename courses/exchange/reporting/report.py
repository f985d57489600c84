"""The whole report on a course, as a record of findings and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from courses.exchange.domain.records import CourseContent
from courses.exchange.reporting.coverage import (
    ClaimCoverage,
    claim_coverage,
    coverage_findings,
    glossary_findings,
    reference_findings,
)
from courses.exchange.reporting.findings import ERROR, REMARK, Finding
from courses.exchange.reporting.lessons import lesson_findings
from courses.exchange.reporting.questions import (
    KeyPlaces,
    key_places,
    published,
    question_findings,
    type_counts,
)
from courses.exchange.reporting.reading import LessonParts, read_parts


@dataclass(frozen=True)
class LessonLine:
    """A lesson with what belongs to it elsewhere in the folder; `claims` it cites, by number."""

    parts: LessonParts
    claims: int
    own_questions: int
    quizzes: int


@dataclass(frozen=True)
class CourseReport:
    """What a course covers. Drafts do not count: students do not see them."""

    course: str
    lessons: tuple[LessonLine, ...]
    claims: tuple[ClaimCoverage, ...]
    types: dict[str, int]
    keys: KeyPlaces
    entries: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def remarks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == REMARK]

    @property
    def questions(self) -> int:
        return sum(self.types.values())

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON can hold it."""
        return {
            "course": self.course,
            "lessons": [_lesson_dict(line) for line in self.lessons],
            "claims": [
                {"key": claim.key, "taught": list(claim.taught), "asked": list(claim.asked)}
                for claim in self.claims
            ],
            "questions": {
                "count": self.questions,
                "types": self.types,
                "single_choice": {
                    "count": self.keys.questions,
                    "right_by_place": {
                        str(place): round(self.keys.share(count), 3)
                        for place, count in self.keys.places.items()
                    },
                    "right_is_longest": round(self.keys.share(self.keys.longest), 3),
                },
            },
            "glossary_entries": self.entries,
            "errors": [_finding_dict(finding) for finding in self.errors],
            "remarks": [_finding_dict(finding) for finding in self.remarks],
        }


def report_on(content: CourseContent) -> CourseReport:
    """Return the report on a course whose folder has no mistakes."""
    written = [lesson for lesson in content.lessons if lesson.status == "published"]
    lessons = [read_parts(lesson) for lesson in written]
    questions = published(content)
    coverage = claim_coverage(content, lessons)
    findings = (
        *lesson_findings(content, lessons),
        *coverage_findings(coverage),
        *question_findings(content),
        *reference_findings(content, lessons),
        *glossary_findings(content, lessons),
    )
    return CourseReport(
        course=content.facts.slug,
        lessons=tuple(_line(content, lesson) for lesson in lessons),
        claims=tuple(coverage),
        types=type_counts(questions),
        keys=key_places(questions),
        entries=len(content.terms),
        findings=_once(findings),
    )


def _line(content: CourseContent, lesson: LessonParts) -> LessonLine:
    return LessonLine(
        parts=lesson,
        claims=len(lesson.outline.claims),
        own_questions=sum(question.lesson == lesson.slug for question in published(content)),
        quizzes=sum(
            quiz.lesson == lesson.slug and quiz.status == "published" for quiz in content.quizzes
        ),
    )


def _once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _lesson_dict(line: LessonLine) -> dict[str, Any]:
    parts = line.parts
    return {
        "slug": parts.slug,
        "words": parts.words,
        "grade": parts.grade,
        "objectives": parts.objectives,
        "before": parts.before,
        "prompts": parts.prompts,
        "inline_questions": list(parts.inline),
        "summary": parts.has_summary,
        "limits": parts.has_limits,
        "charts": len(parts.charts),
        "claims": list(parts.outline.claims),
        "own_questions": line.own_questions,
        "quizzes": line.quizzes,
    }


def _finding_dict(finding: Finding) -> dict[str, str]:
    return {"rule": finding.rule, "where": finding.where, "sentence": finding.sentence}
