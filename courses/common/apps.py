"""The common context as a Django application."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "courses.common"
