"""The api context as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "courses.api"
