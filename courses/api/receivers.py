"""What the API does when other contexts have news."""

from datetime import datetime
from typing import Any

from courses.accounts.models import User
from courses.api.tokens import revoke_all
from courses.common import clock


def revoke_tokens(user: User, now: datetime, **_rest: Any) -> None:
    """End the tokens of somebody who was suspended: being let in again does not revive them."""
    revoke_all(user=user, now=now)


def revoke_tokens_with_password(user: User, **_rest: Any) -> None:
    """End the tokens of somebody whose password was changed or reset.

    Whoever fears that somebody else knows the password wants everything closed that it
    opened. The news comes from a form, which does not say when.
    """
    revoke_all(user=user, now=clock.now())
