"""The content context as a Django application."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "courses.content"
