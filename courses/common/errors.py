"""The base of every error that a person can mend."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Something the caller asked for cannot be done, for a reason they can act on.

    `code` is stable and machine-readable; `message` is a translatable sentence for
    people. Views map `status` to HTTP in one place (`api.problems`, `web.errors`).
    """

    code: ClassVar[str] = "domain_error"
    status: ClassVar[int] = 400
    message: str | Promise = _("This cannot be done.")

    def __init__(self, message: str | None = None, **details: object) -> None:
        self.details = details
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class NotFound(DomainError):
    """The thing does not exist, or the asker may not know that it does."""

    code = "not_found"
    status = 404
    message = _("There is nothing here.")


class PermissionRefused(DomainError):
    """The asker is known, the thing too, and the answer is no."""

    code = "permission_refused"
    status = 403
    message = _("You are not allowed to do this.")


class KeyReused(DomainError):
    """An idempotency key came again with another request."""

    code = "key_reused"
    status = 422
    message = _("This id was used for another request before. Make a new one.")
