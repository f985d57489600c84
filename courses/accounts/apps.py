"""The accounts context as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "courses.accounts"
    verbose_name = _("People")
