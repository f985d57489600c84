"""What this context does when it hears of news below: forget what it kept of it."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from courses.accounts.models import User
from courses.accounts.signals import person_erasing
from courses.assessment.presenting import forget_claim_notes
from courses.assessment.services.guests import CLAIM_GUEST
from courses.common.models import Job
from courses.content.signals import claim_revised


@receiver(claim_revised)
def forget_revised(**_kwargs: Any) -> None:
    """Show the claim's new revision from the commit on, in this process at once."""
    transaction.on_commit(forget_claim_notes)


@receiver(person_erasing)
def erase_claims(user: User, **_kwargs: Any) -> None:
    """Remove what is owed to a person: the slots name them and the browser they came with."""
    Job.objects.filter(kind=CLAIM_GUEST, slot__startswith=f"{user.pk}:").delete()
