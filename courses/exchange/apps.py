"""The exchange context as a Django application."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "courses.exchange"

    def ready(self) -> None:
        from courses.exchange import jobs

        jobs.register()
