"""The accounts context as a Django application."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AccountsConfig(AppConfig):
    name = "courses.accounts"
    verbose_name = pgettext_lazy("those with accounts", "People")

    def ready(self) -> None:
        from allauth.account.signals import email_added

        from courses.accounts import receivers

        email_added.connect(
            receivers.tell_of_added_address, dispatch_uid="accounts.tell_of_added_address"
        )
