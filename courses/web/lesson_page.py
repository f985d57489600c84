"""The lesson as a page: set once for all readers, filled for each of them by a join.

A page is rendered with slots where something depends on the reader, cut at the slots, and
kept in this process for a minute, by everything it was made from.
"""

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.translation import get_language

from courses.assessment.domain.shuffling import seed_from
from courses.assessment.keeping import Kept
from courses.assessment.presenting import question_view
from courses.assessment.selectors import quiz_overviews
from courses.assessment.versions import get_versions
from courses.common.clock import now
from courses.content.models import Lesson
from courses.content.rendering import HtmlPart, RenderedLesson, render_lesson
from courses.content.selectors import lesson_claim_notes
from courses.web.selectors import Asked, Reading, place_of
from courses.web.sidenotes import Notes

STUDENT, GUEST, VISITOR = "student", "guest", "visitor"
# What lesson.js imports, so that browsers fetch it all at once.
MODULES = ("web/js/live-form.js", "web/js/ordering.js", "web/js/dom.js")
_SECONDS = 60.0
_SECTION = 2  # the level of headings that the lesson's contents list
# No author can guess what marks a slot, so no text can hold one.
_OPEN, _CLOSE = f"\ue000{secrets.token_hex(8)}:", "\ue001"
_SLOT = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


Pieces = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page cut at its slots: texts at even places, names of slots at odd ones.

    `made_at` is a tick of this process, not a moment of the domain.
    """

    pieces: Pieces
    forms: Mapping[str, Pieces]
    unfinished: Pieces
    finished: Pieces
    made_at: float


_pages: Kept[tuple[object, ...], SetPage] = Kept(size=512)
_questions: Kept[UUID, tuple[str, ...]] = Kept(size=2000)


def lesson_page(
    reading: Reading,
    asked: Mapping[str, Asked],
    load: Callable[[], Lesson],
    *,
    reader: str,
    theme: str,
    administers: bool = False,
) -> SetPage:
    """Return the page for this kind of reader, from this process if it is there.

    `load` gets the lesson itself, needed only where the page must be set anew.
    """
    key = (
        reading.revision_id,
        reading.references_version,
        reading.status,
        tuple(question.version_id for question in asked.values()),
        get_language(),
        reader,
        theme,
        administers,
    )
    tick = time.monotonic()
    page = _pages.get(key)
    if page is None or page.made_at + _SECONDS < tick:
        page = _set(
            load(), asked, reader=reader, theme=theme, administers=administers, made_at=tick
        )
        _pages.put(key, page)
    return page


def questions_in(reading: Reading, load: Callable[[], Lesson]) -> tuple[str, ...]:
    """Return the slugs of the questions in the text; a revision never changes."""
    found = _questions.get(reading.revision_id)
    if found is None:
        revision = load().current
        found = render_lesson(revision).questions if revision else ()
        _questions.put(reading.revision_id, found)
    return found


def forget_pages() -> None:
    """Empty the stores of this process."""
    _pages.clear()
    _questions.clear()


def slot(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"


def fill(pieces: Pieces, values: Mapping[str, str]) -> str:
    """Return the text with every slot filled, with nothing where `values` has nothing."""
    filled = list(pieces)
    filled[1::2] = [values.get(name, "") for name in pieces[1::2]]
    return "".join(filled)


def _set(
    lesson: Lesson,
    asked: Mapping[str, Asked],
    *,
    reader: str,
    theme: str,
    administers: bool,
    made_at: float,
) -> SetPage:
    assert lesson.current is not None  # or it could not be read
    rendered = render_lesson(lesson.current)
    notes = Notes(lesson_claim_notes(lesson, rendered.citations))
    forms = _forms(lesson, asked, rendered.questions, reader)
    context = {
        "site_name": settings.SITE_NAME,
        "languages": settings.LANGUAGES,
        "modules": MODULES,
        "theme": theme,
        "csrf_token": slot("csrf"),
        "user": SimpleNamespace(is_authenticated=reader != VISITOR, is_staff=administers),
        "user_label": slot("person"),
        "messages_slot": slot("messages"),
        "finish_slot": slot("finish"),
        "reader": reader,
        "course": lesson.course,
        "lesson": lesson,
        "revision": lesson.current,
        "standing": place_of(lesson),
        "sections": [one for one in rendered.headings if one.level == _SECTION],
        "parts": _parts(rendered, notes, list(forms)),
        "notes": notes.numbered,
        "cited": notes.cited,
        "quizzes": quiz_overviews(
            course=lesson.course, user=AnonymousUser(), now=now(), lesson=lesson
        ),
    }
    end = context | {"day": slot("day")}
    return SetPage(
        pieces=_cut(render_to_string("web/lesson.html", context)),
        forms=forms,
        unfinished=_cut(render_to_string("web/_lesson_finish.html", context)),
        finished=_cut(render_to_string("web/_lesson_finish.html", end)),
        made_at=made_at,
    )


def _parts(rendered: RenderedLesson, notes: Notes, asked: list[str]) -> list[dict[str, object]]:
    """Return the prose and the questions asked in it, in their order, for the template.

    What is asked before the reading has a name of its own instead of a number.
    """
    parts: list[dict[str, object]] = []
    number = 0
    for part in rendered.parts:
        if isinstance(part, HtmlPart):
            parts.append({"html": notes.beside(part.html)})
        elif part.slug in asked:
            before = bool(getattr(part, "before", False))
            number += not before
            parts.append(
                {
                    "slug": part.slug,
                    "before": before,
                    "number": number,
                    "state": slot(f"state:{part.slug}"),
                    "form": slot(f"form:{part.slug}"),
                }
            )
    return parts


def _forms(
    lesson: Lesson, asked: Mapping[str, Asked], slugs: tuple[str, ...], reader: str
) -> dict[str, Pieces]:
    """Return each question of the prose as a form, cut at its slots."""
    shown = {slug: asked[slug] for slug in slugs if slug in asked}
    versions = get_versions(question.version_id for question in shown.values())
    forms = {}
    for slug, question in shown.items():
        version = versions[question.version_id]
        context = {
            "q": question_view(version, seed=seed_from("", question.question_id)),
            "uid": f"q-{slug}",
            "course": lesson.course,
            "lesson": lesson,
            "reader": reader,
            "swap": f"q-{slug}",
            "csrf_token": slot("csrf"),
            "answer_id": slot(f"id:{slug}"),
        }
        forms[slug] = _cut(render_to_string("web/_lesson_question.html", context))
    return forms


def _cut(text: str) -> Pieces:
    return tuple(_SLOT.split(text))
