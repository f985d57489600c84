"""Lessons: revisions, reading, progress."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.common.errors import NotFound
from courses.content.domain.drafts import LessonDraft, count_words, reading_minutes
from courses.content.models import Lesson, LessonProgress, LessonRevision
from courses.content.selectors import lesson_for, published_lessons
from courses.content.services import (
    UnknownClaim,
    finish_lesson,
    save_lesson,
    save_lessons,
    start_lesson,
)
from courses.content.signals import lesson_finished
from courses.enrollment.models import Course
from tests.factories.content import SAVED_AT, make_claim, make_lesson

LATER = SAVED_AT + timedelta(days=1)


def test_a_saved_lesson_has_a_revision_with_its_claims(course, editor):
    make_claim(course, "JR-001")

    lesson = make_lesson(course, "one", body="So [JR-001].", author=editor)

    assert (lesson.current.number, lesson.current.author) == (1, editor)
    assert [claim.key for claim in lesson.current.claims.all()] == ["JR-001"]


def test_saving_the_same_text_makes_no_revision(course):
    make_lesson(course, "one", body="Words.")

    _lesson, kind = save_lesson(
        course,
        LessonDraft(slug="one", title="One", body="\r\nWords.\r\n\r\n"),
        author=None,
        now=LATER,
    )

    assert kind == "unchanged"
    assert LessonRevision.objects.count() == 1


def test_another_text_is_another_revision_and_the_old_one_stays(course):
    make_lesson(course, "one", body="Words.")

    lesson = make_lesson(course, "one", body="Other words.", now=LATER)

    assert [r.body for r in lesson.revisions.order_by("number")] == ["Words.", "Other words."]
    assert lesson.current.number == 2


def test_a_text_that_cites_an_unknown_claim_is_refused(course):
    with pytest.raises(UnknownClaim):
        make_lesson(course, "one", body="So [JR-404].")

    assert not Lesson.objects.exists()


def test_a_text_that_cites_another_courses_claim_is_refused(course, other_course):
    make_claim(other_course, "JR-001")

    with pytest.raises(UnknownClaim):
        make_lesson(course, "one", body="So [JR-001].")


def test_missing_lessons_are_archived_and_come_back(course):
    drafts = [LessonDraft(slug=slug, title=slug, body="x") for slug in ("a", "b")]
    save_lessons(course, drafts, author=None, now=SAVED_AT)

    gone = save_lessons(course, drafts[:1], author=None, now=LATER)
    back = save_lessons(course, drafts, author=None, now=LATER)

    assert (gone.archived, back.restored) == (["b"], ["b"])
    assert LessonRevision.objects.count() == 2


def test_lessons_are_listed_in_order_with_progress_in_one_query(
    course, student, owner, django_assert_num_queries
):
    first, second = make_lesson(course, "first"), make_lesson(course, "second")
    make_lesson(course, "draft", status="draft")
    finish_lesson(student, first, SAVED_AT)
    start_lesson(owner, second, SAVED_AT)

    with django_assert_num_queries(1):
        rows = [
            (row.slug, row.started_at, row.finished_at, row.current.title, row.current.words)
            for row in published_lessons(course, student)
        ]

    assert rows == [
        ("first", SAVED_AT, SAVED_AT, "First", 4),
        ("second", None, None, "Second", 4),
    ]


def test_the_anonymous_have_no_progress(course, student):
    finish_lesson(student, make_lesson(course, "first"), SAVED_AT)

    (row,) = published_lessons(course, AnonymousUser())

    assert row.finished_at is None


def test_a_lesson_is_found_with_progress_in_one_query(course, student, django_assert_num_queries):
    start_lesson(student, make_lesson(course, "one"), SAVED_AT)

    with django_assert_num_queries(1):
        lesson = lesson_for(student, course.slug, "one")
        seen = (lesson.started_at, lesson.current.body, lesson.current.lesson.course.slug)

    assert seen == (SAVED_AT, "A text to read.", course.slug)


@pytest.mark.parametrize(
    ("status", "readers"),
    [
        ("published", {"student", "assistant", "reviewer", "editor", "owner", "administrator"}),
        ("draft", {"reviewer", "editor", "owner", "administrator"}),
        ("archived", set()),
    ],
)
def test_who_may_read_a_lesson(course, people, stranger, status, readers):
    lesson = make_lesson(course, "one")
    Lesson.objects.filter(pk=lesson.pk).update(status=status)
    everyone = people | {"stranger": stranger, "anonymous": AnonymousUser()}

    able = set()
    for name, person in everyone.items():
        try:
            lesson_for(person, course.slug, "one")
        except NotFound:
            continue
        able.add(name)

    assert able == readers


def test_an_open_course_is_read_by_anybody(course):
    make_lesson(course, "one")
    Course.objects.filter(pk=course.pk).update(access="open")

    assert lesson_for(AnonymousUser(), course.slug, "one").slug == "one"


def test_the_first_opening_counts(course, student):
    lesson = make_lesson(course, "one")

    start_lesson(student, lesson, SAVED_AT)
    start_lesson(student, lesson, LATER)

    assert LessonProgress.objects.get().started_at == SAVED_AT


def test_finishing_is_told_once(course, student):
    lesson = make_lesson(course, "one")
    heard = []

    def hear(sender, **said):
        heard.append(said["now"])

    lesson_finished.connect(hear)
    try:
        finish_lesson(student, lesson, SAVED_AT)
        progress = finish_lesson(student, lesson, LATER)
    finally:
        lesson_finished.disconnect(hear)

    assert heard == [SAVED_AT]
    assert progress.finished_at == SAVED_AT


@pytest.mark.parametrize("who", ["stranger", "other_student", "other_teacher", "suspended"])
def test_others_leave_no_progress(course, who, request):
    lesson = make_lesson(course, "one")
    person = request.getfixturevalue(who)

    for record in (start_lesson, finish_lesson):
        with pytest.raises(NotFound):
            record(person, lesson, SAVED_AT)

    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Three plain words", 3),
        ("Japan's well-being, 5.5 billion [JR-001, JR-002].", 4),
        ("::: question some-slug\n:::\n\ntwo words", 2),
        ("北方領土問題について", round(10 / 2.3)),
        ("", 0),
    ],
)
def test_words_are_counted_as_they_are_read(body, words):
    assert count_words(body) == words


def test_reading_takes_at_least_a_minute():
    assert [reading_minutes(words) for words in (0, 220, 900)] == [1, 1, 4]
