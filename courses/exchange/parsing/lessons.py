"""Reads lessons: front matter and Markdown."""

from collections.abc import Collection

from courses.content.domain.drafts import LessonDraft
from courses.content.rendering import check_lesson
from courses.exchange.domain.fields import SLUG, Record
from courses.exchange.domain.mistakes import MOST_HINTS, Mistake
from courses.exchange.domain.nodes import MapNode
from courses.exchange.domain.scalars import CONTROL
from courses.exchange.parsing.files import Reading

_FENCE = "---"


def read_lesson(
    reading: Reading,
    slug: str,
    *,
    claims: Collection[str],
    questions: Collection[str],
    media: Collection[str],
    terms: Collection[str],
) -> LessonDraft:
    """Return the lesson in lessons/<slug>.md; mistakes are kept in `reading`."""
    file = f"lessons/{slug}.md"
    mistakes = reading.mistakes
    if not SLUG.fullmatch(slug) or len(slug) > 100:
        sentence = "A lesson's file is named in small letters, digits and hyphens."
        mistakes.append(Mistake(file, 0, sentence))
    text = reading.text(file) or ""
    lines = text.split("\n")
    head, begin = _front_matter(lines)
    if not begin:
        sentence = "A lesson begins with its front matter between two lines of ---."
        mistakes.append(Mistake(file, 1, sentence))
    while begin < len(lines) and not lines[begin].strip():
        begin += 1
    end = len(lines)
    while end > begin and not lines[end - 1].strip():
        end -= 1
    body = "\n".join(lines[begin:end])
    if found := CONTROL.search(body):
        line = begin + body.count("\n", 0, found.start()) + 1
        mistakes.append(Mistake(file, line, "This line has an invisible control character."))
    left = max(MOST_HINTS - len(mistakes), 0)
    for problem in check_lesson(body, claims, questions, media, terms, most_hints=left):
        line = min(begin + problem.line, max(len(lines) - 1, 1))
        mistakes.append(Mistake(file, line, problem.message))
    return _draft(reading, file, slug, head, body)


def _front_matter(lines: list[str]) -> tuple[str, int]:
    """Return the text between the fences and the number of lines until the body, or "", 0."""
    if lines[0].rstrip() != _FENCE:
        return "", 0
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]) + "\n", number + 1
    return "", 0


def _draft(reading: Reading, file: str, slug: str, head: str, body: str) -> LessonDraft:
    root = reading.tree(file, head, skipped_lines=1) if head else MapNode({}, {}, 1)
    record = Record(root, file=file, mistakes=reading.mistakes, what="a lesson's front matter")
    record.only(("title", "summary", "status", "objectives"))
    return LessonDraft(
        slug=slug,
        title=record.text("title", longest=200, required=True),
        summary=record.text("summary", longest=2000),
        status=record.choice("status", ("draft", "published"), default="published"),
        objectives=record.texts("objectives"),
        body=body,
    )
