"""The assessment context as a Django application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "courses.assessment"

    def ready(self) -> None:
        from courses.assessment import jobs, receivers  # noqa: F401 - importing it connects it
        from courses.assessment.regrading import attempts
        from courses.assessment.services.guests import sweep_guests
        from courses.common.sweeping import register_sweeper

        jobs.register()
        attempts.register()
        register_sweeper(jobs.sweep_attempts, every_seconds=30)
        register_sweeper(jobs.sweep_reservations, every_seconds=600)
        register_sweeper(sweep_guests, every_seconds=3600)
