"""The doorbell never fails and never holds up whoever rings."""

import socket
import time
from pathlib import Path

import pytest
from celery import current_app

from courses.common.doorbell import Doorbell


@pytest.fixture
def broker_at(monkeypatch, settings):
    def use(path: Path) -> None:
        monkeypatch.setattr(current_app.conf, "broker_url", f"redis+socket://{path}")
        monkeypatch.setattr(current_app.conf, "broker_write_url", f"redis+socket://{path}")

    return use


def test_an_absent_broker_costs_no_time(broker_at, tmp_path):
    broker_at(tmp_path / "nobody.sock")
    doorbell = Doorbell()
    started = time.monotonic()

    sent = [doorbell.ring("plan_day", queue="plan") for _ in range(100)]

    assert not any(sent)
    assert time.monotonic() - started < 1.0


def test_a_broker_that_hangs_is_waited_for_once_and_shortly(broker_at, tmp_path):
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent.sock"))
        silent.listen()
        broker_at(tmp_path / "silent.sock")
        doorbell = Doorbell()
        started = time.monotonic()

        sent = [doorbell.ring("plan_day", queue="plan") for _ in range(100)]

    assert not any(sent)
    assert time.monotonic() - started < 3.0
