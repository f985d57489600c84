"""The domain packages are plain Python: no framework, no clock, no dice, no disk."""

import ast
from pathlib import Path

import pytest

from tests.architecture.layout import COURSES, ROOT, modules, tree

FOREIGN = {
    "django", "rest_framework", "celery", "redis", "allauth", "kombu", "environ", "structlog",
    "rules", "psycopg", "sqlite3",
}  # fmt: skip
CLOCKS = {
    "now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter",
    "localtime", "gmtime",
}  # fmt: skip
CLOCK_OWNERS = {"datetime", "date", "time", "timezone", "clock"}
DICE = {"random", "randint", "choice", "shuffle", "uniform", "sample", "gauss"}
# What the domain may use of ours: other plain modules.
PLAIN_OURS = ("courses.common.errors", "courses.common.days", "courses.common.moments")


def _domain_modules() -> list[Path]:
    return [path for path in modules() if "domain" in path.relative_to(COURSES).parts]


def _imports(module: ast.Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, node.module or ""))
    return found


def _is_plain(name: str) -> bool:
    if name.startswith("courses."):
        return ".domain" in name or name.startswith(PLAIN_OURS)
    return name.split(".")[0] not in FOREIGN


def test_there_are_domain_modules():
    assert _domain_modules()


@pytest.mark.parametrize("path", _domain_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_domain_imports_plain_python_only(path: Path):
    foreign = [f"line {line}: {name}" for line, name in _imports(tree(path)) if not _is_plain(name)]

    assert not foreign


@pytest.mark.parametrize("path", _domain_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_domain_reads_neither_clock_nor_dice(path: Path):
    read = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name in CLOCK_OWNERS and node.func.attr in CLOCKS) or (
                name == "random" and node.func.attr in DICE
            ):
                read.append(f"line {node.lineno}: {name}.{node.func.attr}")

    assert not read


def test_the_clock_is_read_in_one_place():
    readers = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"now", "utcnow", "today"}
                and getattr(node.func.value, "id", "") in {"datetime", "date", "timezone"}
            ):
                readers.add(str(path.relative_to(COURSES)))

    assert readers <= {"common/clock.py"}
