"""`manage.py serve`: starts, starts again what dies, ends cleanly, refuses in sentences."""

import signal
import socket
import sqlite3
import time
from pathlib import Path

import pytest

from tests.support.processes import (
    ServedSite,
    free_port,
    running_processes,
    served_site,
    wait_until,
)

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("drills")]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served_site(tmp_path_factory.mktemp("serve"), SWEEP_SECONDS="1") as served:
        yield served


def said(site: ServedSite) -> str:
    return (site.folder / "var" / "log" / "serve.log").read_text(encoding="utf-8")


def test_serve_listens_on_loopback_only(site):
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()
    locals_ = [line.split()[1] for line in lines[1:] if line.split()[3] == "0A"]
    listening = {each.split(":")[0] for each in locals_ if each.endswith(f":{site.port:04X}")}

    assert listening == {"0100007F"}


@pytest.mark.parametrize("role", ["web_worker", "web", "worker", "bulk", "pool", "beat", "broker"])
def test_a_killed_process_comes_back(site, role):
    wait_until(lambda: site.family().get(role))
    before = site.family()[role]

    site.kill(before[0])

    wait_until(lambda: before[0] not in site.family().get(role, []))
    wait_until(lambda: len(site.family().get(role, [])) == len(before))
    site.wait_for("/readyz")
    if role in ("web", "worker", "bulk", "beat", "broker"):
        assert f"{role} was killed by SIGKILL; starting it again" in said(site)


def test_output_of_all_is_in_one_log_with_names(site):
    wait_until(lambda: site.family().get("beat"))

    site.kill(site.family()["beat"][0])

    wait_until(lambda: "serve  | beat was killed" in said(site))
    assert "worker |" in said(site)


def test_a_second_serve_in_the_same_folder_is_refused_in_a_sentence(site):
    second = site.manage("serve", f"--port={free_port()}", "--embedded", check=False)

    assert second.returncode == 1
    assert "The site already runs from" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_killed_supervisor_leaves_nobody_and_ctrl_c_ends_within_ten_seconds(tmp_path):
    with served_site(tmp_path) as site:
        family = {pid for pids in site.family().values() for pid in pids}
        site.kill(site.process.pid)
        site.process.wait()
        wait_until(lambda: not family & {one.pid for one in running_processes()})

        site.start()
        again = site.wait_for("/readyz")
        family = {pid for pids in site.family().values() for pid in pids}
        asked = time.monotonic()
        site.process.send_signal(signal.SIGINT)
        status = site.process.wait(15)

        assert again < 30
        assert time.monotonic() - asked < 10
        assert status == 0
        assert not family & {one.pid for one in running_processes()}
        assert "Traceback" not in said(site)


def refusal(site: ServedSite, *arguments: str) -> str:
    site.folder.mkdir(exist_ok=True, parents=True)
    result = site.manage("serve", *arguments, check=False)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_busy_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        text = refusal(ServedSite(tmp_path), "--embedded", f"--port={port}")

    assert f"Port {port} is in use by another program. Stop it or run `make run ARGS=" in text


def test_production_does_not_fall_back_to_embedded_servers(tmp_path):
    text = refusal(ServedSite(tmp_path), "--port=0")
    unnamed = refusal(ServedSite(tmp_path), f"--port={free_port()}")

    assert "'0' is not a port" in text
    assert "DATABASE_URL or REDIS_URL is not set" in unnamed


@pytest.mark.parametrize("key", ["of a site that cannot write", ""])
def test_a_folder_that_cannot_be_written_is_named(tmp_path, key):
    (tmp_path / "var").write_text("root may write in any folder, but not in a file")

    site = ServedSite(tmp_path, production=False, SECRET_KEY=key)
    text = refusal(site, f"--port={free_port()}")

    assert f"The folder {tmp_path / 'var'} cannot be written to" in text


def test_production_without_a_key_is_refused_in_a_sentence(tmp_path):
    text = refusal(ServedSite(tmp_path, SECRET_KEY=""), "--embedded")

    assert text.startswith("SECRET_KEY is not set.")


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    site = ServedSite(tmp_path)
    site.folder.joinpath("var").mkdir()
    site.manage("migrate", "--verbosity=0")
    with sqlite3.connect(tmp_path / "var" / "quizsite.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('common', '0999_tomorrow', '2027-01-01')"
        )

    text = refusal(site, "--embedded", f"--port={free_port()}")

    assert "newer version of the site (it has common.0999_tomorrow)" in text
