"""kill -9 of web, worker, beat and broker while answers come in: none lost, none twice."""

import json
import sys

import pytest

from tests.drills.kill import drill, is_clean

pytestmark = pytest.mark.xdist_group("drills")


@pytest.mark.drill
def test_answers_survive_five_kills(tmp_path):
    figures = drill(tmp_path, answers=200, kills=5, seed=7, clients=4)

    assert is_clean(figures), figures
    assert figures["acknowledged"] == 200
    assert figures["kills"] == 5


@pytest.mark.drill_full
def test_answers_survive_fifty_kills(tmp_path, capsys):
    figures = drill(tmp_path, answers=5000, kills=50, seed=1)

    with capsys.disabled():
        sys.stdout.write(json.dumps(figures) + "\n")
    assert is_clean(figures), figures
    assert figures["acknowledged"] == 5000
    assert figures["kills"] == 50
