"""A course as its folder tells it, and the canonical records of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.assessment.domain.authoring import QuestionDraft, silences_as_stored
from courses.assessment.domain.quiz_settings import QuizSettings, settings_record
from courses.content.domain.drafts import (
    ClaimDraft,
    LessonDraft,
    SourceDraft,
    TermDraft,
    TopicDraft,
)
from courses.exchange.domain.comments import settled
from courses.exchange.domain.writing import (
    Note,
    Place,
    write_mapping,
    write_records,
)

# questions that belong to no lesson
COURSE_QUESTIONS = "_course"
DEFAULT_SHARE = 0.9
FileNotes = Mapping[str, dict[Place, Note]]
Record = dict[str, Any]


@dataclass(frozen=True)
class CourseFacts:
    """What course.yaml says of the course itself; `exam_date` is ISO 8601 or empty.

    `rests_on_claims` is false where questions need not name the claims they rest on.
    """

    slug: str
    title: str
    summary: str = ""
    language: str = "en"
    access: str = "closed"
    status: str = "draft"
    exam_date: str = ""
    exam_target: float = DEFAULT_SHARE
    desired_retention: float = DEFAULT_SHARE
    rests_on_claims: bool = True


@dataclass(frozen=True)
class PlacedQuestion:
    """A question with its place: `lesson` and `topic` are slugs or empty, `claims` keys."""

    draft: QuestionDraft
    lesson: str = ""
    topic: str = ""
    claims: tuple[str, ...] = ()
    status: str = "published"


@dataclass(frozen=True)
class SlotDraft:
    """A place in a quiz that says more than a slug: a question's points, or a pool to draw from.

    `pool` is tag, lesson or topic and `value` the tag or the slug; `question` is empty then.
    """

    question: str = ""
    draw: int = 0
    pool: str = ""
    value: str = ""
    points: float = 1.0


@dataclass(frozen=True)
class QuizDraft:
    """A quiz: `lesson` is a slug or empty, `questions` are slugs or slots, in order."""

    slug: str
    title: str
    questions: tuple[str | SlotDraft, ...]
    lesson: str = ""
    status: str = "published"
    settings: QuizSettings = field(default_factory=QuizSettings)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The questions that the quiz names, pools aside."""
        named = (one if isinstance(one, str) else one.question for one in self.questions)
        return tuple(slug for slug in named if slug)


@dataclass
class CourseContent:
    """Everything a course folder holds, in the order of its files."""

    facts: CourseFacts
    topics: list[TopicDraft] = field(default_factory=list)
    sources: list[SourceDraft] = field(default_factory=list)
    claims: list[ClaimDraft] = field(default_factory=list)
    terms: list[TermDraft] = field(default_factory=list)
    lessons: list[LessonDraft] = field(default_factory=list)
    questions: list[PlacedQuestion] = field(default_factory=list)
    quizzes: list[QuizDraft] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)


def render_folder(content: CourseContent, notes: FileNotes) -> dict[str, bytes]:
    """Return the canonical files of a course, by their paths in its folder."""
    texts = {
        "course.yaml": _mapping(course_record(content), notes.get("course.yaml", {})),
        "sources.yaml": _list(map(source_record, content.sources), notes.get("sources.yaml", {})),
        "claims.yaml": _list(map(claim_record, content.claims), notes.get("claims.yaml", {})),
    }
    # a course may do without, and is then without the file
    if content.terms or notes.get("glossary.yaml"):
        noted = notes.get("glossary.yaml", {})
        texts["glossary.yaml"] = _list(map(term_record, content.terms), noted)
    for lesson in content.lessons:
        file = f"lessons/{lesson.slug}.md"
        head = _mapping(lesson_record(lesson), notes.get(file, {}), airy=False)
        texts[file] = f"---\n{head}---\n\n{lesson.body}\n"
    for file, questions in questions_by_file(content.questions).items():
        texts[file] = _list(map(question_record, questions), notes.get(file, {}))
    files = {file: text.encode() for file, text in texts.items()}
    return files | {f"media/{name}": picture for name, picture in content.media.items()}


def questions_by_file(questions: Sequence[PlacedQuestion]) -> dict[str, list[PlacedQuestion]]:
    """Return the questions by the file they stand in: one for each lesson that has any."""
    by_file: dict[str, list[PlacedQuestion]] = {}
    for question in questions:
        file = f"questions/{question.lesson or COURSE_QUESTIONS}.yaml"
        by_file.setdefault(file, []).append(question)
    return by_file


def _list(records: Any, notes: dict[Place, Note]) -> str:
    data = list(records)
    return write_records(data, settled(notes, data))


def _mapping(record: Record, notes: dict[Place, Note], *, airy: bool = True) -> str:
    return write_mapping(record, settled(notes, record), airy=airy)


def course_record(content: CourseContent) -> Record:
    """Return course.yaml; keys that say what would hold without them are left out."""
    facts = content.facts
    record = _told(
        slug=facts.slug,
        title=facts.title,
        summary=facts.summary,
        language=facts.language,
        access=facts.access,
        status=facts.status,
        exam_date=facts.exam_date,
    )
    for name in ("exam_target", "desired_retention"):
        if getattr(facts, name) != DEFAULT_SHARE:
            record[name] = getattr(facts, name)
    if not facts.rests_on_claims:
        record["rests_on_claims"] = False
    return record | _told(
        topics=[{"slug": topic.slug, "title": topic.title} for topic in content.topics],
        lessons=[lesson.slug for lesson in content.lessons],
        quizzes=[quiz_record(quiz) for quiz in content.quizzes],
    )


def quiz_record(quiz: QuizDraft) -> Record:
    return _told(
        slug=quiz.slug,
        title=quiz.title,
        lesson=quiz.lesson,
        status=_unless_published(quiz.status),
    ) | {
        **settings_record(quiz.settings),
        "questions": [one if isinstance(one, str) else slot_record(one) for one in quiz.questions],
    }


def slot_record(slot: SlotDraft) -> Record:
    asked: Record = {"question": slot.question}
    if slot.pool:
        asked = {"draw": slot.draw, slot.pool: slot.value}
    return asked if slot.points == 1 else asked | {"points": slot.points}


def source_record(source: SourceDraft) -> Record:
    return _told(
        key=source.key,
        title=source.title,
        kind=source.kind,
        document=source.document,
        url=source.url,
        written=source.written,
        written_note=source.written_note,
        thesis=source.thesis,
    )


def claim_record(claim: ClaimDraft) -> Record:
    return _told(
        key=claim.key,
        source=claim.source,
        topic=claim.topic,
        kind=claim.kind,
        date=claim.date,
        as_of=claim.as_of,
        attributed=claim.attributed,
        people=list(claim.people),
        figures=[figure_record(figure) for figure in claim.figures],
        quote=claim.quote,
        statement=claim.statement,
    )


def figure_record(figure: Mapping[str, Any]) -> Record:
    """Return a figure's keys in their order: databases do not keep it."""
    record = {name: figure[name] for name in ("value", "unit", "what")}
    return record | ({"approx": True} if figure.get("approx") else {})


def term_record(term: TermDraft) -> Record:
    return _told(
        slug=term.slug,
        term=term.term,
        short=term.short,
        native=term.native,
        kind=term.kind,
        aliases=list(term.aliases),
        common=term.common or None,
        claims=list(term.claims),
        definition=term.definition,
        more=term.more,
    )


def lesson_record(lesson: LessonDraft) -> Record:
    return _told(
        title=lesson.title,
        summary=lesson.summary,
        status=_unless_published(lesson.status),
        objectives=list(lesson.objectives),
    )


def question_record(question: PlacedQuestion) -> Record:
    draft = question.draft
    return _told(
        slug=draft.slug,
        type=draft.type,
        topic=question.topic,
        claims=list(question.claims),
        tags=list(draft.tags),
        status=_unless_published(question.status),
        stem=draft.stem,
        **draft.payload,
        explanation=draft.explanation,
        hints=list(draft.hints),
        silenced=silences_as_stored(draft),
    )


def _unless_published(status: str) -> str:
    return "" if status == "published" else status


def _told(**fields: Any) -> Record:
    """Return the fields that say something: no empty texts, no empty lists."""
    return {name: value for name, value in fields.items() if value not in ("", [], None)}
