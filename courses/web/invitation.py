"""The first question of a course's first lesson, for visitors to try on the start page."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from courses.common.errors import NotFound
from courses.common.ids import new_id
from courses.content.models import Lesson
from courses.content.selectors import lesson_for
from courses.web import lesson_page
from courses.web.context import chosen_theme
from courses.web.selectors import asked_in_lesson, reading_of


@dataclass(frozen=True, slots=True)
class Invitation:
    """A question as its lesson asks it: the form goes where the lesson's form goes."""

    course_slug: str
    lesson_slug: str
    slug: str
    form: SafeString


def first_question(request: HttpRequest, course_slug: str, lesson_slug: str) -> Invitation | None:
    """Return the first question in the prose of a lesson, None where it asks nothing.

    Two queries, and those for a lesson that this process has not set within a minute.
    """
    try:
        reading = reading_of(request.user, course_slug, lesson_slug)
    except NotFound:  # archived since its course was listed
        return None

    def load() -> Lesson:
        return lesson_for(request.user, course_slug, lesson_slug)

    asked = asked_in_lesson(
        request.user, reading.course_id, lesson_page.questions_in(reading, load)
    )
    page = lesson_page.lesson_page(
        reading, asked, load, reader=lesson_page.VISITOR, theme=chosen_theme(request)
    )
    slug = next(iter(page.forms), None)
    if slug is None:
        return None
    own = {"csrf": get_token(request), f"id:{slug}": str(new_id())}
    # Pieces that templates escaped, joined with a token and an id.
    form = SafeString(lesson_page.fill(page.forms[slug], own))  # nosec B703
    return Invitation(course_slug, lesson_slug, slug, form)
