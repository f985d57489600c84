"""Importing a folder: versions, archive, nothing by halves, only for whom it may."""

from datetime import UTC, date, datetime

import pytest

from courses.assessment.models import Question, QuestionVersion, Quiz
from courses.common.errors import NotFound, PermissionRefused
from courses.content.models import (
    Claim,
    ClaimRevision,
    Lesson,
    LessonRevision,
    MediaFile,
    Term,
    Topic,
)
from courses.enrollment.models import Course
from courses.exchange.folder import read_folder
from courses.exchange.models import FolderNote
from courses.exchange.services import (
    CourseHasMistakes,
    export_course_folder,
    folder_digest,
    import_course_folder,
)
from tests.exchange.folders import FILES, replaced, write_course
from tests.factories.enrollment import make_course

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
COUNTED = (
    *(Course, Topic, Claim, ClaimRevision, Lesson, LessonRevision, Question, QuestionVersion),
    *(Quiz, MediaFile, Term, FolderNote),
)


@pytest.fixture(autouse=True)
def _media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media-root"


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "folder")


@pytest.fixture
def imported(db, folder):
    import_course_folder(folder, now=NOW)
    return Course.objects.get(slug="small-course")


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


def again(folder, changes=None, **options):
    return import_course_folder(write_course(folder, changes), now=LATER, **options)


def test_a_folder_becomes_a_course(imported):
    assert (imported.title, imported.exam_date) == ("A small course", date(2027, 3, 1))
    assert list(Lesson.objects.order_by("position").values_list("slug", "status")) == [
        ("first-lesson", "published"),
        ("second-lesson", "draft"),
    ]
    question = Question.objects.get(slug="which-year")
    assert (question.lesson.slug, question.topic.slug) == ("first-lesson", "sanctions")
    assert question.current.payload["options"][1] == {"text": "2023", "correct": True}
    assert Question.objects.get(slug="remember").lesson is None
    assert [slot.question.slug for slot in Quiz.objects.get().slots.all()] == [
        "how-many",
        "which-year",
    ]


def test_export_gives_the_folder_back_byte_for_byte(imported, folder, tmp_path):
    export_course_folder(imported, tmp_path / "out")

    assert read_folder(tmp_path / "out", []) == read_folder(folder, [])


def test_the_input_is_not_kept(imported):
    notes = FolderNote.objects.all()
    stored = [line for note in notes for line in (*note.before, note.beside) if line]

    assert sorted(stored) == [
        "# ---- early ----",
        "# A course to test with.",
        "# The end.",
        "# The ledger.",
        "# Words that the course explains.",
        "# a Friday",
        "# as people say it",
        "# as the source counts",
        "# never change it",
        "# still to be shortened",
        "# the first",
        "# the right one",
    ]


def test_a_second_import_changes_nothing(imported, folder):
    before = counts()

    report = again(folder)

    assert not report.changed
    assert list(report.lines()) == [
        "The course small-course was as in the folder; nothing changed."
    ]
    assert counts() == before


def test_a_changed_claim_gets_a_revision(imported, folder):
    report = again(folder, replaced("claims.yaml", "Thirty-six people", "36 people"))

    assert report.sections["claims"].changed == ["AA-001"]
    claim = Claim.objects.get(key="AA-001")
    assert (claim.current.number, claim.current.statement) == (2, "36 people were added.")
    assert ClaimRevision.objects.count() == 3


def test_a_changed_lesson_gets_a_revision(imported, folder):
    report = again(folder, replaced("lessons/first-lesson.md", "How many", "How very many"))

    assert report.sections["lessons"].changed == ["first-lesson"]
    assert Lesson.objects.get(slug="first-lesson").current.number == 2
    assert Lesson.objects.get(slug="second-lesson").current.number == 1


def test_a_changed_question_gets_a_version(imported, folder):
    report = again(folder, replaced("questions/first-lesson.yaml", "value: 36", "value: 37"))

    assert report.sections["questions"].changed == ["how-many"]
    assert Question.objects.get(slug="how-many").current.number == 2
    assert QuestionVersion.objects.filter(number=2).count() == 1


def test_changed_comments_change_nothing_else(imported, folder):
    before = counts()

    report = again(folder, replaced("claims.yaml", "# a Friday", "# a cold Friday"))

    assert report.notes_changed
    assert not any(report.sections.values())
    assert counts() == before
    assert FolderNote.objects.filter(beside="# a cold Friday").exists()


def test_what_is_missing_is_archived_and_comes_back(imported, folder):
    before = counts()
    (folder / "questions/_course.yaml").unlink()
    (folder / "lessons/second-lesson.md").unlink()

    gone = import_course_folder(write_course_without(folder), now=LATER)
    archived = Question.objects.get(slug="remember").status
    back = again(folder)

    assert gone.sections["questions"].archived == ["remember", "say-it"]
    assert gone.sections["lessons"].archived == ["second-lesson"]
    assert gone.sections["quizzes"].archived == ["practice"]
    assert archived == "archived"
    assert back.sections["questions"].restored == ["remember", "say-it"]
    assert back.sections["lessons"].restored == ["second-lesson"]
    assert back.sections["quizzes"].restored == ["practice"]
    assert Question.objects.get(slug="remember").status == "draft"
    assert counts() == before


def write_course_without(folder):
    """Take the second lesson and the quiz out of the outline."""
    outline = FILES["course.yaml"].replace(", second-lesson", "")
    (folder / "course.yaml").write_text(outline[: outline.index("\nquizzes")])
    return folder


def test_archived_claims_are_not_exported(imported, folder, tmp_path):
    ledger = FILES["claims.yaml"]
    one = ledger[: ledger.index("- key: AA-002")] + "# The end.\n"
    changes = {
        "claims.yaml": one,
        **replaced("glossary.yaml", "AA-002, ", ""),
        "lessons/second-lesson.md": FILES["lessons/second-lesson.md"].replace(" [AA-002]", ""),
        "questions/first-lesson.yaml": FILES["questions/first-lesson.yaml"].replace("AA-002, ", ""),
    }

    report = again(folder, changes)
    export_course_folder(imported, tmp_path / "out")

    assert report.sections["claims"].archived == ["AA-002"]
    assert (tmp_path / "out/claims.yaml").read_text() == one


@pytest.mark.parametrize(
    "changes",
    [
        replaced("claims.yaml", "source: S1", "source: S9"),
        replaced("questions/first-lesson.yaml", "value: 36", "value: many"),
        replaced("lessons/second-lesson.md", "Not yet", "Not yet [AA-404]"),
        {"media/map.svg": "<svg/>"},
        {"sources.yaml": None},
    ],
)
def test_a_single_mistake_and_nothing_is_changed(imported, tmp_path, changes):
    before = counts()
    others = replaced("course.yaml", "A small course", "Another title")
    folder = write_course(tmp_path / "wrong", others | changes)

    with pytest.raises(CourseHasMistakes):
        import_course_folder(folder, now=LATER)

    imported.refresh_from_db()
    assert (imported.title, counts()) == ("A small course", before)


def test_a_failure_in_the_middle_leaves_nothing(db, folder, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("no space left")

    monkeypatch.setattr("courses.exchange.services.importing.save_media_files", fail)

    with pytest.raises(OSError, match="no space"):
        import_course_folder(folder, now=NOW)

    assert counts() == [0] * len(COUNTED)


def test_a_trial_reports_and_keeps_nothing(db, folder, settings):
    report = import_course_folder(folder, now=NOW, dry_run=True)

    assert report.created
    assert report.sections["claims"].created == ["AA-001", "AA-002"]
    assert "This was a trial: nothing was kept." in list(report.lines())
    assert counts() == [0] * len(COUNTED)
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("student", PermissionRefused),
        ("assistant", PermissionRefused),
        ("reviewer", PermissionRefused),
        ("other_teacher", NotFound),
        ("other_student", NotFound),
        ("stranger", NotFound),
        ("former_student", NotFound),
        ("suspended", NotFound),
    ],
)
def test_others_may_not_import_over_a_course(course, tmp_path, request, who, refusal):
    course.slug = "small-course"
    course.save()
    outline = replaced("course.yaml", "access: open", "access: closed")
    folder = write_course(tmp_path / "folder", outline)

    with pytest.raises(refusal):
        import_course_folder(folder, actor=request.getfixturevalue(who), now=NOW)

    course.refresh_from_db()
    assert course.title == "Own course"


@pytest.mark.parametrize("who", ["editor", "owner", "administrator"])
def test_its_editors_may_import_over_a_course(course, tmp_path, request, who):
    course.slug = "small-course"
    course.save()
    actor = request.getfixturevalue(who)
    outline = replaced("course.yaml", "access: open", "access: closed")

    import_course_folder(write_course(tmp_path / "folder", outline), actor=actor, now=NOW)

    course.refresh_from_db()
    assert course.title == "A small course"
    assert LessonRevision.objects.filter(author=actor).count() == 2


@pytest.mark.parametrize(("who", "may"), [("editor", False), ("owner", True)])
def test_only_owners_open_or_publish_by_importing(course, folder, request, who, may):
    course.slug, course.status = "small-course", "draft"
    course.save()
    actor = request.getfixturevalue(who)

    if may:
        import_course_folder(folder, actor=actor, now=NOW)
    else:
        with pytest.raises(PermissionRefused):
            import_course_folder(folder, actor=actor, now=NOW)

    course.refresh_from_db()
    assert (course.status == "published") is may


@pytest.mark.parametrize(("who", "may"), [("owner", False), ("administrator", True)])
def test_only_administrators_make_new_courses(folder, request, who, may):
    actor = request.getfixturevalue(who)

    if may:
        assert import_course_folder(folder, actor=actor, now=NOW).created
    else:
        with pytest.raises(PermissionRefused):
            import_course_folder(folder, actor=actor, now=NOW)

    assert Course.objects.filter(slug="small-course").exists() is may


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("student", PermissionRefused), ("assistant", PermissionRefused), ("stranger", NotFound)],
)
def test_others_may_not_take_a_course_away(course, tmp_path, request, who, refusal):
    with pytest.raises(refusal):
        export_course_folder(course, tmp_path / "out", actor=request.getfixturevalue(who))

    assert not (tmp_path / "out").exists()


def test_two_courses_keep_their_own_records(imported, tmp_path):
    other = replaced("course.yaml", "slug: small-course", "slug: other-course")

    report = import_course_folder(write_course(tmp_path / "other", other), now=LATER)

    assert report.created
    assert Claim.objects.filter(key="AA-001").count() == 2
    assert ClaimRevision.objects.filter(claim__course=imported).count() == 2


def test_the_digest_tells_folders_apart(folder, tmp_path):
    same = write_course(tmp_path / "same")
    other = write_course(tmp_path / "other", replaced("claims.yaml", "36", "37"))
    (same / "README.md").write_text("not part of the course")

    assert folder_digest(folder) == folder_digest(same)
    assert folder_digest(folder) != folder_digest(other)


def test_a_course_without_a_folder_can_be_exported(db, tmp_path):
    export_course_folder(make_course("bare"), tmp_path / "out")

    assert (tmp_path / "out/claims.yaml").read_text() == "[]\n"
    assert "slug: bare" in (tmp_path / "out/course.yaml").read_text()


def test_the_glossary_comes_along(imported):
    ministry, the_list = Term.objects.filter(course=imported)

    assert (ministry.short, ministry.native, ministry.common) == ("METI", "経済産業省", True)
    assert ministry.aliases == ["Trade ministry"]
    assert set(the_list.claims.values_list("key", flat=True)) == {"AA-001", "AA-002"}
    lesson = Lesson.objects.select_related("current").get(slug="first-lesson")
    assert list(lesson.current.terms.all()) == [the_list]


def test_an_entry_that_is_missing_is_archived_and_comes_back(imported, folder):
    shorter = replaced("lessons/first-lesson.md", "[the list](glossary:the-list)", "the list")

    (folder / "glossary.yaml").unlink()
    gone = again(folder, {**shorter, "glossary.yaml": None})
    back = again(folder)

    assert gone.sections["glossary"].archived == ["meti", "the-list"]
    assert back.sections["glossary"].restored == ["meti", "the-list"]
    assert Term.objects.count() == 2
