"""The assessment context as a Django application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "courses.assessment"
