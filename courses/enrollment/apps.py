"""The enrollment context as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrollmentConfig(AppConfig):
    name = "courses.enrollment"
    verbose_name = _("Courses")
