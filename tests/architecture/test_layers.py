"""The import contracts of pyproject.toml, as a test as well as a check."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.layout import ROOT


def test_import_contracts_are_kept():
    linter = Path(sys.executable).parent / "lint-imports"
    command = str(linter) if linter.exists() else shutil.which("lint-imports")

    result = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )

    assert result.returncode == 0, result.stdout + result.stderr
