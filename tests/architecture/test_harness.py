"""The harness keeps its own promises: an isolated database, a real cache, a movable clock."""

import subprocess
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from courses.common import clock
from tests.support import children


def test_the_cache_is_a_redis_protocol_server_of_this_process():
    cache.set("harness", 1)

    assert cache.get("harness") == 1
    assert settings.VAR_DIR.as_posix() in settings.REDIS_URL or "/tmp" in settings.REDIS_URL


def test_nothing_of_the_developers_environment_reaches_a_test():
    assert settings.VAR_DIR != settings.BASE_DIR / "var"
    assert not settings.DEBUG


def test_a_moved_clock_moves_in_child_processes_too(moved_clock):
    moved_clock.move(days=2)
    script = "import django; django.setup(); from courses.common import clock; print(clock.now())"

    child = subprocess.run(
        [children.PYTHON, "-c", script],
        cwd=children.ROOT,
        env=children.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    seen = timezone.datetime.fromisoformat(child.stdout.strip())
    assert abs(seen - clock.now()) < timedelta(minutes=1)
    assert clock.now() - timezone.now() > timedelta(days=1, hours=23)


@pytest.mark.django_db(transaction=True)
def test_a_child_process_sees_the_test_database(django_user_model):
    django_user_model.objects.create_user("seen@example.org")
    script = (
        "import django; django.setup(); from courses.accounts.models import User; "
        "print(User.objects.get().email)"
    )

    child = subprocess.run(
        [children.PYTHON, "-c", script],
        cwd=children.ROOT,
        env=children.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert child.stdout.strip() == "seen@example.org"


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for():
    import os

    asked = os.environ.get("QUIZSITE_TEST_DATABASE_URL", "sqlite:")

    assert asked.startswith(("postgres", "sqlite"))
    assert connection.vendor == ("postgresql" if asked.startswith("postgres") else "sqlite")
