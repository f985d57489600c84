"""Reads the quizzes of course.yaml: their rules, and what they ask or draw."""

from collections.abc import Collection

from courses.assessment.domain.problems import Checker
from courses.assessment.domain.quiz_settings import FILE_KEYS, QuizSettings, checked_settings
from courses.exchange.domain.fields import Record
from courses.exchange.domain.nodes import MapNode, Node, TextNode
from courses.exchange.domain.records import QuizDraft, SlotDraft

_POOLS = ("tag", "lesson", "topic")
_MOST_POINTS = 1000
_MOST_DRAWN = 200


def read_quizzes(
    course: Record,
    *,
    lessons: Collection[str],
    topics: Collection[str],
    questions: Collection[str],
) -> list[QuizDraft]:
    """Return the quizzes in their order; mistakes are kept with the record of the course."""
    quizzes = []
    seen: set[str] = set()
    for record in course.records("quizzes", "a quiz"):
        record.only(("slug", "title", "lesson", "status", *FILE_KEYS, "questions"))
        slug = record.slug("slug")
        if slug in seen:
            record.add(record.line, f"“{slug}” is there twice.")
        seen.add(slug)
        quizzes.append(
            QuizDraft(
                slug=slug,
                title=record.text("title", longest=200, required=True),
                lesson=record.one_of("lesson", lessons, "lesson", required=False),
                status=record.choice("status", ("draft", "published"), default="published"),
                settings=_settings(record),
                questions=_slots(record, questions, {"lesson": lessons, "topic": topics}),
            )
        )
    return quizzes


def _settings(record: Record) -> QuizSettings:
    check = Checker()
    settings = checked_settings(check, {key: record.raw(key) for key in FILE_KEYS})
    for problem in check.problems:
        record.add(record.line_of(problem.path), f"{problem.path}: {problem.message}")
    return settings


def _slots(
    quiz: Record, questions: Collection[str], pools: dict[str, Collection[str]]
) -> tuple[str | SlotDraft, ...]:
    slots: list[str | SlotDraft] = []
    seen: set[str] = set()
    for node in quiz.items("questions"):
        slot = _slot(quiz, node, questions, pools)
        slug = slot if isinstance(slot, str) else slot.question
        if slug and slug in seen:
            quiz.add(node.line, f"“{slug}” stands in “questions” twice.")
        seen.add(slug)
        slots.append(slot)
    return tuple(slots)


def _slot(
    quiz: Record, node: Node, questions: Collection[str], pools: dict[str, Collection[str]]
) -> str | SlotDraft:
    """Read a slug, `{question, points}`, or `{draw, tag | lesson | topic, points}`."""
    if isinstance(node, TextNode):
        node = MapNode({"question": node}, {"question": node.line}, node.line)
    slot = Record(node, file=quiz.file, mistakes=quiz.mistakes, what="a question of a quiz")
    slot.only(("question", "draw", *_POOLS, "points"))
    points = slot.number("points") if slot.has("points") else 1
    if not 0 < points <= _MOST_POINTS:
        slot.add(slot.line_of("points"), f"“points” lies above 0, and at {_MOST_POINTS} at most.")
    named = [pool for pool in _POOLS if slot.has(pool)]
    if not named and not slot.has("draw"):
        slug = slot.one_of("question", questions, "question", required=True)
        return slug if points == 1 else SlotDraft(question=slug, points=float(points))
    if len(named) != 1 or slot.has("question"):
        slot.add(slot.line, "Draw from one thing: a tag, a lesson or a topic.")
        return ""
    return _pool(slot, named[0], pools.get(named[0]), float(points))


def _pool(slot: Record, pool: str, known: Collection[str] | None, points: float) -> SlotDraft:
    if known is None:
        value = slot.text(pool, required=True)
    else:
        value = slot.one_of(pool, known, pool, required=True)
    draw = slot.number("draw")
    if not (isinstance(draw, int) and 1 <= draw <= _MOST_DRAWN):
        slot.add(slot.line_of("draw"), f"“draw” is a whole number from 1 to {_MOST_DRAWN}.")
    return SlotDraft(draw=int(draw), pool=pool, value=value, points=points)
