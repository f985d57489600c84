"""The writes of this context: saving questions and quizzes, answering, attempts."""

from courses.assessment.services.accommodations import (
    Granted,
    grant_accommodation,
    withdraw_accommodation,
)
from courses.assessment.services.answers import AnswerOutcome, answer_in_lesson
from courses.assessment.services.attempt_answers import SecondTry, answer_in_attempt
from courses.assessment.services.attempts import close_if_over, start_attempt, submit_attempt
from courses.assessment.services.guests import (
    Claimed,
    GuestOutcome,
    answer_as_guest,
    claim_guest,
    finish_as_guest,
    forget_guest,
    guest_key,
)
from courses.assessment.services.marking import mark_response
from courses.assessment.services.questions import (
    SavedQuestion,
    archive_missing_questions,
    save_question,
)
from courses.assessment.services.quizzes import (
    SavedQuiz,
    Slot,
    archive_missing_quizzes,
    save_quiz,
)
from courses.assessment.services.saving import Draft, save_answer, take_hint, walk_on

__all__ = [
    "AnswerOutcome",
    "Claimed",
    "Draft",
    "Granted",
    "GuestOutcome",
    "SavedQuestion",
    "SavedQuiz",
    "SecondTry",
    "Slot",
    "answer_as_guest",
    "answer_in_attempt",
    "answer_in_lesson",
    "archive_missing_questions",
    "archive_missing_quizzes",
    "claim_guest",
    "close_if_over",
    "finish_as_guest",
    "forget_guest",
    "grant_accommodation",
    "guest_key",
    "mark_response",
    "save_answer",
    "save_question",
    "save_quiz",
    "start_attempt",
    "submit_attempt",
    "take_hint",
    "walk_on",
    "withdraw_accommodation",
]
