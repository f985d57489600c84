"""Makes a small open course: two lessons, questions of several types, a quiz."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.assessment.models import Question, Quiz
from courses.content.models import Lesson
from courses.enrollment.models import Course
from tests.factories.assessment import make_question, make_quiz
from tests.factories.content import make_claim, make_lesson
from tests.factories.enrollment import make_course

TYPES = ("single_choice", "numeric", "short_text", "ordering", "flashcard")
BODY = """The pier was built [TT-001]. The lamp was lit [TT-001, TT-002].

::: question asked-single-choice
:::

## A second part

| Year | Ships |
|------|-------|
| 1873 | 214 [TT-003] |

"""


@dataclass(frozen=True)
class Taught:
    """An open course with two lessons; the first asks a question of each of its types."""

    course: Course
    lesson: Lesson
    later: Lesson
    quiz: Quiz
    questions: dict[str, Question]


def make_harbour(types: Sequence[str] = TYPES) -> Taught:
    """Return the course, taught and ready to be read."""
    course = make_course("harbour", title="The harbour", access=Course.Access.OPEN)
    for key in ("TT-001", "TT-002", "TT-003"):
        make_claim(course, key, statement=f"Statement of {key}.")
    lesson = make_lesson(course, "pier", title="The pier & the lamp", body=BODY + _asked(types[1:]))
    later = make_lesson(course, "railway", title="The railway", body="It came.")
    questions = {
        name: make_question(
            course,
            name,
            slug=f"asked-{name.replace('_', '-')}",
            lesson=lesson,
            position=number,
            stem=f"Question of type {name}?",
            # One each: cards that share a claim are not asked on the same day.
            claims=[make_claim(course, f"TT-10{number}", statement=f"Why {name}.")],
        )
        for number, name in enumerate(types)
    }
    quiz = make_quiz(
        course, list(questions.values()), slug="practice", title="Practice", lesson=lesson
    )
    return Taught(course, lesson, later, quiz, questions)


def _asked(types: Sequence[str]) -> str:
    return "".join(f"\n::: question asked-{name.replace('_', '-')}\n:::\n" for name in types)
