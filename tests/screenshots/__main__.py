"""`python -m tests.screenshots`: picture the main pages of a fresh site with its demo class."""

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from tests.bench.reporting import ROOT
from tests.screenshots.plan import LANGUAGES, SIZES, Shot, missing, shots
from tests.tour.browser import NoChromium, chromium
from tests.tour.site import touring

FOLDER = ROOT / "docs" / "screenshots"
TIME_ZONE = "Asia/Tokyo"
# Pages of two or three inks and their shades: more colours make files, not pictures.
COLOURS = 64
LOCALES = {"en": "en-GB", "ja": "ja-JP"}


class CannotPicture(Exception):
    """A sentence for the person at the terminal."""


def main() -> int:
    try:
        with touring("screenshots") as site, chromium() as browser:
            for language in LANGUAGES:
                people = site.people(language=language)
                if gone := missing(people["pages"]):
                    raise CannotPicture(f"The site has no page for: {', '.join(gone)}.")
                for shot in shots(language):
                    _keep(shot, _taken(browser, site.url, people, shot))
            _remove_others()
    except (CannotPicture, NoChromium) as refusal:
        sys.stdout.write(f"{refusal}\n")
        return 1
    pictures = list(FOLDER.glob("*.png"))
    total = sum(picture.stat().st_size for picture in pictures)
    sys.stdout.write(f"{len(pictures)} pictures, {total / 1e6:.1f} MB, in {FOLDER}\n")
    return 0


def _taken(browser: Any, url: str, people: dict[str, Any], shot: Shot) -> bytes:
    """Return the picture of what a window shows first. Raises CannotPicture."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": shot.width, "height": SIZES[shot.width]},
        color_scheme=shot.scheme,
        locale=LOCALES[shot.language],
        timezone_id=TIME_ZONE,
        reduced_motion="reduce",
        has_touch=shot.width < 640,
    )
    try:
        if shot.person:
            context.add_cookies([people["cookies"][shot.person] | {"url": url}])
        page = context.new_page()
        answer = page.goto(people["pages"][shot.place], wait_until="networkidle")
        if not answer.ok:
            raise CannotPicture(f"{shot.page} answers {answer.status} in {shot.language}.")
        answered = shot.page == "review-feedback" and _show_feedback(page)
        page.evaluate("document.fonts.ready.then(() => true)")
        picture: bytes = page.screenshot(animations="disabled", caret="hide")
        if answered:
            _take_back(page)
        return picture
    finally:
        context.close()


def _show_feedback(page: Any) -> bool:
    """Answer the card in hand, or turn it; return whether there is an answer to take back."""
    page.wait_for_selector("[data-card] .thumb")
    for selector in ("input[name=value]", "input[name=text]"):
        if page.locator(f"[data-card] {selector}").count():
            page.fill(f"[data-card] {selector}", "5")
    if page.locator("[data-card] .option").count():
        page.locator("[data-card] .option").first.click()
    turned = page.locator("[data-card] .card-back").count() > 0
    page.locator("[data-card] .button-main").click()
    page.wait_for_selector("[data-card] .card-back:visible" if turned else "[data-card] .feedback")
    page.mouse.move(1, 1)
    page.wait_for_timeout(300)
    return not turned


def _take_back(page: Any) -> None:
    """Undo the answer, so that the next picture is of the same card."""
    with page.expect_response("**/reviews/undo") as answer:
        page.locator("[data-undo] button").click()
    if not answer.value.ok:
        raise CannotPicture("The answer pictured could not be taken back.")
    page.wait_for_selector("[data-card] form:not(:has(.feedback))")


def _keep(shot: Shot, picture: bytes) -> None:
    """Write a picture with few colours and no dithering, so that equal pages give equal files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(picture)) as opened:
        plain = opened.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        plain.save(FOLDER / shot.name, optimize=True)


def _remove_others() -> None:
    """Remove pictures of pages that are not pictured any more."""
    wanted = {shot.name for language in LANGUAGES for shot in shots(language)}
    for picture in _pictures():
        if picture.name not in wanted:
            picture.unlink()


def _pictures() -> list[Path]:
    return sorted(FOLDER.glob("*.png"))


if __name__ == "__main__":
    sys.exit(main())
