"""Root URLs: the API under /api/v1/, accounts, health, and the pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("courses.api.urls")),
    path("account/", include("allauth.urls")),
    path("administration/", admin.site.urls),
    path("", include("courses.web.urls")),
]
