"""What somebody may have meant who asked for a lesson or a claim that is not there."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypedDict

from django.urls import Resolver404, resolve, reverse

from courses.content.selectors import course_claims, published_lessons
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person

_MOST = 3
_ALIKE = 0.7  # of SequenceMatcher: a slip or a missing word, not another subject
_LONGEST = 100  # characters of a slug; comparing takes time that grows with their square


class Near(TypedDict, total=False):
    """A page that is there, as a link."""

    url: str
    title: str
    language: str


class Ways(TypedDict, total=False):
    """Ways on from an address that leads nowhere."""

    near: list[Near]
    course: Near


def ways_from(path: str, user: Person) -> Ways:
    """Return where to go on from `path`: pages of like names, and their course.

    Names only what `user` would find by following links: published lessons and claims of
    courses that they may know of. Two queries at most, none for other addresses.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return {}
    slug = str(match.kwargs.get("slug", ""))
    if match.namespace != "web" or not slug or len(path) > 4 * _LONGEST:
        return {}
    course = Course.objects.visible_to(user).filter(slug=slug).first()
    if course is None:
        return {"near": _courses(slug, user)}
    here: Near = {"url": reverse("web:course", args=[course.slug]), "title": course.title}
    if lesson := match.kwargs.get("lesson_slug"):
        return {"near": _lessons(str(lesson), course), "course": here}
    if key := match.kwargs.get("key"):
        return {"near": _claims(str(key), course), "course": here}
    return {"course": here}


def _courses(slug: str, user: Person) -> list[Near]:
    known = Course.objects.visible_to(user).values_list("slug", "title", "language")
    titles = {name: (title, language) for name, title, language in known}
    return [
        {
            "url": reverse("web:course", args=[name]),
            "title": titles[name][0],
            "language": titles[name][1],
        }
        for name in _alike(slug, titles)
    ]


def _lessons(slug: str, course: Course) -> list[Near]:
    titles = {
        lesson.slug: lesson.current.title
        for lesson in published_lessons(course)
        if lesson.current is not None
    }
    return [
        {
            "url": reverse("web:lesson", args=[course.slug, name]),
            "title": titles[name],
            "language": course.language,
        }
        for name in _alike(slug, titles)
    ]


def _claims(key: str, course: Course) -> list[Near]:
    keys = list(course_claims(course).values_list("key", flat=True))
    return [
        {"url": reverse("web:claim", args=[course.slug, name]), "title": name}
        for name in _alike(key.upper(), keys)
    ]


def _alike(name: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(name[:_LONGEST], list(known), n=_MOST, cutoff=_ALIKE)
