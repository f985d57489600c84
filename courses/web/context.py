"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


def chosen_theme(request: HttpRequest) -> str:
    """Return `light` or `dark` if this browser asked for it, else an empty string."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, its languages and the chosen appearance."""
    return {
        "site_name": settings.SITE_NAME,
        "theme": chosen_theme(request),
        "languages": settings.LANGUAGES,
    }
