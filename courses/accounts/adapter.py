"""How django-allauth behaves here."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.core.internal.httpkit import headed_redirect_response
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from courses.accounts.mails import MailAdapter
from courses.accounts.models import User


class AccountAdapter(MailAdapter):
    """Keeps what our sign-up form asks beyond allauth's, and says things in our words."""

    error_messages = {
        **MailAdapter.error_messages,
        "account_inactive": gettext_lazy(
            "This account is suspended. Ask your teacher or the administrator of this site."
        ),
        "cannot_remove_primary_email": gettext_lazy(
            "You sign in with this e-mail address. Make another one your main address first."
        ),
        "duplicate_email": gettext_lazy("This e-mail address is yours already."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is wrong."),
        "email_taken": gettext_lazy("Somebody has an account with this e-mail address."),
        "enter_current_password": gettext_lazy("Give your present password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "invalid_password_reset": gettext_lazy("This link no longer works. Ask for another."),
        "max_email_addresses": gettext_lazy("You can have no more than %d e-mail addresses."),
        "too_many_login_attempts": gettext_lazy(
            "There were too many attempts to sign in. Please try again in a few minutes."
        ),
        "unknown_email": gettext_lazy("No account has this e-mail address."),
        "unverified_primary_email": gettext_lazy(
            "Confirm this e-mail address before you make it your main one."
        ),
        "same_as_current": gettext_lazy("This is what you have now. Choose another."),
        "rate_limited": gettext_lazy("That was too often. Please try again in a few minutes."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new person with the name and the time zone they gave, in the page's language."""
        user.display_name = form.cleaned_data.get("display_name", "")
        if zone := form.cleaned_data.get("time_zone"):
            user.time_zone = zone
        user.language = get_language() or settings.LANGUAGE_CODE
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

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits count by.

        X-Forwarded-For is believed only as far as TRUSTED_PROXY_COUNT says; a request that
        came around the proxies has too few entries and counts by its own connection.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR", "")) or "unknown"
