"""The reads of this context."""

from courses.assessment.selectors.attempts import (
    AttemptItem,
    AttemptPage,
    attempt_of,
    attempt_page,
    version_in_attempt,
)
from courses.assessment.selectors.questions import (
    LessonQuestion,
    question_in_lesson,
    questions_for_lesson,
)
from courses.assessment.selectors.quizzes import (
    QuizOverview,
    published_quiz,
    quiz_for,
    quiz_overviews,
    version_ids_of,
)

__all__ = [
    "AttemptItem",
    "AttemptPage",
    "LessonQuestion",
    "QuizOverview",
    "attempt_of",
    "attempt_page",
    "published_quiz",
    "question_in_lesson",
    "questions_for_lesson",
    "quiz_for",
    "quiz_overviews",
    "version_ids_of",
    "version_in_attempt",
]
