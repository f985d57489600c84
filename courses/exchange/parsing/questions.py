"""Reads the questions of each lesson; what a type asks for is the type's own to check."""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from courses.assessment.domain.authoring import QuestionDraft, check_question, payload_keys
from courses.assessment.domain.problems import PayloadInvalid
from courses.assessment.domain.types import type_names
from courses.content.rendering.citations import cited_keys
from courses.exchange.domain.fields import Record
from courses.exchange.domain.mistakes import Mistake, did_you_mean
from courses.exchange.domain.records import COURSE_QUESTIONS, PlacedQuestion
from courses.exchange.parsing.files import Reading
from courses.exchange.parsing.glossary import check_links, texts_in

COMMON_KEYS = (
    *("slug", "type", "topic", "claims", "tags", "status", "stem", "explanation", "hints"),
    "silenced",
)
_CHECKED_AS_A_WHOLE = ("stem", "explanation", "tags", "hints", "silenced")


def read_questions(
    reading: Reading,
    *,
    lessons: list[str],
    claims: Collection[str],
    topics: Collection[str],
    terms: Collection[str],
) -> list[PlacedQuestion]:
    """Return the questions, lesson by lesson; mistakes are kept in `reading`."""
    questions = []
    seen: dict[str, str] = {}
    for lesson in _lessons_with_questions(reading, lessons):
        file = f"questions/{lesson}.yaml"
        for record in reading.records(file, "a question"):
            draft = _draft(record)
            _once(record, draft.slug, seen)
            _check_citations(record, claims)
            check_links(record, record.node.entries, terms)
            reading.questions[draft.slug] = record.node
            questions.append(
                PlacedQuestion(
                    draft=draft,
                    lesson="" if lesson == COURSE_QUESTIONS else lesson,
                    topic=record.one_of("topic", topics, "topic", required=False),
                    claims=tuple(record.names("claims", claims, "claim")),
                    status=record.choice("status", ("draft", "published"), default="published"),
                )
            )
    return questions


def _lessons_with_questions(reading: Reading, lessons: list[str]) -> Iterator[str]:
    """Yield the names of question files in the order of the lessons, the course's own last."""
    written = [PurePosixPath(file).stem for file in reading.files if file.startswith("questions/")]
    yield from (lesson for lesson in (*lessons, COURSE_QUESTIONS) if lesson in written)
    for name in written:
        if name not in (*lessons, COURSE_QUESTIONS):
            hint = did_you_mean(name, lessons, after=len(reading.mistakes))
            sentence = f"There is no lesson “{name}” that these questions could belong to.{hint}"
            reading.mistakes.append(Mistake(f"questions/{name}.yaml", 0, sentence))


def _draft(record: Record) -> QuestionDraft:
    type_name = record.text("type")
    if type_name in type_names():
        record.only((*COMMON_KEYS, *payload_keys(type_name)))
        known = set(payload_keys(type_name))
    else:
        known = set(record.node.entries) - set(COMMON_KEYS)
    slug = record.text("slug")
    payload = {name: value for name, value in record.rest(COMMON_KEYS).items() if name in known}
    content = {name: record.raw(name) for name in _CHECKED_AS_A_WHOLE}
    try:
        return check_question(slug=slug, type_name=type_name, payload=payload, **content)
    except PayloadInvalid as invalid:
        for problem in invalid.problems:
            where = f"{problem.path}: " if problem.path else ""
            record.add(record.line_of(problem.path), f"{where}{problem.message}")
    return QuestionDraft(slug=slug, type=type_name, stem="", payload={}, explanation="", tags=())


def _once(record: Record, slug: str, seen: dict[str, str]) -> None:
    if slug in seen:
        record.add(record.line, f"“{slug}” is there twice; first in {seen[slug]}.")
    elif slug:
        seen[slug] = f"{record.file}:{record.line}"


def _check_citations(record: Record, claims: Collection[str]) -> None:
    """Note every claim that a text of the question cites and that does not exist."""
    for name in record.node.entries:
        for text in texts_in(record.raw(name)):
            for key in cited_keys(text):
                if key not in claims:
                    hint = did_you_mean(key, claims, after=len(record.mistakes))
                    record.add(record.line_of(name), f"There is no claim “{key}”.{hint}")
