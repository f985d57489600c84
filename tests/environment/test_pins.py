"""Every package is pinned, and every one that we chose says why."""

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from tests.architecture.layout import ROOT

CHOSEN = ("requirements.txt", "requirements-dev.txt")
TOOLS_OF_ENVIRONMENTS = {"pip", "setuptools"}


def _lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith(("#", "-"))]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins() -> dict[str, str]:
    wanted = [Requirement(line.split("  #")[0]) for line in _lines("constraints.txt")]
    return {_canonical(each.name): str(each.specifier) for each in wanted}


@pytest.mark.parametrize("line", [line for name in CHOSEN for line in _lines(name)])
def test_a_chosen_package_is_pinned_and_has_its_reason(line):
    requirement, _, reason = line.partition("  # ")

    assert len(reason) > 10
    assert str(Requirement(requirement).specifier).startswith("==")
    assert _pins()[_canonical(Requirement(requirement).name)] == str(
        Requirement(requirement).specifier
    )


def test_the_constraints_pin_all_that_our_choices_bring_along():
    pins = _pins()
    unpinned = set()
    pending = [Requirement(line.split("  #")[0]) for name in CHOSEN for line in _lines(name)]
    seen = set()
    while pending:
        wanted = pending.pop()
        key = (_canonical(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        if key[0] not in pins and key[0] not in TOOLS_OF_ENVIRONMENTS:
            unpinned.add(key[0])
        for text in metadata.requires(wanted.name) or []:
            brought = Requirement(text)
            extras = wanted.extras or {""}
            if not brought.marker or any(brought.marker.evaluate({"extra": e}) for e in extras):
                pending.append(brought)

    assert not unpinned


def test_no_requirement_names_a_host():
    for name in (*CHOSEN, "constraints.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
