"""The mails about a person's account: in our words, their language, as text and as HTML."""

import re
from smtplib import SMTPException
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from courses.accounts.models import User
from courses.common.clock import now

log = structlog.get_logger(__name__)

# Anyone may sign up with the address of somebody else; a name must not carry them a link.
_LIKE_A_LINK = re.compile(r"://|www\.|\w\.\w{2,}|@")


class MailAdapter(DefaultAccountAdapter):
    """Sends what django-allauth and the account pages have to tell people."""

    # What the button of a mail says, by the mail's template.
    mail_actions = {
        "account/email/account_already_exists": gettext_lazy("Choose a new password"),
        "account/email/account_deleted": gettext_lazy("Create an account"),
        "account/email/email_added": gettext_lazy("Choose a new password"),
        "account/email/email_changed": gettext_lazy("Choose a new password"),
        "account/email/email_confirmation": gettext_lazy("Confirm the address"),
        "account/email/email_confirmation_signup": gettext_lazy("Confirm the address"),
        "account/email/email_deleted": gettext_lazy("Choose a new password"),
        "account/email/password_changed": gettext_lazy("Choose a new password"),
        "account/email/password_reset": gettext_lazy("Choose a new password"),
        "account/email/password_reset_key": gettext_lazy("Choose a new password"),
        "account/email/password_set": gettext_lazy("Choose a new password"),
        "account/email/unknown_account": gettext_lazy("Create an account"),
    }

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell `user` of a change of their account, by default at their main address.

        Allauth's would also name the network address and the program that asked: of no use
        to most people, and too much about a person to keep in mailboxes.
        """
        email = email or EmailAddress.objects.get_primary_email(user)
        if not email:
            return
        ours = {
            "user": user,
            "happened_at": now(),
            "reset_url": _link("account_reset_password"),
            "login_url": _link("account_login"),
        }
        self.send_mail(template_prefix, email, ours | (context or {}))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; if the mail server is gone, say so on the next page instead of failing.

        The account or the request stands; signing in sends a new confirmation.
        """
        ours = {
            "email": email,
            "site_name": settings.SITE_NAME,
            "site_url": _link("web:start"),
            "name": greeted_name(context.get("user")),
        }
        try:
            self.render_mail(template_prefix, email, ours | context).send()
        except (OSError, SMTPException) as error:
            log.error("mail_not_sent", template=template_prefix, error=type(error).__name__)
            if allauth_context.request:
                messages.error(
                    allauth_context.request,
                    _("The e-mail could not be sent just now. Please try again in a few minutes."),
                )

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> EmailMultiAlternatives:
        """Return the mail as text, and the same words as HTML, its link as a button.

        Its language and its clock are those of the person if we know them, and else the page's.
        """
        user = context.get("user")
        with override(user.language if isinstance(user, User) else get_language()):
            if happened_at := context.get("happened_at"):
                context = context | {"moment": _moment(happened_at, user)}
            mail: EmailMultiAlternatives = super().render_mail(
                template_prefix, email, context, *args, **kwargs
            )
            mail.extra_headers.setdefault("Auto-Submitted", "auto-generated")
            mail.attach_alternative(self._page(template_prefix, mail, context), "text/html")
        return mail

    def _page(self, template_prefix: str, mail: Any, context: dict[str, Any]) -> str:
        words, _dashes, _signature = str(mail.body).rpartition("\n-- ")
        parts = [mail_part(part) for part in words.split("\n\n") if part.strip()]
        action = self.mail_actions.get(template_prefix, gettext_lazy("Open the page"))
        page = {
            "subject": mail.subject,
            "language": get_language(),
            "preheader": parts[1].get("text", "") if parts[1:] else "",
            "parts": parts,
            "action": _("Sign in") if context.get("by_administrator") else action,
            "site_name": context.get("site_name", settings.SITE_NAME),
            "site_url": context.get("site_url", settings.SITE_URL),
        }
        return render_to_string("account/email/page.html", page)


def greeted_name(user: Any) -> str:
    """Return the name to greet `user` by; empty if there is none or it could be a link."""
    name = str(getattr(user, "display_name", ""))
    return "" if _LIKE_A_LINK.search(name) else name


def mail_part(paragraph: str) -> dict[str, str]:
    """Return a paragraph of a mail's text: an address that stands alone, or words."""
    text = paragraph.strip()
    alone = text.startswith(("https://", "http://")) and not text.split()[1:]
    return {"url": text} if alone else {"text": text}


def _link(route: str) -> str:
    """Return the address of a page as the reader knows the site; workers see no request."""
    request = allauth_context.request
    path = reverse(route)
    return request.build_absolute_uri(path) if request else f"{settings.SITE_URL.rstrip('/')}{path}"


def _moment(happened_at: Any, user: Any) -> str:
    """Return day, hour and zone, as the person's own clock and calendar say them."""
    zone = ZoneInfo(getattr(user, "time_zone", settings.LEARNER_TIME_ZONE))
    day = date_format(timezone.localtime(happened_at, zone), "DATETIME_FORMAT")
    return f"{day} ({zone.key})"
