"""The common context as a Django application."""

from django.apps import AppConfig
from django.conf import settings


class CommonConfig(AppConfig):
    name = "courses.common"

    def ready(self) -> None:
        from courses.common import logs

        logs.configure(level=settings.LOG_LEVEL, json=not settings.DEVELOPMENT)
