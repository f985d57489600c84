"""The glossary: saved in place, archived when missing, shown with claims and lessons."""

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.common.errors import NotFound
from courses.content.domain.drafts import LessonDraft, TermDraft
from courses.content.models import Term
from courses.content.rendering import render_lesson
from courses.content.rendering.glossary import linked_terms
from courses.content.selectors import glossary_entry, glossary_of, lesson_for
from courses.content.services import save_lessons, save_terms
from tests.factories.content import SAVED_AT, make_claim, make_lesson
from tests.factories.enrollment import make_course
from tests.support.growth import LINEAR, growth

pytestmark = pytest.mark.django_db


def draft(slug: str = "meti", **fields) -> TermDraft:
    known = {"term": slug.upper(), "kind": "institution", "definition": "A ministry of Japan."}
    return TermDraft(slug=slug, **(known | fields))


@pytest.fixture
def course():
    return make_course(access="open")


def save(course, *drafts):
    return save_terms(course, drafts, now=SAVED_AT)


def test_what_did_not_change_stays(course):
    save(course, draft(), draft("g7"))

    assert not save(course, draft(), draft("g7"))


def test_an_entry_is_mended_in_place(course):
    save(course, draft())
    before = Term.objects.get(course=course)

    changes = save(course, draft(definition="The ministry of trade."))

    assert changes.changed == ["meti"]
    assert Term.objects.get(course=course).pk == before.pk


def test_what_is_missing_is_archived_and_comes_back(course):
    save(course, draft())

    assert save(course).archived == ["meti"]
    assert glossary_of(course) == []
    assert save(course, draft()).restored == ["meti"]


def test_the_order_of_its_claims_is_the_authors(course):
    make_claim(course, "AA-1")
    make_claim(course, "AA-2")
    save(course, draft(claims=["AA-1", "AA-2"]))

    changes = save(course, draft(claims=["AA-2", "AA-1"]))

    assert changes.changed == ["meti"]
    assert [note.key for note in glossary_of(course)[0].claims] == ["AA-2", "AA-1"]


def test_an_entry_shows_its_claims_and_the_lessons_that_link_to_it(course):
    make_claim(course, "AA-1")
    make_claim(course, "AA-2")
    save(
        course,
        draft(more="It keeps a list [AA-2]. See the [group](glossary:g7).", claims=["AA-1"]),
        draft("g7", term="Group of Seven", common=True),
    )
    make_lesson(course, "first", body="The [ministry](glossary:meti) acts.")
    make_lesson(course, "second", body="The [ministry](glossary:meti).", status="draft")

    group, ministry = glossary_of(course)

    assert (group.term, group.common, group.lessons) == ("Group of Seven", True, ())
    assert [note.key for note in ministry.claims] == ["AA-1", "AA-2"]
    assert [lesson.slug for lesson in ministry.lessons] == ["first"]
    assert ministry.url == f"/courses/{course.slug}/glossary/#meti"
    assert f'href="/courses/{course.slug}/glossary/#g7"' in ministry.more
    assert f'href="/courses/{course.slug}/claims/AA-2/"' in ministry.more


def test_the_glossary_takes_four_queries(course, django_assert_num_queries):
    for number in range(1, 6):
        make_claim(course, f"AA-{number}")
    save(course, *(draft(f"term-{number}", claims=[f"AA-{number}"]) for number in range(1, 6)))
    links = " ".join(f"[x](glossary:term-{number})" for number in range(1, 6))
    make_lesson(course, "first", body=links)
    make_lesson(course, "second", body=links)

    with django_assert_num_queries(4):
        entries = glossary_of(course)

    assert [len(entry.lessons) for entry in entries] == [2] * 5


def test_one_entry_is_found_by_its_name(course):
    save(course, draft())

    assert glossary_entry(AnonymousUser(), course.slug, "meti").term == "METI"
    with pytest.raises(NotFound):
        glossary_entry(AnonymousUser(), course.slug, "mofa")


def test_a_lesson_links_to_entries_as_long_as_they_are_there(course):
    save(course, draft())
    make_lesson(course, "first", body="The [ministry](glossary:meti) acts.")

    def shown() -> str:
        lesson = lesson_for(AnonymousUser(), course.slug, "first")
        return str(render_lesson(lesson.current).parts[0].html)

    assert f'href="/courses/{course.slug}/glossary/#meti"' in shown()
    save(course)
    assert "The ministry acts." in shown()


def test_a_flood_of_openings_of_links_is_read_at_a_linear_cost():
    def read(openings: int) -> list[str]:
        return linked_terms("](glossary:" * openings + "meti)")

    assert read(10) == ["meti"]
    assert growth(read, 20_000) < LINEAR


def test_an_unchanged_lesson_finds_its_entries_again(course):
    save(course, draft("meti"))
    body = "The [ministry](glossary:meti)."
    lesson = LessonDraft("first", "First", body=body)
    save_lessons(course, [lesson], author=None, now=SAVED_AT)
    Term.objects.all().delete()  # as undoing the migration does
    save(course, draft("meti"))

    changes = save_lessons(course, [lesson], author=None, now=SAVED_AT)

    assert not changes
    assert [one.slug for one in glossary_of(course)[0].lessons] == ["first"]
