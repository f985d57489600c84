"""The flashcards context as a Django application."""

from django.apps import AppConfig


class FlashcardsConfig(AppConfig):
    name = "courses.flashcards"

    def ready(self) -> None:
        from courses.common.sweeping import register_sweeper
        from courses.flashcards import jobs, receivers  # noqa: F401 - connects the receivers
        from courses.flashcards.services import regrading

        jobs.register()
        regrading.register()
        register_sweeper(jobs.sweep_plans, every_seconds=60)
