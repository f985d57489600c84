"""The web context as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "courses.web"

    def ready(self) -> None:
        from courses.web import receivers  # noqa: F401 - importing it connects it
