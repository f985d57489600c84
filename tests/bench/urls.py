"""The product's routes, and the floors under them."""

from django.urls import include, path

from tests.bench import floor

urlpatterns = [
    path("bench/answer", floor.answer),
    path("bench/session", floor.session),
    path("", include("quizsite.urls")),
]
