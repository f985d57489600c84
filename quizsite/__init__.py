"""The project: settings, Celery application and root URLs."""

from quizsite.celery import app as celery_app

__all__ = ["celery_app"]
