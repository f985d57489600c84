"""The common context as a Django application."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "courses.common"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from courses.common import logs

        logs.configure(level=settings.LOG_LEVEL, json=not settings.DEVELOPMENT)
