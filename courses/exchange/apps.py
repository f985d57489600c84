"""The exchange context as a Django application."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "courses.exchange"
