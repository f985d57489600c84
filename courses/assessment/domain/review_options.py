"""What a quiz tells its learners, and when: each thing on its own, phase by phase."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.assessment.domain.messages import gettext_noop
from courses.assessment.domain.problems import Checker

SCORE, ANSWERS, EXPLANATION = "score", "answers", "explanation"
# What can be told: whether an answer was right and what it earned; the right answer; why it is
# right and where that comes from.
TOLD = (SCORE, ANSWERS, EXPLANATION)
# While the attempt is open; once it is handed in; once the quiz is closed for everybody.
DURING, SUBMITTED, CLOSED = "during", "submitted", "closed"
PHASES = (DURING, SUBMITTED, CLOSED)

EVERYTHING = frozenset(TOLD)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """For each phase the things of TOLD that are told in it."""

    during: frozenset[str] = NOTHING
    submitted: frozenset[str] = NOTHING
    closed: frozenset[str] = NOTHING

    def at(self, phase: str) -> frozenset[str]:
        """Return what is told in a phase; once told, a thing stays told in later ones."""
        told = self.during
        if phase in (SUBMITTED, CLOSED):
            told |= self.submitted
        if phase == CLOSED:
            told |= self.closed
        return told

    def as_json(self) -> dict[str, list[str]]:
        """Return the options as they are stored: phases with what they add, in order."""
        phases = {DURING: self.during, SUBMITTED: self.submitted, CLOSED: self.closed}
        return {
            phase: [name for name in TOLD if name in told] for phase, told in phases.items() if told
        }


PRACTICE = ReviewOptions(EVERYTHING, EVERYTHING, EVERYTHING)
# As an exam is: the score when it is handed in, the rest when nobody can sit it any more.
GRADED = ReviewOptions(NOTHING, frozenset({SCORE}), EVERYTHING)


def options_of(kind: str, stored: Mapping[str, list[str]]) -> ReviewOptions:
    """Return the options of a quiz; practice tells everything at once, whatever is stored."""
    if kind == "practice":
        return PRACTICE
    if not stored:
        return GRADED
    return ReviewOptions(*(frozenset(stored.get(phase, ())) for phase in PHASES))


def checked_options(check: Checker, raw: object, path: str) -> dict[str, list[str]]:
    """Return authored options in their stored form; problems are kept in `check`.

    Who writes options that tell nothing means just that, and not what is usual: an empty
    first phase says so.
    """
    if raw is None:
        return {}
    found: dict[str, frozenset[str]] = {}
    for phase, told in check.mapping(raw, path, known=PHASES).items():
        listed = check.sequence(told, f"{path}.{phase}", least=0, most=len(TOLD))
        for index, name in enumerate(listed):
            if name not in TOLD:
                check.add(
                    f"{path}.{phase}[{index}]",
                    "unknown",
                    gettext_noop("This cannot be told; what can is: %(known)s."),
                    known=", ".join(TOLD),
                )
        found[phase] = frozenset(name for name in listed if name in TOLD)
    return ReviewOptions(**found).as_json() or ({DURING: []} if found else {})
