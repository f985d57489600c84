"""Which context stands above which, and the walk over their modules."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COURSES = ROOT / "courses"
# The lower the number, the lower the context; a context may know only lower ones.
HEIGHT = {
    "common": 0,
    "accounts": 1,
    "enrollment": 2,
    "content": 3,
    "assessment": 4,
    "flashcards": 5,
    "exchange": 6,
    "api": 7,
    "web": 7,
}


def points_upwards(source: str, target: str) -> bool:
    """Return whether context `source` may not know context `target`."""
    return source != target and HEIGHT[target] >= HEIGHT[source]


def context_of(path: Path) -> str:
    return path.relative_to(COURSES).parts[0]


def modules() -> list[Path]:
    """Return every module of every context but migrations, in a fixed order."""
    inside = sorted(path.relative_to(COURSES) for path in COURSES.rglob("*.py"))
    return [COURSES / p for p in inside if len(p.parts) > 1 and "migrations" not in p.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `import_string` of `x.import_string(...)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
