"""The background work of this context."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from courses.accounts.models import User
from courses.assessment.models import Attempt, Question, Quiz
from courses.assessment.services import regrades
from courses.assessment.services.attempts import CLOSE_ATTEMPT, close_if_over
from courses.assessment.services.guests import CLAIM_GUEST, claim_guest
from courses.assessment.services.reserving import RELEASE, refresh_reservations
from courses.common import outbox
from courses.common.models import Job
from courses.enrollment.models import Course

_CLOSED_AT_ONCE = 200

log = structlog.get_logger(__name__)


def register() -> None:
    """Declare the kinds; called once, when the application is ready."""
    outbox.register(CLAIM_GUEST, run=run_claim_guest)
    outbox.register(CLOSE_ATTEMPT, run=run_close_attempt)
    outbox.register(RELEASE, run=run_release)
    # Not atomic: a batch at a time, so that answers come between and a kill costs one batch.
    for kind, run in (
        (regrades.PREVIEW, regrades.look_ahead),
        (regrades.APPLY, regrades.carry_out),
        (regrades.UNDO, regrades.take_back),
    ):
        outbox.register(kind, run=run, queue="bulk", max_attempts=5, atomic=False)


def run_claim_guest(job: Job, now: datetime) -> None:
    """Claim what is left of a guest, for the person of the slot `<person>:<guest>`."""
    person, _colon, guest = job.slot.partition(":")
    user = User.objects.filter(pk=UUID(person), is_active=True).first()
    if user is not None:
        claim_guest(user, guest, now=now)


def run_close_attempt(job: Job, now: datetime) -> None:
    """Hand in the attempt of the slot, if its time is up by now."""
    attempt = Attempt.objects.filter(pk=UUID(job.slot)).first()
    if attempt is not None:
        close_if_over(attempt, now=now)


def run_release(job: Job, now: datetime) -> None:
    """Let go of the questions whose answers open now, for the course in the payload."""
    course = Course.objects.filter(pk=UUID(job.payload["course"])).first()
    if course is not None:
        refresh_reservations(course, now=now)


def sweep_attempts(now: datetime) -> None:
    """Hand in what is overdue, should its row have come too early: a deadline may have moved."""
    overdue = Attempt.objects.filter(submitted_at=None, deadline_at__lt=now)
    for attempt in overdue.order_by("deadline_at", "id")[:_CLOSED_AT_ONCE]:
        try:
            close_if_over(attempt, now=now)
        except Exception:  # one attempt in trouble must not keep the others open
            log.exception("attempt_not_closed", attempt=str(attempt.pk))


def sweep_reservations(now: datetime) -> None:
    """Look again at what is reserved, for what ended since nobody else looks: open attempts."""
    reserving = Quiz.objects.filter(kind=Quiz.Kind.GRADED).order_by().values("course")
    kept = Question.objects.filter(reserved=True).order_by().values("course")
    for course in Course.objects.filter(Q(pk__in=reserving) | Q(pk__in=kept)).order_by("pk"):
        with transaction.atomic():
            refresh_reservations(course, now=now)
