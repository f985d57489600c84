"""Reminders by mail: at most one for a learner and day, and only when there is work left."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from courses.accounts.models import User
from courses.accounts.services import save_preferences
from courses.flashcards.errors import StopLinkInvalid
from courses.flashcards.outcomes import Today
from courses.flashcards.selectors.queue import today

_SALT = "flashcards.stop-reminders"


def reminder_for(learner: User, now: datetime) -> EmailMultiAlternatives | None:
    """Return the mail to send to the learner now; None if none is wanted or nothing is due.

    Its links name no person: the one that stops the mails carries a signed token.
    """
    if learner.reminder_hour is None or not learner.email or not learner.is_active:
        return None
    work = today(learner, now)
    return _mail(learner, work) if work.cards else None


def stop_token(learner: User) -> str:
    """Return the signed token that turns this learner's reminders off; it never expires."""
    return signing.dumps(learner.pk.hex, salt=_SALT)


def stop_reminders(*, token: str, now: datetime) -> User:
    """Turn off the reminders of the learner whom the token names; twice is once.

    Needs no sign-in, so that a mail program can do it by one click (RFC 8058).
    Raises StopLinkInvalid for a token not made here, or of a person who is gone.
    """
    return save_preferences(learner_of_stop_token(token), now=now, reminder_hour=None)


def learner_of_stop_token(token: str) -> User:
    """Return whom a token names. Raises StopLinkInvalid."""
    try:
        return User.objects.get(pk=UUID(hex=signing.loads(token, salt=_SALT)))
    except (signing.BadSignature, ValueError, User.DoesNotExist):
        raise StopLinkInvalid from None


def _mail(learner: User, work: Today) -> EmailMultiAlternatives:
    stop_url = _link("web:stop-reminders", token=stop_token(learner))
    context = {
        "name": learner.display_name,
        "cards": work.cards,
        "minutes": work.minutes,
        "site_name": settings.SITE_NAME,
        "review_url": _link("web:review"),
        "stop_url": stop_url,
    }
    with override(learner.language):
        subject = ngettext(
            "%(n)s card to review today", "%(n)s cards to review today", work.cards
        ) % {"n": work.cards}
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("flashcards/mail/reminder.txt", context),
            to=[str(learner.email)],
            headers={
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        html = render_to_string(
            "flashcards/mail/reminder.html",
            {**context, "subject": subject, "language": learner.language},
        )
    mail.attach_alternative(html, "text/html")
    return mail


def _link(name: str, **arguments: str) -> str:
    return str(settings.SITE_URL).rstrip("/") + reverse(name, kwargs=arguments)
