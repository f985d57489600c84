"""The refusals of this context."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.assessment.domain.problems import AnswerInvalid, Problem
from courses.assessment.wording import sentence
from courses.common.errors import DomainError


class QuestionInvalid(DomainError):
    """A question or quiz breaks the rules of its kind; `problems` says where and how to mend."""

    code = "question_invalid"
    status = 422
    message = _("The question has mistakes.")

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "; ".join(f"{problem.path}: {sentence(problem.message)}" for problem in self.problems),
            errors=[problem_view(problem) for problem in self.problems],
        )


class AnswerRefused(DomainError):
    """What was sent cannot be read as an answer; nothing was recorded."""

    code = "answer_invalid"
    status = 422
    message = _("This cannot be read as an answer.")

    def __init__(self, invalid: AnswerInvalid) -> None:
        super().__init__(sentence(invalid.message), reason=invalid.code)


class AttemptAlreadySubmitted(DomainError):
    """A submitted attempt takes no more answers."""

    code = "attempt_already_submitted"
    status = 409
    message = _("This attempt was handed in already and takes no more answers.")


class AlreadyAnswered(DomainError):
    """A question is answered once in an attempt."""

    code = "already_answered"
    status = 409
    message = _("This question was answered already in this attempt.")


class QuizEmpty(DomainError):
    """A quiz without a published question cannot be taken."""

    code = "quiz_empty"
    status = 409
    message = _("This quiz has no questions yet.")


class GuestFull(DomainError):
    """A visitor without an account answered as much as is kept for one."""

    code = "guest_full"
    status = 429
    message = _(
        "This is as much as we keep without an account. Create one, and all of it comes with you."
    )


class TooManyAnswers(DomainError):
    """More answers of visitors came from one address than people there can give."""

    code = "too_many_answers"
    status = 429
    message = _(
        "Too many answers came from your network just now. Yours is still here: "
        "send it again in a minute."
    )


def problem_view(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON: its path, code and sentence in the reader's language."""
    return {"path": problem.path, "code": problem.code, "message": sentence(problem.message)}


class QuizNotOpen(DomainError):
    """A quiz is not open yet; `opens_at` says when it is."""

    code = "quiz_not_open"
    status = 409
    message = _("This quiz is not open yet.")


class QuizClosed(DomainError):
    """A quiz takes no attempts any more."""

    code = "quiz_closed"
    status = 409
    message = _("This quiz is closed.")


class NoAttemptsLeft(DomainError):
    """As many attempts were made as the quiz allows."""

    code = "no_attempts_left"
    status = 409
    message = _("You have used all attempts at this quiz.")


class WrongPassword(DomainError):
    """A quiz is begun with the password that its teacher gives."""

    code = "quiz_password_wrong"
    status = 403
    message = _("That is not the password of this quiz.")


class TooManyGuesses(DomainError):
    """Somebody tries passwords of a quiz one after the other."""

    code = "too_many_guesses"
    status = 429
    message = _("Too many tries. Ask your teacher for the password, and try again in some minutes.")


class TimeIsUp(DomainError):
    """An answer came after the deadline of its attempt and the small grace behind it."""

    code = "time_is_up"
    status = 409
    message = _("The time is up. What was saved before counts.")


class SaveConflict(DomainError):
    """The answer was changed elsewhere since this page last saw it; nothing was overwritten."""

    code = "save_conflict"
    status = 409
    message = _("This answer was changed in another tab or on another device.")

    def __init__(self, *, answer: Any, revision: int) -> None:
        super().__init__(answer=answer, revision=revision)


class OutOfOrder(DomainError):
    """In a quiz without a way back only the question at hand can be seen and answered."""

    code = "out_of_order"
    status = 409
    message = _("This quiz goes on question by question, without a way back.")


class QuestionReserved(DomainError):
    """A question of practice has become part of a graded quiz."""

    code = "question_reserved"
    status = 409
    message = _("This question is part of a graded quiz now, and comes back when that is over.")


class AnsweredTogether(DomainError):
    """A quiz that tells nothing before it is handed in takes answers by saving them."""

    code = "answered_together"
    status = 409
    message = _("Answers in this quiz are saved, and marked when it is handed in.")


class NoMoreHints(DomainError):
    """The quiz gives no hints, or the question has no more of them."""

    code = "no_more_hints"
    status = 409
    message = _("There is no further hint.")


class RegradeBusy(DomainError):
    """Another regrade of the course is under way; one runs at a time."""

    code = "regrade_busy"
    status = 409
    message = _("Another regrade of this course is running. Wait until it is done.")


class RegradeNotApplied(DomainError):
    """Only a regrade that has run to its end can be undone."""

    code = "regrade_not_applied"
    status = 409
    message = _("This regrade has not been carried out, so there is nothing to undo.")


class RegradeUndone(DomainError):
    """A regrade that was undone stays so; looking anew makes another one."""

    code = "regrade_undone"
    status = 409
    message = _("This regrade was undone. Look at the changes again to make another one.")
