"""On which days a learner answered, and how much."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from courses.accounts.models import User
from courses.flashcards.models import ReviewLog
from courses.flashcards.selectors.queue import study_day

_ANSWERS = (ReviewLog.Kind.ANSWER, ReviewLog.Kind.MERGED)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A local day of the learner's and how many answers of it still stand."""

    day: date
    answers: int


def review_calendar(
    learner: User, now: datetime, *, weeks: int = 12, first_weekday: int = 0
) -> list[CalendarDay]:
    """Return every day of the last `weeks` calendar weeks up to today, in order.

    Weeks begin on `first_weekday` (0 is Monday), so that the last one is rarely whole.
    Answers in lessons, quizzes and reviews count alike; those taken back do not. Two
    queries at most.
    """
    today = study_day(learner, now)
    into_week = (today.weekday() - first_weekday) % 7
    first = today - timedelta(days=into_week + 7 * (weeks - 1))
    log = ReviewLog.objects.filter(
        learner_id=learner.pk, local_day__gte=first, local_day__lte=today
    ).order_by()
    targets = log.filter(kind=ReviewLog.Kind.UNDO).values_list("target_id", flat=True)
    undone = [target for target in targets if target is not None]
    answers = log.filter(kind__in=_ANSWERS).exclude(id__in=undone)
    counts = dict(answers.values_list("local_day").annotate(count=Count("id")))
    days = (first + timedelta(days=n) for n in range((today - first).days + 1))
    return [CalendarDay(day, counts.get(day, 0)) for day in days]
