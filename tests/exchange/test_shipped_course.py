"""The course that ships with the site: whole, canonical, and the same after a round trip."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courses.assessment.models import Question, QuestionVersion, Quiz
from courses.content.models import Claim, ClaimRevision, Lesson, LessonRevision, MediaFile
from courses.enrollment.models import Course
from courses.exchange.folder import read_folder
from courses.exchange.models import FolderNote
from courses.exchange.services import (
    export_course_folder,
    format_course_folder,
    import_course_folder,
)

FOLDER = Path(__file__).parents[2] / "fixtures" / "japan-russia-policy"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLAIMS = 104


@pytest.fixture
def course(db: None) -> Course:
    import_course_folder(FOLDER, now=NOW)
    return Course.objects.get(slug="japan-russia-policy")


def test_it_is_written_in_the_canonical_form():
    assert format_course_folder(FOLDER, only_check=True) == []


def test_it_holds_all_claims_three_lessons_and_enough_questions(course):
    assert Claim.objects.filter(course=course).count() == CLAIMS
    assert Lesson.objects.filter(course=course, status="published").count() >= 3
    assert Question.objects.filter(course=course, status="published").count() >= 40
    assert Quiz.objects.filter(course=course, status="published").count() >= 3


def test_every_lesson_is_as_long_as_a_lesson(course):
    lengths = {
        lesson.slug: lesson.current.words
        for lesson in Lesson.objects.filter(course=course).select_related("current")
    }

    assert all(250 <= words <= 900 for words in lengths.values()), lengths


def test_every_question_rests_on_a_claim(course):
    groundless = QuestionVersion.objects.filter(question__course=course, claims=None)

    assert list(groundless.values_list("question__slug", flat=True)) == []


def test_a_second_import_changes_nothing(course):
    counted = (ClaimRevision, LessonRevision, QuestionVersion, MediaFile, FolderNote)
    before = [model.objects.count() for model in counted]

    report = import_course_folder(FOLDER, now=LATER)

    assert not report.changed
    assert [model.objects.count() for model in counted] == before


def test_a_second_import_is_fast(course):
    fastest = 60.0
    for _attempt in range(3):
        begin = time.perf_counter()
        import_course_folder(FOLDER, now=LATER)
        fastest = min(fastest, time.perf_counter() - begin)

    assert fastest < 1.5


def test_import_and_export_give_the_folder_back_byte_for_byte(course, tmp_path):
    export_course_folder(course, tmp_path / "course")

    assert read_folder(tmp_path / "course", []) == read_folder(FOLDER, [])
