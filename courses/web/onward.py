"""What comes after a session of reviews: the day on which cards come again, and what to read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.accounts.models import User
from courses.flashcards.outcomes import ForecastDay
from courses.flashcards.selectors import forecast
from courses.web.contents import Line, course_contents, next_to_read
from courses.web.selectors import CourseEntry, courses_at_start

_DAYS_AHEAD = 15


@dataclass(frozen=True, slots=True)
class Onward:
    """The days to come on which cards fall due, and the lesson that is next, if there is one."""

    today: date
    ahead: list[ForecastDay]
    read_on: CourseEntry | None
    next_line: Line | None
    studies: bool

    @property
    def coming(self) -> ForecastDay | None:
        """The first day after today on which cards fall due."""
        return self.ahead[0] if self.ahead else None

    @property
    def tomorrow(self) -> bool:
        """Whether the cards come on the very next day."""
        return bool(self.ahead) and self.ahead[0].day == self.today + timedelta(days=1)

    def as_json(self) -> list[dict[str, object]]:
        return [{"day": one.day.isoformat(), "cards": one.cards} for one in self.ahead]


def onward(learner: User, now: datetime) -> Onward:
    """Return what comes after today's cards, for somebody who has just done them."""
    today, *days = forecast(learner, now, days=_DAYS_AHEAD)
    entries = [entry for entry in courses_at_start(learner) if entry.studies]
    read_on = next((entry for entry in entries if entry.finished < entry.lessons), None)
    lines = course_contents(read_on.course, learner) if read_on else []
    return Onward(
        today=today.day,
        ahead=[one for one in days if one.cards],
        read_on=read_on,
        next_line=next_to_read(lines),
        studies=bool(entries),
    )
