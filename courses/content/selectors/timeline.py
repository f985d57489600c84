"""The claims of a course in the order of their dates."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from courses.content.dates import date_text
from courses.content.domain.partial_dates import NotADate, Period, decimal_year, parse_period
from courses.content.links import claim_url
from courses.content.models import Claim, ClaimRevision, Lesson
from courses.content.rendering import typeset
from courses.content.rendering.citations import citation_counts
from courses.enrollment.models import Course


@dataclass(frozen=True)
class TimelineEntry:
    """A dated claim. It reaches from the beginning of `start` to the end of `end`.

    `precision` is day, month, year or period; `from_year` and `to_year` are the same span
    on an axis of years (2022.5 is the middle of 2022). `lesson_slug` and `lesson_title`
    are of the published lesson that teaches it, empty if none does.
    """

    key: str
    statement: str
    kind: str
    kind_label: str
    is_argument: bool
    topic_slug: str
    topic_title: str
    attributed: str
    date: str
    date_text: str
    start: datetime.date
    end: datetime.date
    precision: str
    from_year: float
    to_year: float
    lesson_slug: str
    lesson_title: str
    url: str

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as JSON can hold it, dates in ISO 8601."""
        days = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return asdict(self) | days


def timeline_of(course: Course) -> list[TimelineEntry]:
    """Return the claims on record that have a date, the earliest first, in two queries.

    What began on the same day is in the order of its ends, then of the ledger.
    """
    homes = _homes(course)
    entries = []
    claims = Claim.objects.filter(course=course, archived_at=None).exclude(current__date="")
    for claim in claims.select_related("current__topic").order_by("position", "id"):
        said = claim.current
        if said is None:
            continue
        try:
            period = parse_period(said.date)
        except NotADate:
            continue
        entries.append(_entry(course, claim, said, period, homes.get(claim.key)))
    return sorted(entries, key=lambda entry: (entry.start, entry.end))


def _entry(
    course: Course, claim: Claim, said: ClaimRevision, period: Period, home: Lesson | None
) -> TimelineEntry:
    start, end = period.begin.first_day, period.end.last_day
    return TimelineEntry(
        key=claim.key,
        statement=typeset(said.statement),
        kind=said.kind,
        kind_label=str(ClaimRevision.Kind(said.kind).label),
        is_argument=said.kind == ClaimRevision.Kind.ARGUMENT,
        topic_slug=said.topic.slug,
        topic_title=said.topic.title,
        attributed=said.attributed,
        date=said.date,
        date_text=date_text(said.date),
        start=start,
        end=end,
        precision=period.precision,
        from_year=round(decimal_year(start), 4),
        to_year=round(decimal_year(end + datetime.timedelta(days=1)), 4),
        lesson_slug=home.slug if home else "",
        lesson_title=home.current.title if home and home.current else "",
        url=claim_url(course.slug, claim.key),
    )


def _homes(course: Course) -> dict[str, Lesson]:
    """Return, for each claim, the published lesson that cites it most; the first of equals."""
    most: dict[str, tuple[int, Lesson]] = {}
    lessons = Lesson.objects.filter(course=course, status=Lesson.Status.PUBLISHED)
    for lesson in lessons.select_related("current").order_by("position", "id"):
        body = lesson.current.body if lesson.current else ""
        for key, times in citation_counts(body).items():
            if key not in most or times > most[key][0]:
                most[key] = (times, lesson)
    return {key: lesson for key, (_times, lesson) in most.items()}
