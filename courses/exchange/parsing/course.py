"""Reads the files of a folder in the order in which they lean on each other."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf.locale import LANG_INFO

from courses.content.domain.drafts import TopicDraft
from courses.content.domain.pictures import examine_picture
from courses.content.domain.vector import PictureRefused
from courses.enrollment.models import Course
from courses.exchange.domain.fields import Record
from courses.exchange.domain.mistakes import Mistake
from courses.exchange.domain.nodes import MapNode
from courses.exchange.domain.records import CourseContent, CourseFacts
from courses.exchange.domain.writing import Note, Place
from courses.exchange.parsing.files import Reading
from courses.exchange.parsing.glossary import FILE as GLOSSARY
from courses.exchange.parsing.glossary import read_glossary
from courses.exchange.parsing.ledger import read_claims, read_sources
from courses.exchange.parsing.lessons import read_lesson
from courses.exchange.parsing.questions import read_questions
from courses.exchange.parsing.quizzes import read_quizzes

_COURSE_KEYS = (
    *("slug", "title", "summary", "language", "access", "status", "exam_date", "exam_target"),
    *("desired_retention", "rests_on_claims", "topics", "lessons", "quizzes"),
)


@dataclass
class ParsedFolder:
    """What a folder says; `content` counts only if there are no mistakes.

    `questions` are the places of questions in their files, by slug.
    """

    content: CourseContent
    notes: dict[str, dict[Place, Note]]
    mistakes: list[Mistake] = field(default_factory=list)
    questions: dict[str, MapNode] = field(default_factory=dict)


def parse_folder(files: dict[str, bytes], mistakes: list[Mistake]) -> ParsedFolder:
    """Return the course that `files` (by their paths in the folder) tell of.

    Mistakes found before are given, and those found here are added; they come sorted.
    """
    reading = Reading(files, mistakes)
    course = reading.mapping("course.yaml", "the course")
    course.only(_COURSE_KEYS)
    content = CourseContent(facts=_facts(course), topics=_topics(course))
    content.sources = read_sources(reading)
    topics = reading.names("course.yaml", (topic.slug for topic in content.topics))
    sources = reading.names("sources.yaml", (source.key for source in content.sources))
    content.claims = read_claims(reading, sources=sources, topics=topics)
    claims = reading.names("claims.yaml", (claim.key for claim in content.claims))
    content.terms = read_glossary(reading, claims=claims)
    terms = reading.names(GLOSSARY, (term.slug for term in content.terms))
    content.media = _media(reading)
    lesson_slugs = _lesson_slugs(course, reading)
    content.questions = read_questions(
        reading, lessons=lesson_slugs, claims=claims, topics=topics, terms=terms
    )
    asked = {question.draft.slug for question in content.questions}
    unread = next((file for file in reading.unread if file.startswith("questions/")), "")
    questions = reading.names(unread, asked)
    content.lessons = [
        read_lesson(
            reading,
            slug,
            claims=claims,
            questions=questions,
            media=set(content.media),
            terms=terms,
        )
        for slug in lesson_slugs
    ]
    content.quizzes = read_quizzes(course, lessons=lesson_slugs, topics=topics, questions=questions)
    return ParsedFolder(content, reading.notes, sorted(set(mistakes)), reading.questions)


def _facts(course: Record) -> CourseFacts:
    exam_date = course.partial_date("exam_date", required=False)
    if exam_date and len(exam_date) != len("2027-03-01"):
        course.add(course.line_of("exam_date"), "“exam_date” is a day, such as 2027-03-01.")
    return CourseFacts(
        slug=course.slug("slug"),
        title=course.text("title", longest=200, required=True),
        summary=course.text("summary"),
        language=course.choice("language", _languages(), default="en"),
        access=course.choice("access", Course.Access.values, default="closed"),
        status=course.choice("status", Course.Status.values, default="draft"),
        exam_date=exam_date,
        exam_target=course.share("exam_target", default=0.9, least=0.5, most=0.99),
        desired_retention=course.share("desired_retention", default=0.9, least=0.7, most=0.97),
        rests_on_claims=course.flag("rests_on_claims", default=True),
    )


def _languages() -> list[str]:
    return sorted(LANG_INFO)


def _topics(course: Record) -> list[TopicDraft]:
    topics = []
    seen: set[str] = set()
    for record in course.records("topics", "a topic"):
        record.only(("slug", "title"))
        slug = record.slug("slug", longest=60)
        _once(record, slug, seen)
        topics.append(TopicDraft(slug, record.text("title", longest=200, required=True)))
    return topics


def _once(record: Record, name: str, seen: set[str]) -> None:
    if name and name in seen:
        record.add(record.line, f"“{name}” is there twice.")
    seen.add(name)


def _lesson_slugs(course: Record, reading: Reading) -> list[str]:
    """Return the lessons in the order of course.yaml; each has a file, each file is listed."""
    written = {PurePosixPath(file).stem for file in reading.files if file.startswith("lessons/")}
    if "course.yaml" in reading.unread:
        return sorted(written)
    listed = course.names("lessons", written, "file lessons/….md for")
    for slug in sorted(written - set(listed)):
        reading.mistakes.append(
            Mistake(f"lessons/{slug}.md", 0, "This lesson is not listed in course.yaml.")
        )
    return listed


def _media(reading: Reading) -> dict[str, bytes]:
    media = {}
    for file, content in reading.files.items():
        folder, _, name = file.partition("/")
        if folder != "media":
            continue
        try:
            examine_picture(name, content)
        except PictureRefused as refused:
            reading.mistakes.append(Mistake(file, 0, str(refused)))
        media[name] = content
    return media
