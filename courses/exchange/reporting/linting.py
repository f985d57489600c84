"""What the linter finds in the questions of a course folder, file by file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from courses.assessment.domain.linting import (
    ERROR,
    Finding,
    Linted,
    LintedClaim,
    LintedQuestion,
    lint_all,
)
from courses.exchange.domain.nodes import line_at
from courses.exchange.domain.records import CourseContent, PlacedQuestion, questions_by_file
from courses.exchange.parsing import ParsedFolder
from courses.exchange.reporting.questions import asked_in, published


class NoSuchQuiz(LookupError):
    """The folder has no quiz of this slug; `known` are those it has."""

    def __init__(self, slug: str, known: Sequence[str]) -> None:
        self.known = tuple(known)
        super().__init__(f"There is no quiz “{slug}”; there are: {', '.join(known) or 'none'}.")


@dataclass(frozen=True)
class PlacedFinding:
    """A finding with its file and line (0 if unknown); `reason` if it is silenced."""

    file: str
    line: int
    slug: str
    finding: Finding
    reason: str = ""

    def __str__(self) -> str:
        because = f" Silenced: {self.reason}" if self.reason else ""
        return f"{self.line}: {self.finding.level}: {self.slug}: {self.finding}{because}"


@dataclass(frozen=True)
class LintReport:
    """What is open and what is silenced in `questions` published questions."""

    questions: int
    open: tuple[PlacedFinding, ...]
    silenced: tuple[PlacedFinding, ...]

    @property
    def errors(self) -> list[PlacedFinding]:
        return [one for one in self.open if one.finding.level == ERROR]

    @property
    def warnings(self) -> list[PlacedFinding]:
        return [one for one in self.open if one.finding.level != ERROR]

    def lines(self, *, only_errors: bool = False) -> Iterator[str]:
        """Yield the findings under the names of their files, and what they come to."""
        shown = self.errors if only_errors else [*self.open, *self.silenced]
        for file in dict.fromkeys(one.file for one in shown):
            yield file
            here = (one for one in shown if one.file == file)
            yield from (f"  {one}" for one in sorted(here, key=lambda one: one.line))
        yield (
            f"{self.questions} questions: {len(self.errors)} errors, "
            f"{len(self.warnings)} warnings, {len(self.silenced)} silenced."
        )


def lint_folder(parsed: ParsedFolder, *, quiz: str = "") -> LintReport:
    """Return what the linter finds in a folder without mistakes, or in one of its quizzes.

    Drafts do not count: students do not see them. Raises NoSuchQuiz.
    """
    content = parsed.content
    quizzes = {
        one.slug: asked_in(content, one) for one in content.quizzes if one.status == "published"
    }
    questions = published(content)
    if quiz:
        if quiz not in quizzes:
            raise NoSuchQuiz(quiz, list(quizzes))
        quizzes = {quiz: quizzes[quiz]}
        questions = [one for one in questions if one.draft.slug in quizzes[quiz]]
    linted = lint_all(_linted_questions(content, questions), quizzes, complete=not quiz)
    by_slug = {one.slug: one for one in linted}
    placed = [
        found
        for file, asked in questions_by_file(questions).items()
        for question in asked
        for found in _placed(parsed, file, by_slug[question.draft.slug])
    ]
    return LintReport(
        questions=len(questions),
        open=tuple(one for one in placed if not one.reason),
        silenced=tuple(one for one in placed if one.reason),
    )


def _linted_questions(
    content: CourseContent, questions: Sequence[PlacedQuestion]
) -> list[LintedQuestion]:
    claims = {
        claim.key: LintedClaim(claim.key, claim.kind, claim.date, claim.attributed)
        for claim in content.claims
    }
    return [
        LintedQuestion(
            slug=question.draft.slug,
            type=question.draft.type,
            stem=question.draft.stem,
            payload=question.draft.payload,
            explanation=question.draft.explanation,
            tags=question.draft.tags,
            hints=question.draft.hints,
            claims=tuple(claims[key] for key in question.claims),
            silenced=question.draft.silenced,
            language=content.facts.language,
            uses_claims=content.facts.rests_on_claims,
        )
        for question in questions
    ]


def _placed(parsed: ParsedFolder, file: str, linted: Linted) -> Iterator[PlacedFinding]:
    node = parsed.questions.get(linted.slug)
    told = [*((one, "") for one in linted.open), *linted.silenced]
    for finding, reason in told:
        line = 0 if node is None else line_at(node, finding.path)
        yield PlacedFinding(file, line, linted.slug, finding, reason)
