"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site's name, for titles and the page head."""
    return {"site_name": settings.SITE_NAME}
