"""The enrollment context as a Django application."""

from django.apps import AppConfig


class EnrollmentConfig(AppConfig):
    name = "courses.enrollment"
