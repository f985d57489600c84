"""Every application of ours goes back to nothing and forward again, on every database."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from courses.flashcards.models import ParameterSet
from courses.flashcards.parameters import DEFAULT_SET_ID

pytestmark = pytest.mark.django_db(transaction=True)

OURS = sorted(
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith("courses.") and list(config.get_models())
)


@pytest.fixture(autouse=True)
def _tables_for_the_next_test(transactional_db: None) -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def _applied(label: str) -> int:
    recorder = MigrationRecorder(connection)
    return sum(app == label for app, _name in recorder.applied_migrations())


@pytest.mark.parametrize("label", OURS)
def test_an_application_migrates_to_zero_and_forward_again(label: str):
    before = _applied(label)

    call_command("migrate", label, "zero", verbosity=0)
    at_zero = _applied(label)
    call_command("migrate", verbosity=0)

    assert (at_zero, _applied(label)) == (0, before)
    assert before > 0
    assert ParameterSet.objects.filter(pk=DEFAULT_SET_ID).exists()
