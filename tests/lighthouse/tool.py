"""The Lighthouse that is used: one pinned version, installed by npm into build/, run by Node."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.reporting import ROOT
from tests.tour.browser import FLAGS

VERSION = "12.8.2"  # the last that runs on Node 18 and 20, which distributions have
OLDEST_NODE = (18, 20)
FOLDER = ROOT / "build" / "lighthouse"
WELL = 0.9  # an audit below it is named
TRIES = 3  # Chromium on a busy machine may miss the beginning of a page
CATEGORIES = ("performance", "accessibility", "best-practices")


class CannotMeasure(Exception):
    """A sentence for the person at the terminal."""


@dataclass(frozen=True)
class Verdict:
    """What Lighthouse says of one page: scores of 0 to 100, and how far it shifts."""

    page: str
    scores: dict[str, int]
    layout_shift: float
    largest_paint_s: float
    costs: list[str]


def prepare() -> str:
    """Install Lighthouse unless it is there; return Node's version. Raises CannotMeasure."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise CannotMeasure(
            "Lighthouse needs Node 18.20 or newer, with npm: install them (apt install nodejs npm)."
        )
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    found = version.stdout.strip().lstrip("v")
    if tuple(int(part) for part in found.split(".")[:2]) < OLDEST_NODE:
        raise CannotMeasure(f"Lighthouse needs Node 18.20 or newer; this is {found}.")
    if _installed() != VERSION:
        _install(npm)
    return found


def _installed() -> str:
    package = FOLDER / "node_modules" / "lighthouse" / "package.json"
    try:
        return str(json.loads(package.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return ""


def _install(npm: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund",
         "--prefix", str(FOLDER), f"lighthouse@{VERSION}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["npm said nothing"])[-1]
        raise CannotMeasure(f"npm could not install Lighthouse {VERSION}: {last}")


def look_at(page: str, url: str, *, chromium: str, cookie: dict[str, str] | None) -> Verdict:
    """Run Lighthouse's own phone preset, throttling and all, against one page."""
    report = FOLDER / f"{page}.json"
    headers = {"Cookie": f"{cookie['name']}={cookie['value']}"} if cookie else {}
    for _try in range(TRIES):
        done = subprocess.run(
            ["node", str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"), url,
             "--quiet", "--output=json", f"--output-path={report}",
             f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={_flags()}",
             f"--extra-headers={json.dumps(headers)}"],
            env=_environment(chromium), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not done.returncode:
            return read(page, report)
    raise CannotMeasure(f"Lighthouse could not look at {page}: {done.stderr.strip()[-600:]}")


def _flags() -> str:
    return " ".join(["--headless=new", *FLAGS])


def _environment(chromium: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    return kept | {"CHROME_PATH": chromium}


def read(page: str, report: Path) -> Verdict:
    """Return the verdict that stands in a report of Lighthouse."""
    found = json.loads(report.read_text(encoding="utf-8"))
    if "runtimeError" in found:
        raise CannotMeasure(f"Lighthouse could not look at {page}: {found['runtimeError']}")
    audits = found["audits"]
    return Verdict(
        page=page,
        scores={name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES},
        layout_shift=float(audits["cumulative-layout-shift"]["numericValue"]),
        largest_paint_s=float(audits["largest-contentful-paint"]["numericValue"]) / 1000,
        costs=_costs(found),
    )


def _costs(found: dict[str, Any]) -> list[str]:
    """Return the titles of the audits that were failed and that count."""
    counted = {
        reference["id"]
        for name in CATEGORIES
        for reference in found["categories"][name]["auditRefs"]
        if reference["weight"]
    }
    scored = [found["audits"][key] for key in counted if found["audits"][key]["score"] is not None]
    return sorted(audit["title"] for audit in scored if audit["score"] < WELL)
