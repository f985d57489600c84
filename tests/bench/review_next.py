"""review_next_ms: from the key that leaves a card to the first frame with the next one on it.

Measured inside Chromium by a script that is added by the debugger, so that the page's content
security policy stays in force. The clock starts with the time stamp of the keydown event: Enter
on the feedback of a checked question, the rating key on a card that one rates. It stops in the
second animation frame after the next card's form has been put into the document, the first being
the frame that draws it: so the figure has the painting in it, and up to one frame too much.
"""

from collections import defaultdict
from typing import Any

from tests.bench.reporting import Measure, median, percentile
from tests.bench.stage import serving, stage
from tests.tour.browser import chromium

CARDS = 100
VIEWPORT = {"width": 1280, "height": 800}
# Answers are given by a person: nobody reads a verdict in less.
READING_MS = 350
RECORDER = """
(() => {
  const taken = (window.nextCardTimes = []);
  const asked = () => document.querySelector("[data-card] form.question");
  let pressed = null;
  addEventListener("keydown", (event) => (pressed = { at: event.timeStamp, form: asked() }), true);
  new MutationObserver(() => {
    if (!pressed || !asked() || asked() === pressed.form) return;
    const { at } = pressed;
    pressed = null;
    requestAnimationFrame(() => requestAnimationFrame(() => taken.push(performance.now() - at)));
  }).observe(document, { childList: true, subtree: true });
})();
"""
ASKED = "[data-card] form.question"
# By what a form has; a type that is not listed counts as another one.
TYPES = {
    "flashcard": ".card-back",
    "ordering": ".ordering",
    "numeric": "input[name=value]",
    "short_text": "input[name=text]",
    "choice": "input[type=radio], input[type=checkbox]",
    "lists": "select",
}
# Gives some answer by every control: the first of what there is to choose, a year to all fields.
ANSWER = """
(form) => {
  const answered = new Set();
  for (const field of form.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (["radio", "checkbox"].includes(field.type)) {
      if (!answered.has(field.name)) field.click();
      answered.add(field.name);
    } else if (field.tagName === "SELECT") {
      field.selectedIndex = 1;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      field.value = field.tagName === "TEXTAREA" ? "2022 ".repeat(100) : "2022";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  document.activeElement.blur();
}
"""


def measure() -> Measure:
    """Return the median milliseconds over 100 cards of all types, checked ones among them."""
    with stage("sqlite", shipped_course=True) as place, chromium() as browser:
        cookie = place.ask("reviewer", seed=7)
        with serving(place) as port:
            url = f"http://localhost:{port}"
            context = browser.new_context(base_url=url, viewport=VIEWPORT)
            context.add_cookies(
                [
                    dict(zip(("name", "value"), one.split("=", 1), strict=True)) | {"url": url}
                    for one in cookie.split("; ")
                    if not one.startswith("csrf")
                ]
            )
            context.add_init_script(RECORDER)
            page = context.new_page()
            page.goto("/review/", wait_until="networkidle")
            left = [_leave_card(page) for _card in range(CARDS)]
            durations = [float(one) for one in page.evaluate("window.nextCardTimes")]
    return _measured(left, durations)


def _measured(left: list[str], durations: list[float]) -> Measure:
    by_type = defaultdict(list)
    for name, duration in zip(left, durations, strict=True):
        by_type[name].append(duration)
    return Measure(
        name="review_next_ms",
        value=median(durations),
        unit="ms",
        goal="<= 50",
        n=len(durations),
        detail={
            "p95_ms": round(percentile(durations, 0.95), 1),
            "max_ms": round(max(durations), 1),
            "cards": {name: len(times) for name, times in by_type.items()},
            "median_ms": {name: round(median(times), 1) for name, times in by_type.items()},
        },
    )


def _leave_card(page: Any) -> str:
    """Answer the card in hand by keys, read, and go on; return its type."""
    form = page.locator(ASKED)
    name = next((name for name, part in TYPES.items() if form.locator(part).count()), "another")
    before = page.evaluate("window.nextCardTimes.length")
    keyboard = page.keyboard
    if name == "flashcard":
        keyboard.press(" ")
        page.wait_for_timeout(READING_MS)
        keyboard.press("3")
    else:
        form.evaluate(ANSWER)
        keyboard.press("Enter")
        page.wait_for_selector("[data-card] .feedback")
        page.wait_for_timeout(READING_MS)
        keyboard.press("Enter")
    for _try in range(200):
        if page.evaluate("window.nextCardTimes.length") > before:
            return name
        page.wait_for_timeout(20)
    raise RuntimeError(f"No card came after one of type {name}.")
