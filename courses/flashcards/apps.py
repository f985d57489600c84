"""The flashcards context as a Django application."""

from django.apps import AppConfig


class FlashcardsConfig(AppConfig):
    name = "courses.flashcards"
