"""The servers of our own: they start, keep what they were told, and end with their starter."""

import hashlib
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
import redis

from quizsite.embedded import postgres, valkey
from quizsite.embedded.folders import FolderNotOurs, make_own_folder
from tests.support import children


@pytest.fixture
def socket_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("valkey")


def test_valkey_keeps_the_queue_over_a_kill(socket_folder):
    socket, data = socket_folder / "s", socket_folder / "data"
    with (socket_folder / "log").open("ab") as log:
        first = valkey.start(socket, data, log)
        client = redis.Redis(unix_socket_path=str(socket))
        client.rpush("plan", "job")
        time.sleep(1.2)  # appendfsync everysec
        first.kill()
        first.wait()

        second = valkey.start(socket, data, log)
        kept = redis.Redis(unix_socket_path=str(socket)).lrange("plan", 0, -1)
        second.terminate()
        second.wait(10)

    assert kept == [b"job"]


def test_valkey_listens_on_no_tcp_port(socket_folder):
    socket = socket_folder / "s"
    with (socket_folder / "log").open("ab") as log:
        server = valkey.start(socket, socket_folder / "data", log)
        port = redis.Redis(unix_socket_path=str(socket)).config_get("port")
        server.terminate()
        server.wait(10)

    assert port == {"port": "0"}


def test_valkey_that_cannot_start_says_so(socket_folder):
    with (socket_folder / "log").open("ab") as log, pytest.raises(valkey.ValkeyDidNotStart):
        valkey.start(socket_folder / ("s" * 120), socket_folder / "data", log, wait_seconds=2)


def _open_to_all(folder):
    folder.mkdir()
    folder.chmod(0o777)


@pytest.mark.parametrize(
    "plant",
    [
        _open_to_all,
        lambda folder: folder.symlink_to("/"),
        lambda folder: folder.write_text("a file"),
    ],
)
def test_no_socket_where_others_were_first(tmp_path, plant):
    folder = tmp_path / "quizsite-0-abc"
    plant(folder)

    with pytest.raises(FolderNotOurs, match="belongs to this user alone"):
        make_own_folder(folder)
    with (tmp_path / "log").open("ab") as log, pytest.raises(FolderNotOurs):
        valkey.start(folder / "s", tmp_path / "data", log)


def test_a_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "run"
    make_own_folder(folder)
    make_own_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700

    monkeypatch.setattr("os.getuid", lambda: 12345)

    with pytest.raises(FolderNotOurs):
        make_own_folder(folder)


def test_the_settings_refuse_a_planted_folder(tmp_path):
    deep = tmp_path / ("deep" * 25)
    digest = hashlib.sha256(str(deep).encode()).hexdigest()[:16]
    _open_to_all(tmp_path / f"quizsite-{os.getuid()}-{digest}")
    planted = children.environment() | {"TMPDIR": str(tmp_path), "QUIZSITE_TEST_VAR": str(deep)}
    planted.pop("QUIZSITE_TEST_REDIS_URL", None)

    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=children.ROOT, env=planted, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode
    assert "belongs to this user alone" in ended.stderr


@pytest.mark.drill
def test_a_server_ends_when_its_starter_is_killed(socket_folder):
    script = (
        "import pathlib, sys, time; from quizsite.embedded import valkey; "
        f"folder = pathlib.Path({str(socket_folder)!r}); "
        "server = valkey.start(folder / 's', folder / 'data', (folder / 'log').open('ab')); "
        "print(server.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=children.ROOT,
        env=children.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    server = int(starter.stdout.readline())

    starter.send_signal(signal.SIGKILL)
    starter.wait()

    deadline = time.monotonic() + 10
    while _alive(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(server)


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.drill
def test_postgresql_starts_whoever_we_are():
    with (
        postgres.running() as server,
        psycopg.connect(
            host=str(server.socket_dir), user="postgres", dbname="postgres"
        ) as connection,
    ):
        version = connection.execute("SHOW server_version_num").fetchone()

    assert int(version[0]) >= postgres.OLDEST_MAJOR * 10_000
    assert not server.socket_dir.exists()


def _connected(server: postgres.Server) -> psycopg.Connection:
    return psycopg.connect(host=str(server.socket_dir), user="postgres", dbname="postgres")


def test_postgresql_that_is_nowhere_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("QUIZSITE_PG_BIN", str(tmp_path))

    refused = pytest.raises(postgres.PostgresDidNotStart, match="apt install postgresql")
    with refused, postgres.running():
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to drop privileges")
def test_root_has_more_than_one_way_to_start_postgresql():
    names = [way.name for way in postgres.ways()]

    assert any("as nobody" in name for name in names)
    assert any("a copy of" in name for name in names)
