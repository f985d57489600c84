"""The parts of `serve` that need no process: its files, its plan, its preparations."""

import os

import pytest
from django.core.management import CommandError

from courses.common.management.commands.serve import greeting
from quizsite.serve import output, preparing
from quizsite.serve.output import MergedLog, Spool
from quizsite.serve.plan import Child, Plan
from quizsite.serve.preflight import CannotServe
from quizsite.serve.preparing import Preparation
from quizsite.serve.supervisor import describe_end


def test_a_spool_gives_whole_lines_and_at_the_end_the_rest(tmp_path):
    spool = Spool(tmp_path / "web.out")

    os.write(spool.descriptor, b"one\ntw")
    first = spool.new_lines()
    os.write(spool.descriptor, b"o\nthree")
    second = spool.new_lines()

    assert (first, second, spool.rest()) == (["one"], ["two"], ["three"])


def test_a_spool_that_was_read_does_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(output, "SPOOL_LIMIT", 100)
    spool = Spool(tmp_path / "web.out")

    for number in range(50):
        os.write(spool.descriptor, f"line {number}\n".encode())
        assert spool.new_lines() == [f"line {number}"]

    assert os.fstat(spool.descriptor).st_size <= 110


def test_the_log_is_rotated(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(output, "LOG_LIMIT", 200)
    log = MergedLog(tmp_path / "serve.log")

    for number in range(100):
        log.write("web", f"line {number}")
    log.flush()

    kept = sorted(file.name for file in tmp_path.iterdir())
    assert kept == ["serve.log", "serve.log.1", "serve.log.2", "serve.log.3"]
    assert all(file.stat().st_size <= 220 for file in tmp_path.iterdir())


def test_what_is_not_for_the_terminal_is_still_in_the_log(tmp_path, capsys):
    log = MergedLog(tmp_path / "serve.log")

    log.write("broker", "memory overcommit", on_terminal=False)
    log.write("web", "hello")
    log.show("a password")
    log.flush()

    assert capsys.readouterr().out == "web    | hello\na password"
    assert (tmp_path / "serve.log").read_text() == "broker | memory overcommit\nweb    | hello\n"


def test_a_plan_survives_its_way_to_the_supervisor():
    child = Child("web", ["python", "-m", "x"], 1, 2.0, environment={"A": "b"})
    plan = Plan([child], "/var", "127.0.0.1", 8000, "http://localhost:8000", "hello", inherited=[4])

    assert Plan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(
    ("status", "words"),
    [(0, "ended with status 0"), (3, "ended with status 3"), (-9, "was killed by SIGKILL")],
)
def test_the_end_of_a_process_is_described(status, words):
    assert describe_end(status) == words


@pytest.fixture
def preparation(tmp_path, monkeypatch, settings):
    """A preparation whose static files are there, and the commands it calls."""
    called: list[str] = []
    monkeypatch.setattr(preparing, "call_command", lambda name, *a, **k: called.append(name))
    monkeypatch.setattr(Preparation, "_start_collecting", lambda self: None)
    monkeypatch.setattr(Preparation, "_migrate", lambda self: False)
    (tmp_path / "run").mkdir()
    return lambda: (Preparation(tmp_path, say=called.append), called)


def test_course_and_people_are_loaded_once(preparation):
    first, called = preparation()
    first.run(course=True, demo=True)
    again, called = preparation()
    again.run(course=True, demo=True)

    assert called == ["import_course", "load_demo"]


def test_a_changed_course_is_imported_again(preparation, tmp_path, monkeypatch):
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.yaml").write_text("slug: a")
    monkeypatch.setattr(preparing, "COURSE", folder)
    first, called = preparation()
    first.run(course=True, demo=False)

    (folder / "course.yaml").write_text("slug: another")
    again, called = preparation()
    again.run(course=True, demo=False)

    assert called == ["import_course", "import_course"]


def test_a_missing_course_is_said_in_a_sentence(preparation, tmp_path, monkeypatch):
    monkeypatch.setattr(preparing, "COURSE", tmp_path / "nowhere")
    made, _ = preparation()

    with pytest.raises(CannotServe, match="The shipped course is missing"):
        made.run(course=True, demo=False)


def test_a_course_with_mistakes_is_not_remembered_as_imported(preparation, monkeypatch):
    def refuse(name, *args, **options):
        raise CommandError("claims.yaml:3: no such source")

    made, _ = preparation()
    monkeypatch.setattr(preparing, "call_command", refuse)
    with pytest.raises(CannotServe, match=r"claims\.yaml:3"):
        made.run(course=True, demo=False)

    again, _ = preparation()
    assert "course" not in again._done


def test_the_greeting_says_where_mails_go(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(settings.BASE_DIR / "var" / "mail")

    assert "Mails are written to var/mail/\n" in greeting("http://localhost:8000", "")


def test_the_greeting_says_nothing_of_mails_that_are_really_sent(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert "Mails" not in greeting("http://localhost:8000", "")
