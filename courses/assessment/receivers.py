"""What this context does when it hears of news below: forget what it kept of it."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from courses.assessment.presenting import forget_claim_notes
from courses.content.signals import claim_revised


@receiver(claim_revised)
def forget_revised(**_kwargs: Any) -> None:
    """Show the claim's new revision from the commit on, in this process at once."""
    transaction.on_commit(forget_claim_notes)
