"""What a learner may be told when a card cannot be answered, changed or taken back."""

from django.utils.translation import gettext_lazy as _

from courses.common.errors import DomainError, NotFound, PermissionRefused


class CardNotFound(NotFound):
    """The learner has no card of this question."""

    code = "card_not_found"
    message = _("You have no card of this question.")


class QuestionNotAvailable(DomainError):
    """The question, or its course, is not published (any more)."""

    code = "question_not_available"
    status = 409
    message = _("This question is no longer asked.")


class NotStudying(PermissionRefused):
    """The learner does not take part in the course (any more)."""

    code = "not_studying"
    message = _("You are not enrolled in this course.")


class NothingToUndo(DomainError):
    """None of the learner's last reviews of today is left to take back."""

    code = "nothing_to_undo"
    status = 409
    message = _("There is nothing to take back.")


class StopLinkInvalid(DomainError):
    """The link that stops reminders was not made by this site."""

    code = "stop_link_invalid"
    status = 404
    message = _("This link is not valid. You can turn reminders off in your preferences.")
