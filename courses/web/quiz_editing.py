"""What the form of a quiz is made from, and what it saves."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.assessment.domain.problems import Checker, Problem
from courses.assessment.domain.quiz_settings import FILE_KEYS, QuizSettings, checked_settings
from courses.assessment.domain.review_options import (
    ANSWERS,
    CLOSED,
    DURING,
    GRADED,
    PHASES,
    SCORE,
    TOLD,
    ReviewOptions,
    options_of,
)
from courses.assessment.domain.types import self_rated_types
from courses.assessment.models import Question, Quiz, QuizSlot
from courses.assessment.services import Slot
from courses.assessment.wording import sentence
from courses.common.errors import NotFound
from courses.content.models import Lesson, Topic
from courses.enrollment.models import Course
from courses.web.forms.quizzes import POOL, QUESTION, QuizForm, SlotForm, Slots, review_name

_LONGEST_STEM = 90
_MOMENT = _("The site keeps moments from 1971 to 2199.")
_POOLS = {
    QuizSlot.Pool.TAG: pgettext_lazy("pools", "Tags"),
    QuizSlot.Pool.LESSON: pgettext_lazy("pools", "Lessons"),
    QuizSlot.Pool.TOPIC: pgettext_lazy("pools", "Topics"),
}


@dataclass(slots=True)
class Setup:
    """What there is to choose from in a course: lessons, questions by lesson, pools.

    Questions are chosen by their slugs, pools by `tag:…`, `lesson:…` and `topic:…`.
    """

    course: Course
    questions: dict[str, Question]
    lessons: list[tuple[str, Any]]
    grouped: list[Any] = field(default_factory=list)
    pools: list[Any] = field(default_factory=list)

    def rows(self) -> dict[str, Any]:
        """Return what a row of the form takes."""
        return {
            "questions": self.grouped,
            "pools": self.pools,
            "language": self.course.language,
        }


def setup_of(course: Course, quiz: Quiz | None, rows: Iterable[Mapping[str, Any]]) -> Setup:
    """Return what can be chosen, and what the quiz has, whatever became of that; three queries."""
    shown = {row["question"] for row in rows}
    own = quiz.lesson.slug if quiz and quiz.lesson else ""
    lessons = {
        lesson.slug: lesson.current.title if lesson.current else lesson.slug
        for lesson in Lesson.objects.filter(course=course, current__isnull=False)
        .select_related("current")
        .defer("current__body")
        .order_by("position", "id")
        if lesson.status != Lesson.Status.ARCHIVED or lesson.slug == own
    }
    found = (
        Question.objects.filter(course=course, current__isnull=False)
        .select_related("current", "lesson")
        .defer("current__payload", "current__explanation")
        .order_by("lesson__position", "lesson_id", "position", "id")
    )
    archived = Question.Status.ARCHIVED
    questions = {one.slug: one for one in found if one.status != archived or one.slug in shown}
    topics = Topic.objects.filter(course=course, archived_at=None).order_by("position", "id")
    setup = Setup(course, questions, [("", _("None")), *lessons.items()])
    setup.grouped = _grouped(questions.values(), lessons)
    setup.pools = _pools(questions.values(), lessons, {one.slug: one.title for one in topics})
    known = {value for _group, pools in setup.pools[1:] for value, _title in pools}
    gone = [row["pool"] for row in rows if row["pool"] and row["pool"] not in known]
    setup.pools += [(pool, pool.partition(":")[2]) for pool in dict.fromkeys(gone)]
    return setup


def _grouped(questions: Iterable[Question], lessons: Mapping[str, str]) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in questions:
        assert one.current is not None  # only these were asked for
        title = lessons.get(one.lesson.slug, "") if one.lesson else ""
        stem = " ".join(one.current.stem.split())
        short = f"{stem[:_LONGEST_STEM]}…" if len(stem) > _LONGEST_STEM else stem
        groups.setdefault(title, []).append((one.slug, f"{one.slug}: {short}"))
    loose = groups.pop("", [])
    return [("", _("None")), *groups.items(), *loose]


def _pools(
    questions: Iterable[Question], lessons: Mapping[str, str], topics: Mapping[str, str]
) -> list[Any]:
    tags = sorted({tag for one in questions if one.current for tag in one.current.tags})
    named = {
        QuizSlot.Pool.TAG: {tag: tag for tag in tags},
        QuizSlot.Pool.LESSON: lessons,
        QuizSlot.Pool.TOPIC: topics,
    }
    groups = [
        (_POOLS[pool], [(f"{pool.value}:{value}", title) for value, title in values.items()])
        for pool, values in named.items()
        if values
    ]
    return [("", _("None")), *groups]


def quiz_of(course: Course, slug: str) -> Quiz:
    """Return a quiz of the course with its lesson. Raises NotFound."""
    quiz = Quiz.objects.filter(course=course, slug=slug).select_related("lesson").first()
    if quiz is None:
        raise NotFound
    quiz.course = course
    return quiz


def quizzes_in_setup(course: Course) -> list[Quiz]:
    """Return the quizzes that no student sees yet, in their order; one query."""
    drafts = Quiz.objects.filter(course=course, status=Quiz.Status.DRAFT)
    return list(drafts.order_by("position", "id"))


def initial_of(quiz: Quiz) -> dict[str, Any]:
    """Return the form of a saved quiz."""
    initial = {key: getattr(quiz, name) for key, name in FILE_KEYS.items()}
    seconds = quiz.time_limit_seconds
    initial["time_limit_minutes"] = None if seconds is None else _tidy(seconds / 60)
    options = options_of(Quiz.Kind.GRADED, quiz.review)
    return initial | {
        "title": quiz.title,
        "lesson": quiz.lesson.slug if quiz.lesson else "",
        "status": quiz.status,
        **_ticked(options),
    }


def initial_of_new(lesson_slug: str) -> dict[str, Any]:
    """Return the form of a quiz that is not set up yet: a draft, for practice."""
    usual = {key: getattr(QuizSettings(), name) for key, name in FILE_KEYS.items()}
    return usual | {"status": Quiz.Status.DRAFT, "lesson": lesson_slug, **_ticked(GRADED)}


def _ticked(options: ReviewOptions) -> dict[str, bool]:
    return {
        review_name(phase, told): told in getattr(options, phase)
        for phase in PHASES
        for told in TOLD
    }


def rows_of(quiz: Quiz) -> list[dict[str, Any]]:
    """Return the rows of a saved quiz; one query."""
    slots = QuizSlot.objects.filter(quiz=quiz).select_related("question")
    return [
        {
            "what": QUESTION if slot.question else POOL,
            "question": slot.question.slug if slot.question else "",
            "draw": slot.draw_count,
            "pool": f"{slot.draw_from}:{slot.draw_value}" if slot.draw_from else "",
            "points": _tidy(slot.points),
            "ORDER": number,
        }
        for number, slot in enumerate(slots.order_by("position", "id"), start=1)
    ]


def digest_of(quiz: Quiz | None, rows: list[dict[str, Any]]) -> str:
    """Return a mark of what a form was made from, by which a newer one is told."""
    if quiz is None:
        return ""
    values = json.dumps({**initial_of(quiz), "rows": rows}, sort_keys=True, default=str)
    return sha256(values.encode()).hexdigest()


def settings_of(form: QuizForm, quiz: Quiz | None) -> QuizSettings:
    """Return the rules in a form; what is wrong with them becomes errors of its fields."""
    data, check = form.cleaned_data, Checker()
    raw = {key: data.get(key) for key in FILE_KEYS if key != "review"}
    raw["review"] = _review(form, quiz)
    settings = checked_settings(check, raw)
    place_problems(form, check.problems)
    return settings


def _review(form: QuizForm, quiz: Quiz | None) -> dict[str, list[str]]:
    """Return what is told as it is stored: as it was if it means the same, {} for the usual."""
    told = form.told()
    chosen = ReviewOptions(*(frozenset(told[phase]) for phase in PHASES))
    stored: dict[str, list[str]] = quiz.review if quiz else {}
    if chosen == options_of(Quiz.Kind.GRADED, stored):
        return stored
    if chosen == GRADED:
        return {}
    return chosen.as_json() or {DURING: []}


def place_problems(form: QuizForm, problems: Iterable[Problem]) -> None:
    """Make problems of the domain errors of the fields that their paths name."""
    for problem in problems:
        name = problem.path.partition(".")[0].partition("[")[0]
        said = _MOMENT if problem.code == "not_a_moment" else sentence(problem.message)
        form.add_error(name if name in form.fields else None, said)


def slots_of(rows: Slots, setup: Setup) -> tuple[list[Slot], list[SlotForm]]:
    """Return the slots of rows without mistakes in their order, and the row of each."""
    slots, kept = [], []
    for row in rows.ordered_forms:
        data = row.cleaned_data
        if data["what"] == POOL:
            pool, _colon, value = data["pool"].partition(":")
            slot = Slot(draw=data["draw"], pool=pool, value=value, points=data["points"])
        else:
            slot = Slot(setup.questions[data["question"]], points=data["points"])
        slots.append(slot)
        kept.append(row)
    return slots, kept


def position_of(course: Course, quiz: Quiz | None) -> int:
    """Return where a quiz stands: where it stood, or behind all others."""
    if quiz is not None:
        return quiz.position
    last = Quiz.objects.filter(course=course).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def saved_settings(quiz: Quiz) -> QuizSettings:
    """Return the rules of a saved quiz."""
    return QuizSettings(**{one.name: getattr(quiz, one.name) for one in fields(QuizSettings)})


def warnings_of(settings: QuizSettings, quiz: Quiz | None) -> list[Any]:
    """Return what a teacher may not have meant: a graded quiz without an end, or answers.

    `quiz` is the quiz as it is saved, None for a new one.
    """
    if settings.kind != Quiz.Kind.GRADED:
        return []
    said = []
    rated = QuizSlot.objects.filter(quiz=quiz, question__current__type__in=self_rated_types())
    if quiz is not None and rated.exists():
        said.append(
            _("Cards that students rate themselves earn no grade: a graded quiz leaves them out.")
        )
    during = options_of(settings.kind, settings.review).at(DURING)
    if settings.second_try_cost is not None and SCORE not in during:
        said.append(
            _(
                "Nobody gets a second try here: it is not told during the attempt whether an "
                "answer was right."
            )
        )
    tells = ANSWERS in options_of(settings.kind, settings.review).at(CLOSED)
    if settings.closes_at is None:
        said.append(
            _(
                "This graded quiz never closes: its questions come back as cards only to those "
                "who were shown the answers."
            )
        )
    if not tells:
        said.append(
            _(
                "This quiz never tells the right answers: nobody learns from it what they missed, "
                "and its questions stay reserved."
            )
        )
    return said


def _tidy(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number
