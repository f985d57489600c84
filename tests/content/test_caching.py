"""Rendered once: kept in the process and for all processes, and never out of date."""

import pytest
from django.core.cache import cache
from django.utils import translation

from courses.content.rendering import lesson as renderer
from courses.content.rendering import render_lesson
from courses.content.rendering.caching import LayeredCache
from courses.content.selectors import lesson_for
from courses.content.services import save_media_files
from tests.factories.content import SAVED_AT, SVG, make_lesson


@pytest.fixture
def layered():
    return LayeredCache(size=2, seconds=60)


def counting(values):
    made = []

    def make():
        made.append(values.pop(0))
        return made[-1]

    return make, made


def test_a_value_is_made_once(layered):
    make, made = counting(["first", "second"])

    assert [layered.get_or_make("k", make) for _ in range(3)] == ["first"] * 3
    assert made == ["first"]


def test_another_process_finds_it_in_the_shared_cache(layered):
    make, made = counting(["first", "second"])
    layered.get_or_make("shared", make)

    assert LayeredCache(size=2, seconds=60).get_or_make("shared", make) == "first"
    assert made == ["first"]


def test_the_least_used_goes_first(layered):
    for key in ("a", "b", "a", "c"):
        layered.get_or_make(key, lambda key=key: key)
    cache.clear()
    make, made = counting(["again"])

    assert layered.get_or_make("a", make) == "a"
    assert layered.get_or_make("b", make) == "again"
    assert made == ["again"]


def test_without_the_shared_cache_lessons_are_still_read(layered, monkeypatch):
    def gone(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "get", gone)
    monkeypatch.setattr(cache, "set", gone)

    assert layered.get_or_make("k", lambda: "made") == "made"
    assert layered.get_or_make("k", lambda: "made again") == "made"


def test_a_lesson_is_rendered_once_per_language(course, student, monkeypatch):
    make_lesson(course, "one", body="::: analysis\nx\n:::")
    rendered = []
    original = renderer._render_revision
    monkeypatch.setattr(
        renderer, "_render_revision", lambda r: rendered.append(r.pk) or original(r)
    )

    for language in ("en", "ja", "en", "ja"):
        with translation.override(language):
            render_lesson(lesson_for(student, course.slug, "one").current)

    assert len(rendered) == 2


def test_a_new_picture_is_shown_in_lessons_already_read(course, student, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    save_media_files(course, {"map.svg": SVG}, now=SAVED_AT)
    make_lesson(course, "one", body="::: figure map.svg\nc\nalt: a\n:::")

    def html():
        return str(render_lesson(lesson_for(student, course.slug, "one").current).parts[0].html)

    before = html()
    save_media_files(course, {"map.svg": SVG.replace(b"40 20", b"80 20")}, now=SAVED_AT)

    assert 'width="40"' in before
    assert 'width="80"' in html()


def test_another_text_is_rendered_anew(course, student):
    make_lesson(course, "one", body="Words.")
    first = render_lesson(lesson_for(student, course.slug, "one").current)
    make_lesson(course, "one", body="Other words.")

    second = render_lesson(lesson_for(student, course.slug, "one").current)

    assert (str(first.parts[0].html), str(second.parts[0].html)) == (
        "<p>Words.</p>",
        "<p>Other words.</p>",
    )
