"""Questions for the linter, and what it finds in them."""

from typing import Any

from courses.assessment.domain.linting import (
    Finding,
    LintedClaim,
    LintedQuestion,
    lint_question,
    lint_set,
)

FACT = LintedClaim("AA-001", "event", "2014")
ARGUMENT = LintedClaim("AA-002", "argument")
VIEW = LintedClaim("AA-003", "position", attributed="officials in Tokyo")
STEM = "Which city did the emperor leave in 1868?"
OPTIONS = ("*Kyoto", "Osaka", "Nagoya")


def options(*texts: str) -> dict[str, Any]:
    """Return the payload of a single choice; the right options begin with an asterisk."""
    return {
        "options": [
            {"text": text.removeprefix("*")} | ({"correct": True} if text[0] == "*" else {})
            for text in texts
        ]
    }


def asked(stem: str = STEM, *texts: str, **fields: Any) -> LintedQuestion:
    """Return a single choice that no rule finds fault with, but for what is given."""
    known: dict[str, Any] = {
        "slug": "q-1",
        "type": "single_choice",
        "payload": options(*(texts or OPTIONS)),
        "explanation": "So the chronicle has it.",
        "claims": (FACT,),
    }
    return LintedQuestion(stem=stem, **(known | fields))


def card(stem: str, **fields: Any) -> LintedQuestion:
    """Return a flashcard: a question without options."""
    known = {"type": "flashcard", "payload": {"back": "So."}, "explanation": ""}
    return asked(stem, **(known | fields))


def rules_in(question: LintedQuestion) -> set[str]:
    return {finding.rule for finding in lint_question(question)}


def found(question: LintedQuestion, rule: str) -> list[Finding]:
    return [finding for finding in lint_question(question) if finding.rule == rule]


def found_in_set(questions: list[LintedQuestion], rule: str, **how: Any) -> list[tuple[str, str]]:
    """Return the slug and path of each finding of a rule over several questions."""
    return [(slug, one.path) for slug, one in lint_set(questions, **how) if one.rule == rule]
