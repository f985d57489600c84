"""One student as their teacher sees them: recall by topic, days, latest answers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.marks import verdict_of
from courses.assessment.presenting import question_view
from courses.assessment.versions import get_versions
from courses.common.errors import NotFound
from courses.content.models import Lesson, LessonProgress
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, Section
from courses.flashcards.models import ReviewLog
from courses.flashcards.selectors.classroom import (
    Activity,
    Tally,
    activity_of,
    recent_answers,
    standing_of,
    study_days,
)
from courses.flashcards.selectors.queue import study_day
from courses.web.classroom import ahead_of, asked_of, topic_rows
from courses.web.classroom_rows import Ahead, Share, TopicRow, share_of

DAYS = 42
WIDTH, HEIGHT = 672, 120
_BASE, _TOP = 96, 18


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day and its answers; places in the units of the picture's view box."""

    day: date
    answers: int
    x: float
    y: float
    height: float
    labelled: bool
    label_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer: `verdict` for what was marked, `rating` for what the student rated."""

    stem_html: str
    place: str
    verdict: str
    rating: int | None
    answered_at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class StudentPage:
    person: User
    section: Section
    ahead: Ahead
    overall: Tally
    share: Share
    topics: list[TopicRow]
    activity: Activity
    bars: list[DayBar]
    most: int
    bar_width: float
    last_day: date | None
    quiet_days: int | None
    lessons: int
    read: int
    answers: list[AnswerRow]


def student_page(teacher: User, course: Course, person_id: UUID, now: datetime) -> StudentPage:
    """Return how a student of the course stands in it, and in nothing else.

    Raises NotFound for anybody who does not study in one of its sections now.
    """
    section = _section_of(course, person_id)
    person = User.objects.get(pk=person_id)
    days = study_days([person], now)
    ahead = ahead_of(section, study_day(teacher, now))
    asked = asked_of(course)
    among = [person.pk]
    standing = standing_of(
        course,
        days,
        [(one.id, one.topic_id) for one in asked],
        among=among,
        day_ahead=ahead.day,
    )
    activity = activity_of(course, days, among=among, length=DAYS)[person.pk]
    today, last_day = days[person.pk], standing.last_days.get(person.pk)
    topics = topic_rows(course, asked, standing) if last_day else []
    published = Lesson.objects.filter(course=course, status=Lesson.Status.PUBLISHED)
    progress = LessonProgress.objects.filter(
        learner=person, lesson__in=published, finished_at__isnull=False
    )
    return StudentPage(
        person=person,
        section=section,
        ahead=ahead,
        overall=standing.learners[person.pk],
        share=share_of(standing.questions.values(), 1),
        topics=sorted(topics, key=lambda row: (row.ahead, row.title)),
        activity=activity,
        bars=day_bars(activity.days, today),
        most=max(activity.days),
        bar_width=round(WIDTH / DAYS - 4, 1),
        last_day=last_day,
        quiet_days=max((today - last_day).days, 0) if last_day else None,
        lessons=published.count(),
        read=progress.count(),
        answers=_answer_rows(recent_answers(person, course)),
    )


def day_bars(days: tuple[int, ...], today: date) -> list[DayBar]:
    """Return a bar for each day, oldest first; every seventh, counted from today, is labelled."""
    most = max(days, default=0) or 1
    step = WIDTH / len(days)
    bars = []
    for index, answers in enumerate(days):
        ago = len(days) - 1 - index
        height = (_BASE - _TOP) * answers / most
        bars.append(
            DayBar(
                day=today - timedelta(days=ago),
                answers=answers,
                x=round(index * step + 2, 1),
                y=round(_BASE - height, 1),
                height=round(height, 1),
                labelled=ago % 7 == 0,
                label_x=round((index + 1) * step if ago == 0 else (index + 0.5) * step, 1),
                anchor="middle" if ago else "end",
            )
        )
    return bars


def _section_of(course: Course, person_id: UUID) -> Section:
    """Return where the person studies: of several sections that with an exam to come first."""
    enrolled = Enrollment.objects.current().filter(
        course=course, user_id=person_id, role=roles.STUDENT
    )
    found = enrolled.select_related("section").order_by("section__exam_date", "id").last()
    if found is None or found.section is None:
        raise NotFound
    found.section.course = course  # spares a query
    return found.section


def _answer_rows(entries: list[ReviewLog]) -> list[AnswerRow]:
    versions = get_versions(entry.version_id for entry in entries if entry.version_id)
    return [
        AnswerRow(
            stem_html=question_view(versions[entry.version_id], seed=0)["stem_html"],
            place=entry.place,
            verdict=verdict_of(entry.credit or 0.0),
            rating=entry.rating if entry.self_rated else None,
            answered_at=entry.answered_at,
            seconds=round(entry.duration_ms / 1000),
        )
        for entry in entries
        if entry.version_id in versions
    ]
