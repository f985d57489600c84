"""Folders on disk: nothing is followed out of them, nothing else is written over."""

import os

import pytest

from courses.exchange import folder as folders
from courses.exchange.folder import NotACourseFolder, folder_digest, read_folder, write_folder
from courses.exchange.parsing import parse_folder
from tests.exchange.folders import FILES, write_course


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "course")


def mistakes(folder) -> list[str]:
    found = []
    read_folder(folder, found)
    return [str(mistake) for mistake in found]


def test_a_folder_is_read_file_by_file(folder):
    found = []

    files = read_folder(folder, found)

    assert found == []
    assert {name: content.decode() for name, content in files.items()} == FILES


def test_what_people_keep_beside_a_course_is_left_alone(folder):
    for name in ("README.md", "LICENSE", ".gitignore", "claims.yaml~", "lessons/.draft.md"):
        (folder / name).write_text("mine")

    assert mistakes(folder) == []


@pytest.mark.parametrize("name", ["claims.yaml", "lessons/first-lesson.md", "media/map.svg"])
def test_a_link_is_not_followed(folder, tmp_path, name):
    secret = tmp_path / "secret"
    secret.write_text("of somebody else")
    (folder / name).unlink()
    (folder / name).symlink_to(secret)
    found = []

    files = read_folder(folder, found)

    assert name not in files
    assert [str(mistake) for mistake in found] == [f"{name}: {folders.LINK}"]


def test_a_linked_folder_is_not_followed(folder, tmp_path):
    (folder / "media").rename(tmp_path / "elsewhere")
    (folder / "media").symlink_to(tmp_path / "elsewhere")

    assert mistakes(folder) == [f"media: {folders.LINK}"]


def test_a_pipe_does_not_hang_the_import(folder):
    (folder / "claims.yaml").unlink()
    os.mkfifo(folder / "claims.yaml")

    assert mistakes(folder) == ["claims.yaml: This is no ordinary file."]


def test_a_folder_in_place_of_a_file_is_named(folder):
    (folder / "claims.yaml").unlink()
    (folder / "claims.yaml").mkdir()

    assert mistakes(folder) == ["claims.yaml: This is no ordinary file."]


@pytest.mark.parametrize("name", ["claims.yaml", "lessons/first-lesson.md"])
def test_a_huge_file_is_refused(folder, name):
    with (folder / name).open("wb") as file:
        file.truncate(3_000_000_000)

    assert mistakes(folder) == [f"{name}: This is larger than 2 MB."]


def test_too_many_files_are_refused(folder, monkeypatch):
    monkeypatch.setattr(folders, "MAX_FILES", 5)

    assert any("more than 5 files" in mistake for mistake in mistakes(folder))


def test_too_much_in_all_is_refused(folder, monkeypatch):
    monkeypatch.setattr(folders, "MAX_TOTAL_BYTES", 1000)

    assert any("larger than" in mistake for mistake in mistakes(folder))


def test_a_bomb_of_aliases_is_refused_at_its_first(folder):
    bomb = 'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\n' * 1000
    files = {name: text.encode() for name, text in FILES.items()} | {"claims.yaml": bomb.encode()}

    parsed = parse_folder(files, [])

    assert [str(mistake) for mistake in parsed.mistakes] == [
        "claims.yaml:1: Anchors (&) and aliases (*) are not used in course files."
    ]


@pytest.mark.parametrize("name", ["..", "../course", "nowhere"])
def test_there_must_be_a_folder(tmp_path, name):
    with pytest.raises(NotACourseFolder):
        read_folder(tmp_path / "missing" / name, [])


def test_names_that_lead_elsewhere_are_refused(folder):
    (folder / "lessons" / "a\\..\\evil.md").write_text("x")
    (folder / "media" / "a\nb.svg").write_text("x")

    found = mistakes(folder)

    assert len(found) == 2
    assert all("\n" not in mistake for mistake in found)


def test_writing_replaces_what_changed_and_removes_what_went(folder):
    files = read_folder(folder, [])
    (folder / "README.md").write_text("mine")
    del files["questions/_course.yaml"]
    files["claims.yaml"] = b"[]\n"

    changed = write_folder(folder, files)

    assert changed == ["claims.yaml", "questions/_course.yaml"]
    assert read_folder(folder, []) == files
    assert (folder / "README.md").read_text() == "mine"
    assert write_folder(folder, files) == []


def test_a_folder_of_something_else_is_not_written_into(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")

    with pytest.raises(NotACourseFolder):
        write_folder(tmp_path, {"course.yaml": b"x"})

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_not_written_over_as_a_folder(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(NotACourseFolder):
        write_folder(tmp_path / "file", {"course.yaml": b"x"})


@pytest.mark.parametrize("name", ["media", "claims.yaml"])
def test_nothing_is_written_through_a_link(folder, tmp_path, name):
    outside = tmp_path / "outside"
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)

    with pytest.raises(NotACourseFolder):
        write_folder(folder, dict.fromkeys(FILES, b"new"))

    assert outside.is_dir() or outside.read_text() == FILES["claims.yaml"]


def test_a_digest_of_no_folder_is_refused(tmp_path):
    with pytest.raises(NotACourseFolder):
        folder_digest(tmp_path / "missing")
