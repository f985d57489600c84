"""What the demo class studies: the course's published lessons, quizzes and questions, once read."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.types import get_type
from courses.assessment.models import Question, QuestionVersion, Quiz
from courses.content.models import Lesson, Topic
from courses.content.rendering import lesson_outline
from courses.enrollment.models import Course
from courses.flashcards.demo.answers import likely_answers

_SECONDS = {"flashcard": 6.5, "single_choice": 10.0, "numeric": 11.0, "short_text": 12.0}
_SECONDS_OTHERWISE = 26.0


@dataclass(frozen=True, slots=True)
class Given:
    """Something that can be answered, in its canonical form, and its mark."""

    answer: dict[str, Any]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what a simulated learner may answer, and how hard it is (0 is middling).

    `guess` is the chance to be right without knowing. The first of `wrong` are the most
    tempting. A self-rated question has its right answers by rating, the plainest first.
    """

    question_id: UUID
    version_id: UUID
    topic: int
    claims: frozenset[UUID]
    self_rated: bool
    right: tuple[Given, ...]
    wrong: tuple[Given, ...]
    nearly: tuple[Given, ...]
    hardness: float
    guess: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Practice:
    quiz_id: UUID
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A published lesson: the questions of its prose, all that belong to it, its quizzes."""

    lesson_id: UUID
    words: int
    prose: tuple[Item, ...]
    items: tuple[Item, ...]
    practices: tuple[Practice, ...]


def read_syllabus(course: Course) -> list[Chapter]:
    """Return the published lessons of `course` in their order, in a handful of queries."""
    items = _items(course)
    by_slug = {slug: item for slug, _lesson, item in items}
    by_id = {item.question_id: item for item in by_slug.values()}
    of_lesson: defaultdict[UUID | None, list[Item]] = defaultdict(list)
    for _slug, lesson_id, item in items:
        of_lesson[lesson_id].append(item)
    practices: defaultdict[UUID | None, list[Practice]] = defaultdict(list)
    quizzes = Quiz.objects.filter(
        course=course, status=Quiz.Status.PUBLISHED, kind=Quiz.Kind.PRACTICE
    )
    for quiz in quizzes.prefetch_related("slots").order_by("position", "id"):
        slots = sorted(quiz.slots.all(), key=lambda slot: (slot.position, slot.pk))
        asked = tuple(by_id[slot.question_id] for slot in slots if slot.question_id in by_id)
        # One with a question of an unknown type could not be answered to its end.
        if asked and len(asked) == len(slots):
            practices[quiz.lesson_id].append(Practice(quiz.pk, asked))
    lessons = Lesson.objects.filter(course=course, status=Lesson.Status.PUBLISHED)
    chapters = []
    for lesson in lessons.select_related("current").order_by("position", "id"):
        if lesson.current is None:
            continue
        slugs = lesson_outline(lesson.current.body).questions
        chapters.append(
            Chapter(
                lesson_id=lesson.pk,
                words=lesson.current.words,
                prose=tuple(by_slug[slug] for slug in slugs if slug in by_slug),
                items=tuple(of_lesson[lesson.pk]),
                practices=tuple(practices[lesson.pk]),
            )
        )
    return chapters


def _items(course: Course) -> list[tuple[str, UUID | None, Item]]:
    ids = Topic.objects.filter(course=course).order_by("position", "id").values_list("pk")
    topics = {pk: number for number, (pk,) in enumerate(ids)}
    claims: defaultdict[UUID, set[UUID]] = defaultdict(set)
    through = QuestionVersion.claims.through.objects
    cited = through.filter(questionversion__question__course=course)
    for version_id, claim_id in cited.values_list("questionversion_id", "claim_id"):
        claims[version_id].add(claim_id)
    published = Question.objects.filter(
        course=course, status=Question.Status.PUBLISHED, current__isnull=False, reserved=False
    )
    found = []
    for question in published.select_related("current").order_by("position", "id"):
        assert question.current is not None  # filtered
        topic = topics.get(question.topic_id, 0) if question.topic_id else 0
        item = _item(question.current, question.slug, topic, frozenset(claims[question.current.pk]))
        if item is not None:
            found.append((question.slug, question.lesson_id, item))
    return found


def _item(version: QuestionVersion, slug: str, topic: int, claims: frozenset[UUID]) -> Item | None:
    """Return the question, None for a type whose answers nobody here knows how to give."""
    rng = Random(f"item:{slug}")  # nosec B311  # plays a learner, keeps no secret
    kind = get_type(version.type)
    given: dict[str, list[Given]] = {"right": [], "nearly": [], "wrong": []}
    for answer in likely_answers(version.type, version.payload, rng):
        mark = kind.mark(version.payload, answer)
        given[mark.verdict].append(Given(answer, mark))
    if not given["right"] or not given["wrong"]:
        return None
    options = len(version.payload.get("options", ()))
    return Item(
        question_id=version.question_id,
        version_id=version.pk,
        topic=topic,
        claims=claims,
        self_rated=kind.self_rated,
        right=tuple(given["right"]),
        wrong=tuple(given["wrong"]),
        nearly=tuple(given["nearly"]),
        hardness=rng.gauss(0, 0.6),
        guess=0.75 / options if options else 0.02,
        seconds=_SECONDS.get(version.type, _SECONDS_OTHERWISE),
    )
