"""Walks through pages with nothing but the keyboard, and sees that each stop can be seen."""

from typing import Any

from tests.browser.looking import _ready

AT_MOST = 150


def told(page: Any) -> str:
    """Return what has the focus, in a few words."""
    return page.evaluate(
        "(({ localName, id, className, textContent }) => "
        "`${localName}#${id}.${className} ${textContent.trim().slice(0, 40)}`)"
        "(document.activeElement)"
    )


def stop(page: Any) -> None:
    """See that the focus is drawn where it is now, and that nothing lies on it."""
    _ready(page)
    faults = page.evaluate("probe.stop()")
    assert faults in (None, []), f"{page.url}: {faults}"


def walk_to(page: Any, selector: str, *, key: str = "Tab") -> None:
    """Press Tab until the focus is on what `selector` names; every stop must be seen."""
    passed = []
    for _step in range(AT_MOST):
        page.keyboard.press(key)
        stop(page)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        passed.append(told(page))
    raise AssertionError(f"{page.url}: no way to {selector} by {key}; passed {passed[:12]}")


def walk_through(page: Any) -> list[str]:
    """Press Tab from the top until the page is left; return every stop in order."""
    page.evaluate("document.activeElement.blur()")
    passed: list[str] = []
    for _step in range(AT_MOST * 2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return passed
        stop(page)
        here = told(page)
        if passed and here == passed[0]:
            return passed
        passed.append(here)
    raise AssertionError(f"{page.url}: the keyboard never leaves; at the end {passed[-4:]}")


def press(page: Any, selector: str, key: str = "Enter") -> None:
    """Walk to a control and press it."""
    walk_to(page, selector)
    page.keyboard.press(key)


def focused(page: Any, selector: str) -> bool:
    return page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector)
