"""Makes people for the tests."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from courses.accounts.models import User

PASSWORD = "a-long-test-password-7"
_numbers = count(1)


def make_user(email: str | None = None, *, verified: bool = True, **fields: Any) -> User:
    """Return a saved person who may sign in with PASSWORD; `verified`: the address is theirs."""
    address = email or f"person{next(_numbers)}@example.org"
    password = fields.pop("password", PASSWORD)
    fields.setdefault("display_name", address.partition("@")[0])
    user = User.objects.create_user(address, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user
