"""The linter: what is likely to be wrong with a question, though it is valid.

Its rules follow the guidelines that textbooks and studies on multiple-choice items agree on:
Haladyna, Downing and Rodriguez, “A Review of Multiple-Choice Item-Writing Guidelines for
Classroom Assessment”, Applied Measurement in Education 15 (2002), 309-334; Moreno, Martínez
and Muñiz, “New Guidelines for Developing Multiple-Choice Items”, Methodology 2 (2006), 65-72.
A rule is better silent than wrong: authors stop reading what cries wolf.
"""

from courses.assessment.domain.linting.findings import ERROR, WARNING, Finding
from courses.assessment.domain.linting.questions import LintedClaim, LintedQuestion
from courses.assessment.domain.linting.rules import RULE_NAMES, SILENCED_FOR_NOTHING
from courses.assessment.domain.linting.running import (
    Linted,
    lint_all,
    lint_alone,
    lint_question,
    lint_set,
)

__all__ = [
    "ERROR",
    "RULE_NAMES",
    "SILENCED_FOR_NOTHING",
    "WARNING",
    "Finding",
    "Linted",
    "LintedClaim",
    "LintedQuestion",
    "lint_all",
    "lint_alone",
    "lint_question",
    "lint_set",
]
