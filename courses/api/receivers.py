"""What the API does when other contexts have news."""

from datetime import datetime
from typing import Any

from courses.accounts.models import User
from courses.api.tokens import revoke_all


def revoke_tokens(user: User, now: datetime, **_rest: Any) -> None:
    """End the tokens of somebody who was suspended: being let in again does not revive them."""
    revoke_all(user=user, now=now)
