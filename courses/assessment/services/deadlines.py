"""Moving the deadlines of open attempts when the rules of a quiz change, or what is granted."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from courses.assessment.domain.sitting import GRACE
from courses.assessment.models import Accommodation, Attempt, Quiz
from courses.assessment.selectors.sittings import rules_of
from courses.assessment.services.attempts import CLOSE_ATTEMPT, owe_closing
from courses.common import outbox


def refresh_deadlines(quiz: Quiz, *, now: datetime, learner_id: UUID | None = None) -> None:
    """Give open attempts at the quiz (of one learner, if named) the deadline of today's rules.

    Call it inside the transaction of its cause. An attempt whose time was up already stays so.
    """
    open_ones = Attempt.objects.filter(quiz=quiz, submitted_at=None, preview=False)
    if learner_id is not None:
        open_ones = open_ones.filter(learner_id=learner_id)
    attempts = list(open_ones.select_for_update(no_key=True).order_by("pk"))
    granted: defaultdict[UUID, list[Accommodation]] = defaultdict(list)
    for one in Accommodation.objects.filter(
        course_id=quiz.course_id, learner_id__in=[attempt.learner_id for attempt in attempts]
    ):
        granted[one.learner_id].append(one)
    for attempt in attempts:
        if attempt.deadline_at is not None and now >= attempt.deadline_at + GRACE:
            continue
        rules = rules_of(quiz, granted[attempt.learner_id])
        deadline = rules.deadline(attempt.started_at)
        if deadline == attempt.deadline_at:
            continue
        attempt.deadline_at = deadline
        attempt.save(update_fields=["deadline_at"])
        if deadline is not None and not outbox.reschedule(
            CLOSE_ATTEMPT, str(attempt.pk), due_at=deadline + GRACE
        ):
            owe_closing(attempt, now=now)
