"""How django-allauth behaves here."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as allauth_context
from allauth.core.internal.httpkit import headed_redirect_response
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from courses.accounts.models import User

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Keeps what our sign-up form asks beyond allauth's, and where a request comes from."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new person with the name and the time zone they gave."""
        user.display_name = form.cleaned_data.get("display_name", "")
        if zone := form.cleaned_data.get("time_zone"):
            user.time_zone = zone
        user.email = user.email.lower() if user.email else None
        return super().save_user(request, user, form, commit=commit)

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponseBase | None:
        """Turn away who is suspended, and tell demo people that this is no place for them."""
        if user.is_active and not user.may_sign_in:
            clear_login(request)
            messages.error(
                request, _("This is a demo account. It works only where the site is developed.")
            )
            return headed_redirect_response("account_login")
        response: HttpResponseBase | None = super().pre_login(request, user, **login)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; if the mail server is gone, say so on the next page instead of failing.

        The account or the request stands; signing in sends a new confirmation.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.error("mail_not_sent", template=template_prefix, error=type(error).__name__)
            messages.error(
                allauth_context.request,
                _("The e-mail could not be sent just now. Please try again in a few minutes."),
            )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits count by.

        X-Forwarded-For is believed only as far as TRUSTED_PROXY_COUNT says; a request that
        came around the proxies has too few entries and counts by its own connection.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR", "")) or "unknown"
