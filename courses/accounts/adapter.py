"""How django-allauth behaves here."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as allauth_context
from allauth.core.internal.httpkit import headed_redirect_response
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from courses.accounts.models import User

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Keeps what our sign-up form asks beyond allauth's, and says things in our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
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

    # What the button of a mail says, by the mail's template.
    mail_actions = {
        "account/email/account_already_exists": gettext_lazy("Choose a new password"),
        "account/email/email_confirmation": gettext_lazy("Confirm the address"),
        "account/email/email_confirmation_signup": gettext_lazy("Confirm the address"),
        "account/email/password_reset_key": gettext_lazy("Choose a new password"),
        "account/email/unknown_account": gettext_lazy("Create an account"),
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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; if the mail server is gone, say so on the next page instead of failing.

        The account or the request stands; signing in sends a new confirmation.
        """
        request = allauth_context.request
        ours = {
            "site_name": settings.SITE_NAME,
            "site_url": request.build_absolute_uri("/") if request else settings.SITE_URL,
            "name": getattr(context.get("user"), "display_name", ""),
        }
        try:
            super().send_mail(template_prefix, email, ours | context)
        except (OSError, SMTPException) as error:
            log.error("mail_not_sent", template=template_prefix, error=type(error).__name__)
            messages.error(
                allauth_context.request,
                _("The e-mail could not be sent just now. Please try again in a few minutes."),
            )

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> EmailMultiAlternatives:
        """Return the mail as text, and the same words as HTML, its link as a button."""
        mail: EmailMultiAlternatives = super().render_mail(
            template_prefix, email, context, *args, **kwargs
        )
        words, _dashes, _signature = str(mail.body).rpartition("\n-- ")
        page = {
            "subject": mail.subject,
            "language": get_language(),
            "parts": [mail_part(part) for part in words.split("\n\n") if part.strip()],
            "action": self.mail_actions.get(template_prefix, gettext_lazy("Open the page")),
            "site_name": context.get("site_name", settings.SITE_NAME),
            "site_url": context.get("site_url", settings.SITE_URL),
        }
        mail.attach_alternative(render_to_string("account/email/page.html", page), "text/html")
        return mail

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits count by.

        X-Forwarded-For is believed only as far as TRUSTED_PROXY_COUNT says; a request that
        came around the proxies has too few entries and counts by its own connection.
        """
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR", "")) or "unknown"


def mail_part(paragraph: str) -> dict[str, str]:
    """Return a paragraph of a mail's text: an address that stands alone, or words."""
    text = paragraph.strip()
    alone = text.startswith(("https://", "http://")) and not text.split()[1:]
    return {"url": text} if alone else {"text": text}
