"""The assessment context as a Django application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "courses.assessment"

    def ready(self) -> None:
        from courses.assessment import receivers  # noqa: F401 - importing it connects it
