"""The course that ships with the site: whole, canonical, and the same after a round trip."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from courses.assessment.models import Question, QuestionVersion, Quiz
from courses.content.models import (
    Claim,
    ClaimRevision,
    Lesson,
    LessonRevision,
    MediaFile,
    Term,
)
from courses.content.selectors import glossary_of, timeline_of
from courses.enrollment.models import Course
from courses.exchange.folder import read_folder
from courses.exchange.models import FolderNote
from courses.exchange.reporting import lint_folder, report_on
from courses.exchange.services import (
    export_course_folder,
    format_course_folder,
    import_course_folder,
    read_course,
)
from tests.support.growth import cpu_seconds

FOLDER = Path(__file__).parents[2] / "fixtures" / "japan-russia-policy"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLAIMS = 104
LESSONS = [
    *("before-2022", "the-turn-of-2022", "aid-to-ukraine", "the-china-argument"),
    *("taiwan-and-deterrence", "pressure-around-japan", "north-korea", "public-opinion"),
    *("domestic-politics", "moscows-narratives", "november-2024"),
]


@pytest.fixture
def course(db: None) -> Course:
    import_course_folder(FOLDER, now=NOW)
    return Course.objects.get(slug="japan-russia-policy")


def test_it_is_written_in_the_canonical_form():
    assert format_course_folder(FOLDER, only_check=True) == []


def test_it_owes_its_readers_nothing():
    report = report_on(read_course(FOLDER).content)

    assert [str(finding) for finding in report.errors] == []


def test_the_linter_finds_nothing_open_in_it_and_little_is_silenced():
    linted = lint_folder(read_course(FOLDER))

    assert [f"{finding.file}:{finding}" for finding in linted.open] == []
    assert len(linted.silenced) <= 5


def test_it_holds_all_claims_eleven_lessons_and_enough_questions(course):
    assert Claim.objects.filter(course=course).count() == CLAIMS
    lessons = Lesson.objects.filter(course=course, status="published").order_by("position")
    assert list(lessons.values_list("slug", flat=True)) == LESSONS
    assert Question.objects.filter(course=course, status="published").count() >= 150
    assert Quiz.objects.filter(course=course, status="published").count() >= len(LESSONS)


def test_every_lesson_is_as_long_as_a_lesson(course):
    lengths = {
        lesson.slug: lesson.current.words
        for lesson in Lesson.objects.filter(course=course).select_related("current")
    }

    assert all(250 <= words <= 900 for words in lengths.values()), lengths


def test_every_link_to_the_glossary_leads_somewhere(course):
    linked = set(Term.objects.filter(lesson_revisions__lesson__course=course).distinct())
    shown = {entry.slug: entry for entry in glossary_of(course)}

    assert linked
    assert all(shown[term.slug].lessons for term in linked)


def test_its_timeline_reaches_from_1945_to_2024(course):
    entries = timeline_of(course)

    assert entries[0].start.year == 1945
    assert {entry.start.year for entry in entries} >= {1989, 2014, 2022, 2023, 2024}
    assert all(entry.lesson_slug for entry in entries)


def test_every_question_rests_on_a_claim(course):
    groundless = QuestionVersion.objects.filter(question__course=course, claims=None)

    assert list(groundless.values_list("question__slug", flat=True)) == []


def test_a_second_import_changes_nothing(course):
    counted = (ClaimRevision, LessonRevision, QuestionVersion, MediaFile, FolderNote)
    before = [model.objects.count() for model in counted]

    report = import_course_folder(FOLDER, now=LATER)

    assert not report.changed
    assert [model.objects.count() for model in counted] == before


@pytest.mark.django_db
def test_a_second_import_costs_less_than_the_first():
    def read() -> None:
        import_course_folder(FOLDER, now=LATER)

    first = cpu_seconds(read, times=1)

    assert cpu_seconds(read) < first / 2


def test_import_and_export_give_the_folder_back_byte_for_byte(course, tmp_path):
    export_course_folder(course, tmp_path / "course")

    assert read_folder(tmp_path / "course", []) == read_folder(FOLDER, [])
