"""What the class pages say, as plain values: shares, rows, and the page of a section."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from courses.accounts.models import User
from courses.content.models import Lesson
from courses.enrollment.models import Course, Section
from courses.flashcards.selectors.classroom import WEEK_DAYS, Activity, Tally


@dataclass(frozen=True, slots=True)
class Ahead:
    """The day that predictions are for: the exam, or a month from today."""

    day: date
    is_exam: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A published question, as it is named on these pages."""

    id: UUID
    topic_id: UUID | None
    lesson_id: UUID | None
    version_id: UUID


@dataclass(frozen=True, slots=True)
class Share:
    """A lesson or a topic by all that could be known of it, each question for each student.

    The three shares, in [0, 1], add up to 1: remembered on the day ahead, met and forgotten
    by then, never met.
    """

    remembered: float
    forgotten: float
    unmet: float
    lost: float = 0.0

    @property
    def met(self) -> float:
        return self.remembered + self.forgotten

    @property
    def forgotten_of_met(self) -> float:
        """Which share of what was met will be gone."""
        return self.forgotten / self.met if self.met else 0.0


@dataclass(frozen=True, slots=True)
class LessonRow:
    lesson: Lesson
    number: int
    readers: int
    share: Share
    teach_again: bool = False


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A question that many will have forgotten: `lost` of the `met` students who met it."""

    stem_html: str
    lesson: Lesson | None
    claims: tuple[str, ...]
    met: int
    lost: int
    recall: float


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic: recall now and on the day ahead, of all of it and of what was met (`kept`).

    `bins` count the students who met any of it by the twentieth in which their `kept` lies,
    between `lowest` and `highest`.
    """

    title: str
    now: float | None
    ahead: float
    kept: float | None
    students: int
    bins: tuple[int, ...]
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class MissedRow:
    stem_html: str
    lesson: Lesson | None
    share: float
    wrong: int
    answers: int


@dataclass(frozen=True, slots=True)
class StudentRow:
    """A student. `quiet_days` since the last answer; None for who has not begun."""

    person: User
    last_day: date | None
    quiet_days: int | None
    activity: Activity
    cards: int
    now: float | None
    ahead: float

    @property
    def minutes(self) -> int:
        """Whole minutes of answering in the last seven days; anything is at least one."""
        seconds = self.activity.seconds_of_week
        return max(round(seconds / 60), 1) if seconds else 0

    @property
    def drifting(self) -> bool:
        return self.quiet_days is not None and self.quiet_days >= WEEK_DAYS


@dataclass(frozen=True, slots=True)
class ClassPage:
    """All that the page of a section shows; `overall` is None while nobody has answered."""

    course: Course
    section: Section
    ahead: Ahead
    students: list[StudentRow]
    overall: Share | None = None
    lessons: list[LessonRow] = field(default_factory=list)
    at_risk: list[RiskRow] = field(default_factory=list)
    topics: list[TopicRow] = field(default_factory=list)
    missed: list[MissedRow] = field(default_factory=list)

    @property
    def teach_again(self) -> LessonRow | None:
        return next((row for row in self.lessons if row.teach_again), None)

    @property
    def active(self) -> int:
        return sum(
            row.quiet_days is not None and row.quiet_days < WEEK_DAYS for row in self.students
        )

    @property
    def drifting(self) -> int:
        return sum(row.drifting for row in self.students)

    @property
    def not_begun(self) -> int:
        return sum(row.quiet_days is None for row in self.students)


def share_of(tallies: Iterable[Tally], students: int) -> Share:
    """Return the shares of questions (one tally each) among so many students."""
    listed = list(tallies)
    pairs = len(listed) * students or 1
    met = sum(tally.met for tally in listed)
    ahead = sum(tally.ahead for tally in listed)
    return Share(ahead / pairs, (met - ahead) / pairs, 1 - met / pairs, lost=met - ahead)
