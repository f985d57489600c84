"""Runs the rules over a question, a quiz or a whole course, and sets aside what is silenced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from courses.assessment.domain.linting.findings import WARNING, Finding
from courses.assessment.domain.linting.questions import LintedQuestion, ReadQuestion
from courses.assessment.domain.linting.rules import (
    RULES,
    SET_RULE_NAMES,
    SET_RULES,
    SILENCED_FOR_NOTHING,
)
from courses.assessment.domain.messages import Message, gettext_noop

_FOR_NOTHING = gettext_noop("The rule %(rule)s finds nothing here; take it out of “silenced”.")


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found in one question: what is open, and what is silenced, with the reason."""

    slug: str
    open: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, str], ...]


def lint_question(question: LintedQuestion) -> list[Finding]:
    """Return what the rules find in a question by itself, silenced or not, errors first.

    The question may be a draft that its type refuses; what can be read of it is looked at.
    """
    return _lint_read(ReadQuestion(question))


def lint_set(
    questions: Sequence[LintedQuestion], *, quiz: bool = True
) -> list[tuple[str, Finding]]:
    """Return what the rules find in questions taken together, each with a question's slug.

    `quiz` says that they are asked together; else they are those of a whole course.
    """
    return _lint_reads([ReadQuestion(question) for question in questions], quiz=quiz)


def lint_alone(question: LintedQuestion) -> Linted:
    """Return what is found in a question by itself, as an editor shows it."""
    return _settled(question, lint_question(question), complete=False)


def lint_all(
    questions: Sequence[LintedQuestion],
    quizzes: Mapping[str, Sequence[str]],
    *,
    complete: bool = True,
) -> list[Linted]:
    """Return what is found in each question, alone, in its quizzes and in all of them together.

    `quizzes` are slugs of questions by the slug of their quiz; unknown ones are left out.
    With `complete` false the questions are only some of a course: nothing is said on all
    of them together, nor on what is silenced for the sake of other quizzes.
    """
    read = {question.slug: ReadQuestion(question) for question in questions}
    found = {slug: _lint_read(asked) for slug, asked in read.items()}
    groups = [([read[slug] for slug in slugs if slug in read], True) for slugs in quizzes.values()]
    if complete:
        groups.append((list(read.values()), False))
    for members, quiz in groups:
        for slug, finding in _lint_reads(members, quiz=quiz):
            if finding not in found[slug]:
                found[slug].append(finding)
    return [_settled(one, found[one.slug], complete=complete) for one in questions]


def _lint_read(asked: ReadQuestion) -> list[Finding]:
    found = [
        Finding(rule.name, rule.level, path, message)
        for rule in RULES
        if asked.question.uses_claims or not rule.on_claims
        for path, message in rule.look(asked)
    ]
    # A draft's type may have named what a rule finds by itself; the place is told once.
    once = {(finding.rule, finding.path): finding for finding in reversed(found)}
    return [finding for finding in found if once[finding.rule, finding.path] is finding]


def _lint_reads(questions: Sequence[ReadQuestion], *, quiz: bool) -> list[tuple[str, Finding]]:
    return [
        (asked.question.slug, Finding(rule.name, rule.level, path, message))
        for rule in SET_RULES
        if quiz or not rule.together
        for asked, path, message in rule.look(questions)
    ]


def _settled(question: LintedQuestion, found: Iterable[Finding], *, complete: bool) -> Linted:
    """Return the findings, with those apart that the question's author has silenced."""
    reasons = dict(question.silenced)
    findings = list(found)
    heard = {finding.rule for finding in findings}
    idle = [
        Finding(
            SILENCED_FOR_NOTHING,
            WARNING,
            f"silenced[{index}]",
            Message(_FOR_NOTHING, {"rule": rule}),
        )
        for index, (rule, _reason) in enumerate(question.silenced)
        if rule not in heard and (complete or rule not in SET_RULE_NAMES)
    ]
    return Linted(
        slug=question.slug,
        open=(*(one for one in findings if one.rule not in reasons), *idle),
        silenced=tuple((one, reasons[one.rule]) for one in findings if one.rule in reasons),
    )
