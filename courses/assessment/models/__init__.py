"""Questions and their versions, quizzes, attempts, responses and what was made of them."""

from courses.assessment.models.attempts import Attempt, Confidence, Marking, Response, SavedAnswer
from courses.assessment.models.guests import GuestEntry
from courses.assessment.models.questions import Question, QuestionVersion
from courses.assessment.models.quizzes import Accommodation, Quiz, QuizSlot
from courses.assessment.models.regrades import Regrade, RegradedAttempt, RegradedResponse

__all__ = [
    "Accommodation",
    "Attempt",
    "Confidence",
    "GuestEntry",
    "Marking",
    "Question",
    "QuestionVersion",
    "Quiz",
    "QuizSlot",
    "Regrade",
    "RegradedAttempt",
    "RegradedResponse",
    "Response",
    "SavedAnswer",
]
