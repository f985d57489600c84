"""Contexts know downwards only, by import, by foreign key and by name in a string."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

from tests.architecture.layout import (
    COURSES,
    HEIGHT,
    ROOT,
    called_name,
    context_of,
    modules,
    points_upwards,
    tree,
)

DOTTED = re.compile(r"^courses\.([a-z]+)(\.[A-Za-z_]\w*)+$")
MODEL_NAME = re.compile(r"^([a-z]+)\.[A-Z]\w+$")
BY_NAME = {"import_string", "import_module", "get_model", "send_task", "signature", "has_perm"}


def test_every_context_has_its_place():
    folders = {path.parent.name for path in COURSES.glob("*/__init__.py")}

    assert folders == set(HEIGHT)


def test_layers_are_those_of_the_import_linter():
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contract = config.split("[[tool.importlinter.contracts]]")[1]
    listed = re.search(r"\nlayers = \[(.*?)\]", contract, re.DOTALL).group(1)
    layers = [set(layer.split(" | ")) for layer in re.findall(r'"([^"]+)"', listed)]

    by_height = {}
    for name, height in HEIGHT.items():
        by_height.setdefault(height, set()).add(name)

    assert "exhaustive = true" in contract
    assert layers == [by_height[height] for height in sorted(by_height, reverse=True)]


def _our_relations() -> list[Field]:
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("courses.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
    ]


@pytest.mark.parametrize("field", _our_relations(), ids=str)
def test_no_foreign_key_points_upwards(field):
    target = field.related_model
    if not target.__module__.startswith("courses."):
        return  # Django's own: groups, permissions, content types

    source, aim = field.model._meta.app_label, target._meta.app_label

    assert not points_upwards(source, aim), f"{field} points up to {target._meta.label}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(COURSES)))
def test_no_string_names_a_higher_context(path: Path):
    context = context_of(path)

    upwards = [
        f"{path.relative_to(ROOT)}:{line} names {name!r}"
        for line, name, target in _names_in_strings(tree(path))
        if points_upwards(context, target)
    ]

    assert not upwards, "\n".join(upwards)


def _names_in_strings(module: ast.Module) -> list[tuple[int, str, str]]:
    """Return (line, string, context) for dotted paths anywhere and model names where called."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = DOTTED.match(node.value)
            if match and match[1] in HEIGHT:
                found.append((node.lineno, node.value, match[1]))
        if isinstance(node, ast.Call) and called_name(node) in BY_NAME | _RELATIONS:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    match = MODEL_NAME.match(argument.value)
                    label = match[1] if match else argument.value
                    if label in HEIGHT and (match or called_name(node) == "get_model"):
                        found.append((argument.lineno, argument.value, label))
    return found


_RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def test_the_walk_over_strings_sees_every_kind_of_name():
    source = """
from django.apps import apps
task = "courses.flashcards.tasks.plan"
apps.get_model("flashcards", "Card")
apps.get_model("flashcards.Card")
models.ForeignKey("flashcards.Card", on_delete=None)
"""

    names = [name for _line, name, _target in _names_in_strings(ast.parse(source))]

    assert sorted(names) == [
        "courses.flashcards.tasks.plan",
        "flashcards",
        "flashcards.Card",
        "flashcards.Card",
    ]
