"""Looks at the page that is shown now: with axe, with probes of our own, in every guise."""

from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
PROBES = (Path(__file__).parent / "probes.js").read_text()
AXE_RUN = """async (rules) => {
    const { violations } = await axe.run(document, {
        resultTypes: ["violations"],
        rules: { "target-size": { enabled: true } },
        ...(rules ? { runOnly: rules } : {}),
    });
    return violations.map(({ id, nodes }) =>
        `${id} at ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`);
}"""
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# A window of 1280 by 1024 that is enlarged four times.
ENLARGED = {"width": 320, "height": 256}
# WCAG 1.4.12: what readers may set, and lose nothing by it.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"""
# Rules about the whole document; they say nothing of one part or one size of it.
WORDS = ["outline", "pictures", "tables", "complaints", "motion"]


def _ready(page: Any) -> None:
    """Bring axe and the probes to a page that does not have them yet."""
    if not page.evaluate("Boolean(window.axe && window.probe)"):
        page.evaluate(AXE)
        page.evaluate(PROBES)


def axe(page: Any, *rules: str) -> list[str]:
    """Return what axe finds wrong, with all its rules or with those named."""
    _ready(page)
    return page.evaluate(AXE_RUN, list(rules) or None)


def probe(page: Any, *names: str) -> list[str]:
    """Return what the named probes of probes.js find wrong."""
    _ready(page)
    return page.evaluate("(names) => probe(names)", list(names))


def stops(page: Any) -> list[str]:
    """Return what is wrong with the focus at any stop of the keyboard."""
    page.keyboard.press("Tab")
    return probe(page, "stops")


def complaints(page: Any) -> list[str]:
    """Return what the console complained about, and forget it."""
    found = list(page.console.complaints)
    page.console.complaints.clear()
    return found


def _dressed(page: Any, css: str, *names: str) -> list[str]:
    _ready(page)
    page.evaluate("(css) => probe.dress(css)", css)
    found = probe(page, *names)
    page.evaluate("probe.dress('')")
    return found


def _text_twice_as_large(page: Any) -> list[str]:
    """Look at it as readers see it who set their browser's font to 32 pixels."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    found = probe(page, "wide", "cut", "heaped")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()
    return found


def in_every_guise(page: Any) -> list[str]:
    """Return what is wrong with the page, wide and narrow, light and dark, large, forced."""
    looks = []
    page.set_viewport_size(WIDE)
    looks.append(("wide", axe(page) + probe(page, "wide", "small", *WORDS) + stops(page)))
    looks.append(("text twice as large", _text_twice_as_large(page)))
    page.emulate_media(color_scheme="dark")
    looks.append(("dark", stops(page)))
    page.set_viewport_size(PHONE)
    looks.append(("phone, dark", axe(page) + probe(page, "wide", "sideways", "small")))
    page.emulate_media(color_scheme="light")
    looks.append(("phone", stops(page)))
    looks.append(("text spaced", _dressed(page, SPACED, "wide", "cut", "heaped")))
    page.set_viewport_size(ENLARGED)
    looks.append(("four times", probe(page, "wide", "sideways", "cut", "heaped") + stops(page)))
    page.set_viewport_size(WIDE)
    page.emulate_media(forced_colors="active")
    looks.append(("forced colours", probe(page, "drawn") + stops(page)))
    page.emulate_media(forced_colors="none")
    looks.append(("console", complaints(page)))
    return [f"{look}: {fault}" for look, faults in looks for fault in faults]


def in_two_guises(page: Any) -> list[str]:
    """Return what axe and the targets say of this state, light and dark, at the size it has."""
    found = axe(page) + probe(page, "wide", "small", "complaints")
    page.emulate_media(color_scheme="dark")
    found += axe(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    return found + complaints(page)
