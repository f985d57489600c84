"""The accounts context as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "courses.accounts"
