"""The web context as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "courses.web"
