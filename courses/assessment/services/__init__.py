"""The writes of this context: saving questions and quizzes, answering, attempts."""

from courses.assessment.services.answers import AnswerOutcome, answer_in_attempt, answer_in_lesson
from courses.assessment.services.attempts import start_attempt, submit_attempt
from courses.assessment.services.guests import (
    Claimed,
    GuestOutcome,
    answer_as_guest,
    claim_guest,
    finish_as_guest,
    forget_guest,
    guest_key,
)
from courses.assessment.services.questions import (
    SavedQuestion,
    archive_missing_questions,
    save_question,
)
from courses.assessment.services.quizzes import SavedQuiz, archive_missing_quizzes, save_quiz

__all__ = [
    "AnswerOutcome",
    "Claimed",
    "GuestOutcome",
    "SavedQuestion",
    "SavedQuiz",
    "answer_as_guest",
    "answer_in_attempt",
    "answer_in_lesson",
    "archive_missing_questions",
    "archive_missing_quizzes",
    "claim_guest",
    "finish_as_guest",
    "forget_guest",
    "guest_key",
    "save_question",
    "save_quiz",
    "start_attempt",
    "submit_attempt",
]
