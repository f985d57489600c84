"""The api context as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "courses.api"

    def ready(self) -> None:
        from courses.accounts.signals import person_suspended
        from courses.api import (
            openapi,  # noqa: F401 - registers how tokens are described
            receivers,
        )

        person_suspended.connect(receivers.revoke_tokens, dispatch_uid="api.revoke_tokens")
