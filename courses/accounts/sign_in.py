"""What django-allauth keeps, under a name that says what it is."""

from allauth.account.apps import AccountConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AccountConfig):
    """The addresses that people sign in with, confirmed or not."""

    verbose_name = _("Sign-in addresses")
