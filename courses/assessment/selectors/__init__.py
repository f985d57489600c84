"""The reads of this context."""

from courses.assessment.selectors.attempts import (
    AttemptItem,
    AttemptPage,
    attempt_of,
    attempt_page,
    version_in_attempt,
)
from courses.assessment.selectors.guests import (
    NOTHING_KEPT,
    GuestRecord,
    guest_answer_count,
    guest_record,
)
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
    published_quiz,
    quiz_for,
    quiz_overviews,
    version_ids_of,
)

__all__ = [
    "NOTHING_KEPT",
    "AttemptItem",
    "AttemptPage",
    "GuestRecord",
    "LessonQuestion",
    "QuestionPlace",
    "QuizOverview",
    "TakenAttempt",
    "attempt_of",
    "attempt_page",
    "guest_answer_count",
    "guest_record",
    "places_of",
    "published_quiz",
    "question_in_lesson",
    "questions_for_lesson",
    "quiz_for",
    "quiz_overviews",
    "version_ids_of",
    "version_in_attempt",
]
