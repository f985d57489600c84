"""The background work of this context: claims of guests that signing in did not complete."""

from datetime import datetime
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.services.guests import CLAIM_GUEST, claim_guest
from courses.common import outbox
from courses.common.models import Job


def register() -> None:
    """Declare the kinds; called once, when the application is ready."""
    outbox.register(CLAIM_GUEST, run=run_claim_guest)


def run_claim_guest(job: Job, now: datetime) -> None:
    """Claim what is left of a guest, for the person of the slot `<person>:<guest>`."""
    person, _colon, guest = job.slot.partition(":")
    user = User.objects.filter(pk=UUID(person), is_active=True).first()
    if user is not None:
        claim_guest(user, guest, now=now)
