"""What people are told when their own account changes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress

from courses.accounts.models import User


def tell_of_added_address(user: User, email_address: EmailAddress, **_kwargs: Any) -> None:
    """Tell the owner of an account that it got a further address; the main one hears of it."""
    get_adapter().send_notification_mail(
        "account/email/email_added", user, {"added_email": email_address.email}
    )
