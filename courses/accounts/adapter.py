"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from courses.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Keeps what our sign-up form asks beyond allauth's, and where a request comes from."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new person with the name and the time zone they gave."""
        user.display_name = form.cleaned_data.get("display_name", "")
        if zone := form.cleaned_data.get("time_zone"):
            user.time_zone = zone
        user.email = user.email.lower() if user.email else None
        return super().save_user(request, user, form, commit=commit)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits count by.

        X-Forwarded-For is believed only as far as TRUSTED_PROXY_COUNT says; a request that
        came around the proxies has too few entries and counts by its own connection.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR", "")) or "unknown"
