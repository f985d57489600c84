"""Serving the next cards: the queue as it stands, and the day's plan where it is missing."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.enrollment.models import Course
from courses.flashcards.models import Card
from courses.flashcards.outcomes import Queue
from courses.flashcards.selectors.queue import next_cards, study_day
from courses.flashcards.services.planning import ensure_day_plans


def serve_cards(
    *,
    learner: User,
    now: datetime,
    limit: int = 2,
    exclude: Collection[UUID] = (),
    course: Course | None = None,
    after_answer: bool = False,
) -> Queue:
    """Return up to `limit` cards to ask now; see `selectors.next_cards`.

    The first look of a session makes today's plan if no worker has. With `after_answer`
    that is only looked into once the queue is empty, so that the way from an answer to the
    next card is a single seek.
    """
    if not after_answer:
        ensure_day_plans(learner=learner, now=now)
    queue = next_cards(learner, now, limit=limit, exclude=exclude, course=course)
    if queue.cards or exclude:
        return queue
    planned = after_answer and ensure_day_plans(learner=learner, now=now)
    if planned or (queue.remaining and _drop_unavailable(learner, now)):
        return next_cards(learner, now, limit=limit, course=course)
    return queue


def _drop_unavailable(learner: User, now: datetime) -> int:
    """Take out of the queue what is no longer asked; return how many cards that were."""
    queued = Card.objects.queued(learner.pk).today(study_day(learner, now)).order_by()
    available = set(queued.available_to(learner.pk).values_list("question_id", flat=True))
    gone = [name for name in queued.values_list("question_id", flat=True) if name not in available]
    if not gone:
        return 0
    with transaction.atomic():
        lock_person(learner.pk)
        mine = Card.objects.filter(learner_id=learner.pk, question_id__in=gone)
        return mine.update(queue_position=None)
