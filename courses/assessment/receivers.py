"""What this context does when it hears of news below: forget what it kept of it."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from courses.accounts.models import User
from courses.accounts.signals import person_erasing
from courses.assessment.models import Regrade
from courses.assessment.presenting import forget_claim_notes
from courses.assessment.regrading.tallies import without_learner
from courses.assessment.services.guests import CLAIM_GUEST
from courses.common.models import Job
from courses.content.signals import claim_revised
from courses.enrollment.models import Enrollment


@receiver(claim_revised)
def forget_revised(**_kwargs: Any) -> None:
    """Show the claim's new revision from the commit on, in this process at once."""
    transaction.on_commit(forget_claim_notes)


@receiver(person_erasing)
def erase_claims(user: User, **_kwargs: Any) -> None:
    """Remove what is owed to a person: the slots name them and the browser they came with."""
    Job.objects.filter(kind=CLAIM_GUEST, slot__startswith=f"{user.pk}:").delete()


@receiver(person_erasing)
def forget_in_regrades(user: User, **_kwargs: Any) -> None:
    """Take a person out of the lists of what regrades changed; rows of theirs go by themselves."""
    courses = Enrollment.objects.filter(user=user).order_by().values("course")
    theirs = Regrade.objects.filter(course__in=courses).order_by("pk")
    for regrade in theirs.select_for_update(no_key=True):
        regrade.preview = without_learner(regrade.preview, user.pk)
        regrade.outcome = {
            deed: without_learner(found, user.pk) for deed, found in regrade.outcome.items()
        }
        regrade.save(update_fields=["preview", "outcome"])
