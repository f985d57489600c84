"""The api context as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "courses.api"

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_reset

        from courses.accounts.signals import person_suspended
        from courses.api import (
            openapi,  # noqa: F401 - registers how tokens are described
            receivers,
        )

        person_suspended.connect(receivers.revoke_tokens, dispatch_uid="api.revoke_tokens")
        for signal in (password_changed, password_reset):
            signal.connect(
                receivers.revoke_tokens_with_password, dispatch_uid="api.revoke_with_password"
            )
