"""`python -m tests.lighthouse`: look at the main pages, write docs/lighthouse.md, fail if below."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from tests.bench.reporting import ROOT
from tests.lighthouse import report, tool
from tests.tour.browser import NoChromium, chromium_path
from tests.tour.site import touring

KEPT = ROOT / "docs" / "lighthouse.md"
PAGES = ("start", "lesson", "review", "quiz")
VISITORS = {"start"}
RUNS = 3


def say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Look at the pages named, by default at all, and write the results if it was at all."""
    try:
        node, browser = tool.prepare(), chromium_path()
        with touring("lighthouse") as site:
            people = site.people()
            verdicts = [_look(name, site.url, people, browser) for name in arguments or list(PAGES)]
    except (tool.CannotMeasure, NoChromium) as refusal:
        say(refusal)
        return 2
    text = report.written(
        verdicts,
        day=datetime.now(UTC).date(),
        lighthouse=tool.VERSION,
        node=node,
        chromium=_name(browser),
        runs=RUNS,
    )
    if not arguments:
        KEPT.write_text(text, encoding="utf-8")
    found = report.faults(verdicts)
    say("\n".join([text, *found]))
    return 1 if found else 0


def _look(name: str, url: str, people: dict[str, Any], browser: str) -> tool.Verdict:
    cookie = None if name in VISITORS else people["cookies"]["student"]
    path = people["pages"][name]
    looks = [tool.look_at(name, url + path, chromium=browser, cookie=cookie) for _ in range(RUNS)]
    verdict = report.median_of(looks)
    say(f"{name}: {verdict.scores}, layout shift {verdict.layout_shift:.3f}")
    for cost in verdict.costs:
        say(f"  {cost}")
    return verdict


def _name(browser: str) -> str:
    said = subprocess.run([browser, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
