"""The address a person signs in with, when somebody else changes it."""

from allauth.account.models import EmailAddress
from django.db import transaction

from courses.accounts.models import User


def follow_address(user: User) -> None:
    """Make the address that an administrator gave `user` the one they sign in with.

    It counts as confirmed: the administrator answers for it, and may be the only help of
    somebody who lost their mailbox. The address it replaces opens nothing any more.
    """
    with transaction.atomic():
        EmailAddress.objects.filter(user=user, primary=True).exclude(email=user.email).delete()
        if user.email:
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"primary": True, "verified": True}
            )
