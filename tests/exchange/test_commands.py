"""The three commands, as an operator types them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.accounts.services import erase_people, suspend
from courses.common import clock, outbox
from courses.common.models import Job
from courses.enrollment.models import Course
from courses.exchange.folder import read_folder
from tests.exchange.folders import FILES, replaced, write_course


@pytest.fixture(autouse=True)
def _media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media-root"


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "course")


def run(*words, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_import_says_what_it_did(db, folder):
    said = run("import_course", str(folder))

    assert "The course small-course is new." in said
    assert "claims: 2 created (AA-001, AA-002)" in said
    assert "nothing changed" in run("import_course", str(folder))


def test_a_trial_keeps_nothing(db, folder):
    assert "trial" in run("import_course", str(folder), "--dry-run")
    assert not Course.objects.exists()


def test_mistakes_are_printed_one_a_line_and_fail(db, tmp_path, capsys):
    folder = write_course(tmp_path / "wrong", replaced("claims.yaml", "kind: figure", "kind: x"))
    err = StringIO()

    with pytest.raises(CommandError, match="1 mistake; nothing was changed"):
        call_command("import_course", str(folder), stderr=err)

    assert err.getvalue().startswith("claims.yaml:8: “kind” is event,")


def test_a_missing_folder_is_a_sentence(db, tmp_path):
    for words in (("import_course",), ("format_course",)):
        with pytest.raises(CommandError, match="There is no folder"):
            call_command(*words, str(tmp_path / "nowhere"))


def test_export_writes_what_was_imported(db, folder, tmp_path):
    run("import_course", str(folder))

    said = run("export_course", "small-course", str(tmp_path / "out"))

    assert f"{len(FILES)} files" in said
    assert read_folder(tmp_path / "out", []) == read_folder(folder, [])


def test_export_of_an_unknown_course_lists_the_known(db, folder, tmp_path):
    run("import_course", str(folder))

    with pytest.raises(CommandError, match="There are: small-course"):
        run("export_course", "smal-course", str(tmp_path / "out"))


def test_format_brings_a_folder_into_the_canonical_form(folder):
    canonical = read_folder(folder, [])
    untidy = (
        FILES["claims.yaml"]
        .replace("  kind: figure\n", "")
        .replace("- key: AA-001\n", "- kind:   'figure'\n  key: AA-001\n")
    )
    (folder / "claims.yaml").write_text(untidy)

    with pytest.raises(CommandError, match="1 file is not in the canonical form"):
        run("format_course", str(folder), "--check")
    said = run("format_course", str(folder))

    assert said == "claims.yaml\n"
    assert read_folder(folder, []) == canonical
    assert run("format_course", str(folder), "--check") == ""


def test_on_behalf_of_a_person_their_rights_hold(folder, stranger, administrator):
    with pytest.raises(CommandError, match="Only administrators"):
        run("import_course", str(folder), "--on-behalf-of", stranger.email)
    with pytest.raises(CommandError, match="There is no active account"):
        run("import_course", str(folder), "--on-behalf-of", "nobody@example.org")

    assert "is new" in run("import_course", str(folder), "--on-behalf-of", administrator.email)


def test_a_worker_imports_in_the_background(folder, administrator):
    run("import_course", str(folder), "--background", "--on-behalf-of", administrator.email)
    assert not Course.objects.exists()

    outbox.run_due("import_course", now=clock.now(), limit=1)

    job = Job.objects.get(kind="import_course")
    assert (job.state, job.progress_done, job.progress_total) == ("done", 1, 1)
    assert job.requested_by == administrator.pk
    assert Course.objects.get().slug == "small-course"


def test_mistakes_end_up_at_the_job(db, tmp_path):
    folder = write_course(tmp_path / "wrong", {"sources.yaml": None})
    run("import_course", str(folder), "--background")

    outbox.run_due("import_course", now=clock.now(), limit=1)

    job = Job.objects.get(kind="import_course")
    assert job.state == "waiting"
    assert "sources.yaml: This file is missing" in job.last_error


@pytest.mark.parametrize("end", [lambda user: erase_people([user], now=clock.now()),
                                 lambda user: suspend(user, now=clock.now())])  # fmt: skip
def test_whoever_is_gone_does_not_import_as_the_operator(folder, administrator, end):
    run("import_course", str(folder), "--background", "--on-behalf-of", administrator.email)
    end(administrator)

    outbox.run_due("import_course", now=clock.now(), limit=1)

    assert Job.objects.get(kind="import_course").state == "done"
    assert not Course.objects.exists()


def test_a_worker_imports_as_the_operator(db, folder):
    run("import_course", str(folder), "--background")

    outbox.run_due("import_course", now=clock.now(), limit=1)

    assert Course.objects.get().slug == "small-course"


def test_a_trial_is_not_left_to_a_worker(db, folder):
    with pytest.raises(CommandError, match="cannot be left to a worker"):
        run("import_course", str(folder), "--dry-run", "--background")

    assert not Job.objects.exists()
