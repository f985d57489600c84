"""What each rating would mean for a self-rated card, in words: "10 min", "4 days"."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.accounts.models import User
from courses.common.days import local_day
from courses.flashcards.domain.ratings import Rating
from courses.flashcards.domain.scheduling import review
from courses.flashcards.parameters import memory_model
from courses.flashcards.rows import CardRow
from courses.flashcards.scheduling import choose_schedule, state_of


def preview_of(card: CardRow, learner: User, now: datetime) -> dict[str, str]:
    """Return for each rating ("1" to "4") how long the card would stay away."""
    return {str(int(rating)): _wait_after(rating, card, learner, now) for rating in Rating}


def _wait_after(rating: Rating, card: CardRow, learner: User, now: datetime) -> str:
    day = local_day(now, zone=learner.time_zone, rollover_hour=learner.rollover_hour)
    after = review(
        state_of(card),
        rating,
        answered_at=now,
        local_day=day,
        model=memory_model(card.parameters_id),
    )
    schedule = choose_schedule(after, card=card, learner=learner, received_at=now)
    if schedule.interval_days or schedule.due_at is None:
        return days_label(schedule.interval_days)
    return minutes_label(schedule.due_at - now)


def minutes_label(wait: timedelta) -> str:
    """Return a wait within the day, in whole minutes and at least one."""
    minutes = max(round(wait.total_seconds() / 60), 1)
    return _("%(minutes)s min") % {"minutes": minutes}


def days_label(days: int) -> str:
    """Return a wait of whole days; from two months on in months, from two years in years."""
    if days < 60:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if days < 730:
        months = round(days / 30.4)
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    years = round(days / 365.25)
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
