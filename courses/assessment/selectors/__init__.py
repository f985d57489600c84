"""The reads of this context."""

from courses.assessment.selectors.attempts import (
    AttemptItem,
    AttemptPage,
    attempt_page,
    attempt_seen,
    version_in_attempt,
)
from courses.assessment.selectors.grades import GradedAttempt, GradeRow, grades_of
from courses.assessment.selectors.guests import (
    NOTHING_KEPT,
    GuestRecord,
    guest_answer_count,
    guest_record,
)
from courses.assessment.selectors.linting import LintNote, lint_course, lint_quiz, lint_version
from courses.assessment.selectors.open_attempts import attempt_of
from courses.assessment.selectors.questions import (
    LessonQuestion,
    QuestionPlace,
    places_of,
    question_in_lesson,
    questions_for_lesson,
)
from courses.assessment.selectors.quizzes import (
    QuizOverview,
    TakenAttempt,
    quiz_for,
    quiz_overviews,
    quiz_to_take,
)
from courses.assessment.selectors.sittings import (
    gives_second_try,
    sitting_of,
    tells_at_once,
    told_in,
)

__all__ = [
    "NOTHING_KEPT",
    "AttemptItem",
    "AttemptPage",
    "GradeRow",
    "GradedAttempt",
    "GuestRecord",
    "LessonQuestion",
    "LintNote",
    "QuestionPlace",
    "QuizOverview",
    "TakenAttempt",
    "attempt_of",
    "attempt_page",
    "attempt_seen",
    "gives_second_try",
    "grades_of",
    "guest_answer_count",
    "guest_record",
    "lint_course",
    "lint_quiz",
    "lint_version",
    "places_of",
    "question_in_lesson",
    "questions_for_lesson",
    "quiz_for",
    "quiz_overviews",
    "quiz_to_take",
    "sitting_of",
    "tells_at_once",
    "told_in",
    "version_in_attempt",
]
