"""The bootstrap: whatever is wrong with a machine, one sentence says what to do."""

import ast
import importlib.util
from pathlib import Path

import pytest

from tests.architecture.layout import ROOT

SCRIPT = ROOT / "quizsite" / "setup_env.py"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The script as a module, working on an empty checkout with requirement files only."""
    spec = importlib.util.spec_from_file_location("setup_env_under_test", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.FILES["dev"]:
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "STAMP", str(tmp_path / ".venv" / "complete"))
    return module


@pytest.fixture
def made(bootstrap, monkeypatch):
    """The bootstrap with a real, empty environment; what it would install is kept in a list."""
    installed = []
    monkeypatch.setattr(bootstrap, "install", installed.append)
    monkeypatch.setattr(bootstrap, "has_module", lambda name: name == "pip")
    bootstrap.main(["runtime"])
    bootstrap.installed = installed
    return bootstrap


def test_old_pythons_can_read_it():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 4))

    too_new = [
        type(node).__name__
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.AsyncFunctionDef)
        or (isinstance(node, ast.arg) and node.annotation)
        or (isinstance(node, ast.FunctionDef) and (node.returns or node.args.kwonlyargs))
        or (isinstance(node, ast.Tuple | ast.List) and any(_starred(e) for e in node.elts))
    ]
    assert not too_new


def _starred(node: ast.AST) -> bool:
    return isinstance(node, ast.Starred)


def test_an_old_python_without_a_newer_one_is_told_what_to_install(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 1))
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(bootstrap.Refusal, match=r"Python 3\.9 is too old: install Python 3\.11"):
        bootstrap.main(["runtime"])


def test_a_made_environment_is_left_alone(made):
    made.main(["runtime"])

    assert made.installed == ["runtime"]


def test_dev_includes_runtime(made):
    made.main(["dev"])
    made.main(["runtime"])

    assert made.installed == ["runtime", "dev"]


def test_changed_requirements_are_installed_again(made):
    Path(made.ROOT, "constraints.txt").write_text("changed", encoding="utf-8")

    made.main(["runtime"])

    assert made.installed == ["runtime", "runtime"]


def test_a_half_made_environment_is_made_anew(made):
    Path(made.STAMP).unlink()
    left_over = Path(made.VENV, "left-over")
    left_over.touch()

    made.main(["runtime"])

    assert not left_over.exists()
    assert made.installed == ["runtime", "runtime"]


def test_an_environment_that_was_moved_is_made_anew(made, tmp_path, monkeypatch):
    moved = tmp_path / "elsewhere"
    Path(made.VENV).rename(moved)
    monkeypatch.setattr(made, "VENV", str(moved))
    monkeypatch.setattr(made, "STAMP", str(moved / "complete"))

    made.main(["runtime"])

    assert made.installed == ["runtime", "runtime"]


def test_a_failed_installation_leaves_no_stamp(made, monkeypatch):
    def fail(level):
        raise made.Refusal("no network")

    Path(made.ROOT, "constraints.txt").write_text("changed", encoding="utf-8")
    monkeypatch.setattr(made, "install", fail)

    with pytest.raises(made.Refusal):
        made.main(["runtime"])

    assert not Path(made.STAMP).exists()


def test_a_folder_that_cannot_be_written_to_is_said_to_be_so(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", "/proc")

    with pytest.raises(bootstrap.Refusal, match="cannot be written to"):
        bootstrap.main(["runtime"])


def test_a_python_without_ensurepip_and_pip_is_said_to_be_so(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "has_module", lambda name: False)

    with pytest.raises(bootstrap.Refusal, match="apt install python3-venv"):
        bootstrap.main(["runtime"])


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError ... No matching distribution", "index cannot be reached"),
        ("ERROR: No matching distribution found for x", "no ready-made build"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("OSError: [Errno 13] Permission denied: 'x'", "could not be written"),
        ("first\nsomething odd happened.\n", "failed: something odd happened."),
        ("", "no output"),
    ],
)
def test_what_pip_says_becomes_one_sentence(bootstrap, output, sentence):
    assert sentence in bootstrap.explain(output)
