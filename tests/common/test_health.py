"""/healthz says alive without reading; /readyz says what is missing, and no secret."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.common import clock, health
from courses.common.models import Heartbeat


@pytest.fixture
def broker_answers(monkeypatch):
    monkeypatch.setitem(health.CHECKS, "broker", lambda: None)


@pytest.mark.django_db
def test_healthz_reads_nothing(client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get("/healthz")

    assert response.status_code == 200
    assert len(queries) == 0


@pytest.mark.django_db
def test_readyz_is_200_when_all_is_there(client, broker_answers):
    Heartbeat.objects.create(name="worker", seen_at=clock.now())

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["ready"] is True


@pytest.mark.django_db
@pytest.mark.parametrize("age", [None, 61])
def test_readyz_misses_a_worker_that_is_silent(client, broker_answers, age):
    if age is not None:
        Heartbeat.objects.create(name="worker", seen_at=clock.now() - timedelta(seconds=age))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"].startswith("No worker has been seen")
    assert response.json()["checks"]["database"] == "ok"


@pytest.mark.django_db
def test_readyz_names_no_address_and_no_password(client, settings):
    settings.REDIS_URL = "redis://:hunter2@127.0.0.1:1/0"
    Heartbeat.objects.create(name="worker", seen_at=clock.now())

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["broker"] == "This check failed; the log says why."
    assert "127.0.0.1" not in response.content.decode()
    assert "hunter2" not in response.content.decode()


@pytest.mark.django_db
def test_readyz_counts_migrations_that_are_not_applied(client, broker_answers, monkeypatch):
    class Behind:
        def __init__(self, _connection):
            self.loader = type("L", (), {"graph": type("G", (), {"leaf_nodes": lambda s: []})()})()

        def migration_plan(self, _targets):
            return [("accounts", False)]

    monkeypatch.setattr(health, "MigrationExecutor", Behind)
    monkeypatch.setitem(health.CHECKS, "migrations", health._Migrations())

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "1 migrations are not applied."
