"""Who may be signed in at all."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from courses.accounts.models import User


class PeopleBackend(AuthenticationBackend):
    """Allauth's, which also asks `User.may_sign_in`: at the door, and of every session."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return isinstance(user, User) and user.may_sign_in
