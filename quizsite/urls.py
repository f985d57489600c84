"""Root URLs: the API under /api/v1/, accounts, health, and the pages."""

from django.contrib import admin
from django.urls import include, path

from courses.common import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("courses.api.urls")),
    path("account/", include("allauth.urls")),
    path("administration/", include("courses.web.administration")),
    path("administration/", admin.site.urls),
    path("", include("courses.web.urls")),
]

# What went wrong outside our own views becomes a page in the same look.
handler400 = "courses.web.errors.unreadable"
handler403 = "courses.web.errors.refused"
handler404 = "courses.web.errors.not_found"
handler429 = "courses.web.errors.too_many"  # of django-allauth's limits
handler500 = "courses.web.errors.broken"
