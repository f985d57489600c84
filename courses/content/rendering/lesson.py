"""Renders a revision of a lesson into parts, with the questions of its prose between them."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from courses.content.links import claim_url, glossary_url, media_url
from courses.content.models import Claim, LessonRevision, MediaFile, Term
from courses.content.rendering.caching import LayeredCache
from courses.content.rendering.inline import spoken_language
from courses.content.rendering.parser import parse, parser
from courses.content.rendering.sanitising import sanitise

# raise it whenever the HTML of the same text changes
RENDERER_VERSION = 4
_rendered = LayeredCache(size=256, seconds=7 * 24 * 3600)


@dataclass(frozen=True)
class HtmlPart:
    """A piece of prose, sanitised."""

    html: SafeString
    kind: str = "html"


@dataclass(frozen=True)
class QuestionPart:
    """The place of a question in the prose; `before` says that it is asked before reading."""

    slug: str
    kind: str = "question"
    before: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of the prose: `level` is 2 to 6, `anchor` the id to link to."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True)
class Picture:
    """Where a picture is, and how large (0 if unknown)."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class RenderedLesson:
    """A lesson as shown: `citations` are claim keys, the first of them is reference 1."""

    parts: tuple[HtmlPart | QuestionPart, ...]
    citations: tuple[str, ...]
    headings: tuple[Heading, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(part.slug for part in self.parts if isinstance(part, QuestionPart))


def render_lesson(revision: LessonRevision) -> RenderedLesson:
    """Return the revision as HTML, from the cache if it is there.

    What the renderer itself says (dates, captions, names of references) is in the language of
    the course, as the prose around it; in the active one if the site does not speak that.
    """
    key = (
        f"content:lesson:{revision.pk}:{revision.lesson.references_version}"
        f":{RENDERER_VERSION}:{get_language()}"
    )
    return _rendered.get_or_make(key, lambda: _render_revision(revision))


def _render_revision(revision: LessonRevision) -> RenderedLesson:
    course = revision.lesson.course
    keys = Claim.objects.filter(course=course).values_list("key", flat=True)
    media = MediaFile.objects.filter(course=course)
    slugs = Term.objects.filter(course=course, archived_at=None).values_list("slug", flat=True)
    with override(spoken_language(course.language)):
        return render_body(
            revision.body,
            claim_urls={key: claim_url(course.slug, key) for key in keys},
            pictures={
                each.name: Picture(
                    media_url(course.slug, each.name, each.digest), each.width, each.height
                )
                for each in media
            },
            term_urls={slug: glossary_url(course.slug, slug) for slug in slugs},
        )


def render_body(
    body: str,
    *,
    claim_urls: dict[str, str],
    pictures: dict[str, Picture],
    term_urls: dict[str, str] | None = None,
) -> RenderedLesson:
    """Return `body` as parts of sanitised HTML.

    Unknown claims, pictures and entries of the glossary stay as text.
    """
    env: dict[str, Any] = {
        "claim_urls": claim_urls,
        "pictures": pictures,
        "term_urls": term_urls or {},
    }
    tokens = parse(body, env)
    parts: list[HtmlPart | QuestionPart] = []
    begin = 0
    for end, token in enumerate(tokens):
        if token.type == "question":
            _add_prose(parts, tokens[begin:end], env)
            before = bool(token.meta.get("before"))
            parts.append(QuestionPart(token.meta["slug"], before=before))
            begin = end + 1
    _add_prose(parts, tokens[begin:], env)
    return RenderedLesson(
        parts=tuple(parts),
        citations=tuple(env.get("citations", {})),
        headings=tuple(Heading(*heading) for heading in env["headings"]),
    )


def _add_prose(
    parts: list[HtmlPart | QuestionPart], tokens: list[Any], env: dict[str, Any]
) -> None:
    # only what the sanitiser let through is called safe
    html = sanitise(parser().renderer.render(tokens, parser().options, env)).strip()
    if html:
        safe = SafeString(html)  # nosec B703
        parts.append(HtmlPart(safe))
