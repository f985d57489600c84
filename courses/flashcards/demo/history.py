"""Three weeks of one simulated learner: lessons, quizzes and reviews, day by day.

What is remembered is made up (`minds`); what is written down is not (`notebook`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import exp
from random import Random
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.digest import request_digest
from courses.assessment.domain.scoring import Part, score
from courses.assessment.models import Attempt, Response
from courses.content.models import LessonProgress
from courses.enrollment.models import Course
from courses.flashcards.demo.minds import Mind
from courses.flashcards.demo.notebook import Answered, Notebook, seeded_id
from courses.flashcards.demo.people import DAYS, Member
from courses.flashcards.demo.syllabus import Chapter, Given, Item, Practice
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.selectors.queue import LEARN_AHEAD

_WORDS_A_MINUTE = 210
# The chance, at each question, that a lesson is laid aside for another day.
_PUT_ASIDE = 0.04
_Place = ReviewLog.Place


class Present(Exception):
    """The story has come to now; nothing happens after it."""


@dataclass(slots=True)
class Rows:
    """What there is to write of a learner."""

    progress: list[LessonProgress] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    entries: list[ReviewLog] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


class History:
    """Plays the days of a member up to `now` and keeps the rows."""

    def __init__(
        self,
        member: Member,
        learner: User,
        course: Course,
        chapters: list[Chapter],
        *,
        now: datetime,
    ) -> None:
        self._member, self._learner, self._now, self._chapters = member, learner, now, chapters
        self._rows = Rows()
        self._notebook = Notebook(learner, course)
        topics = 1 + max((item.topic for one in chapters for item in one.items), default=0)
        self._mind = Mind(member, topics, Random(f"mind:{member.email}"))  # nosec B311
        self._read = 0
        self._begun: LessonProgress | None = None
        self._at = now
        self._rng = Random(0)  # nosec B311

    def play(self) -> Rows:
        """Return all that happened."""
        today = self._notebook.day_of(self._now)
        days = DAYS if self._member.stops_before_today else DAYS + 1
        try:
            for number in range(days):
                self._live(number, today - timedelta(days=DAYS - number))
        except Present:
            pass
        self._rows.entries = self._notebook.entries
        self._rows.cards = self._notebook.cards()
        return self._rows

    # --- Days ------------------------------------------------------------------------------
    def _live(self, number: int, day: date) -> None:
        # A chance of its own for each day: what happens today does not depend on the hour.
        self._rng = rng = Random(f"{self._member.email}:{day.isoformat()}")  # nosec B311
        member = self._member
        if not member.habit(number, day.weekday(), rng):
            return
        minute = member.hour * 60 + rng.gauss(0, 35)
        self._reach(self._notebook.moment_of(day, max(minute, 300)))
        known = [item for chapter in self._chapters[: self._read] for item in chapter.items]
        planned = self._notebook.plan(day, known, new=member.new_per_day, minutes=member.minutes)
        if rng.random() < member.lessons or not self._read:
            # Whoever sits down for long reads more than one.
            for _lesson in range(1 + member.minutes // 30):
                self._read_on()
        elif rng.random() < 0.15:
            self._practise_again()
        self._review(planned, until=self._at + timedelta(minutes=member.minutes * 1.3))

    def _reach(self, moment: datetime) -> None:
        if moment >= self._now:
            raise Present
        self._at = moment

    def _pass(self, seconds: float) -> None:
        self._reach(self._at + timedelta(seconds=seconds))

    # --- Lessons and quizzes -----------------------------------------------------------------
    def _read_on(self) -> None:
        left = self._chapters[self._read :]
        if len(left) <= min(self._member.unread_lessons, len(self._chapters) // 3):
            return
        chapter = left[0]
        self._begun = progress = self._begun or self._begin(chapter)
        part = chapter.words / _WORDS_A_MINUTE * self._member.pace / (len(chapter.prose) + 1)
        for item in chapter.prose:
            self._pass(part * 60)
            if self._rng.random() < _PUT_ASIDE:
                return
            if self._rng.random() < 0.95:
                self._respond(item, _Place.LESSON, lesson_id=chapter.lesson_id)
        self._pass(part * 60)
        progress.finished_at = self._at
        self._read, self._begun = self._read + 1, None
        for practice in chapter.practices:
            if self._rng.random() < self._member.quizzes:
                self._take(practice)

    def _begin(self, chapter: Chapter) -> LessonProgress:
        progress = LessonProgress(
            id=seeded_id(self._at, self._rng),
            learner=self._learner,
            lesson_id=chapter.lesson_id,
            started_at=self._at,
        )
        self._rows.progress.append(progress)
        return progress

    def _practise_again(self) -> None:
        """Take one of the quizzes once more, unless one is still open."""
        taken = {attempt.quiz_id for attempt in self._rows.attempts}
        read = [practice for one in self._chapters[: self._read] for practice in one.practices]
        known = [practice for practice in read if practice.quiz_id in taken]
        if known and all(attempt.submitted_at for attempt in self._rows.attempts):
            self._take(self._rng.choice(known))

    def _take(self, practice: Practice) -> None:
        self._pass(20)
        attempt_id = seeded_id(self._at, self._rng)
        earlier = sum(attempt.quiz_id == practice.quiz_id for attempt in self._rows.attempts)
        attempt = Attempt(
            id=attempt_id,
            learner=self._learner,
            quiz_id=practice.quiz_id,
            number=earlier + 1,
            seed=attempt_id.int & 0x7FFFFFFF,
            order=[str(item.version_id) for item in practice.items],
            started_at=self._at,
        )
        self._rows.attempts.append(attempt)
        parts = []
        for item in practice.items:
            if self._rng.random() < _PUT_ASIDE / 10:
                return
            credit = self._respond(item, _Place.QUIZ, attempt=attempt)
            if not item.self_rated:
                parts.append(Part(1.0, credit))
        self._pass(6)
        attempt.submitted_at = self._at
        attempt.raw_score = attempt.score = score(parts)

    def _respond(
        self,
        item: Item,
        place: ReviewLog.Place,
        *,
        lesson_id: UUID | None = None,
        attempt: Attempt | None = None,
    ) -> float:
        """Write down an answer in a lesson or an attempt; return its credit."""
        given, duration_ms = self._think(item)
        place_id = str(attempt.pk if attempt else lesson_id)
        digest = request_digest(place, place_id, str(item.question_id), given.answer)
        entry = self._write(Answered(item, given, self._at, duration_ms, digest, place))
        self._rows.responses.append(
            Response(
                learner=self._learner,
                id=entry.id,
                question_id=item.question_id,
                version_id=item.version_id,
                attempt=attempt,
                lesson_id=lesson_id,
                answer=given.answer,
                credit=given.mark.credit,
                counted=given.mark.credit if attempt else None,
                digest=digest,
                answered_at=entry.answered_at,
                received_at=entry.received_at,
                duration_ms=duration_ms,
            )
        )
        return given.mark.credit

    # --- Reviews -----------------------------------------------------------------------------
    def _review(self, planned: list[Item], *, until: datetime) -> None:
        began_at, waiting = self._at, list(reversed(planned))
        while self._at < until:
            item = self._next(waiting, began_at)
            if item is None:
                return
            self._pass(1.5)
            served_at = self._at
            given, duration_ms = self._think(item)
            easy = not item.self_rated and given.mark.credit == 1 and self._rng.random() < 0.04
            names = (str(item.question_id), str(item.version_id))
            digest = request_digest("review", *names, given.answer, (False, False, easy))
            self._write(
                Answered(item, given, self._at, duration_ms, digest, _Place.REVIEW, served_at, easy)
            )

    def _next(self, waiting: list[Item], began_at: datetime) -> Item | None:
        """Return the card that the product would show: a step that is over, then the plan."""
        item = self._notebook.due_step(self._at)
        while item is None and waiting:
            item = waiting.pop()
            if self._notebook.answered_since(item, began_at):
                item = None
        return item or self._notebook.due_step(self._at + LEARN_AHEAD)

    def _think(self, item: Item) -> tuple[Given, int]:
        """Let the time of an answer pass; return it with its milliseconds."""
        given = self._mind.answer(item, self._at, self._rng)
        seconds = item.seconds * self._member.pace * exp(self._rng.gauss(0, 0.4))
        duration_ms = max(int(seconds * 1000), 1200)
        self._pass(duration_ms / 1000)
        return given, duration_ms

    def _write(self, answered: Answered) -> ReviewLog:
        entry = self._notebook.write(answered, self._rng)
        assert entry.rating is not None
        self._mind.learn(answered.item, entry.rating, answered.at, entry.local_day)
        return entry
