"""Whoever signs in, by whatever door, gets what was answered in this browser before."""

from datetime import timedelta
from typing import Any

import structlog
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from courses.accounts.models import User
from courses.assessment.services import Claimed, claim_guest
from courses.assessment.services.guests import owe_claim
from courses.common.clock import now
from courses.web.guests import guest_of, settle

_AGAIN = timedelta(seconds=30)
log = structlog.get_logger(__name__)


@receiver(user_logged_in)
def take_over(request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """Claim the guest of this browser; where that fails, owe it, and let the person in."""
    guest = guest_of(request) if request is not None else None
    if request is None or guest is None:
        return
    moment = now()
    try:
        claimed = claim_guest(user, guest, now=moment)
    except Exception:  # whatever it is, nobody is kept out for it, and nothing is lost
        log.exception("guest_not_claimed", user=str(user.pk))
        owe_claim(user, guest, due_at=moment + _AGAIN, now=moment)
        claimed = None
    settle(request)
    with override(user.language):
        _tell(request, claimed)


def _tell(request: HttpRequest, claimed: Claimed | None) -> None:
    if claimed is None:
        said = _("The answers from this browser will be in your account in a few minutes.")
        messages.info(request, said, fail_silently=True)
    elif claimed.answers:
        said = ngettext(
            "%(n)d answer from this browser is now kept in your account.",
            "%(n)d answers from this browser are now kept in your account.",
            claimed.answers,
        )
        messages.success(request, said % {"n": claimed.answers}, fail_silently=True)
    if claimed and claimed.refused:
        said = ngettext(
            "%(n)d more could not be taken over: its question is no longer asked here.",
            "%(n)d more could not be taken over: their questions are no longer asked here.",
            claimed.refused,
        )
        messages.info(request, said % {"n": claimed.refused}, fail_silently=True)
