"""The look: colours that can be read, stylesheets that stay light, pages that print."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "courses/web/static/web"
TOKENS = (STATIC / "css/tokens.css").read_text()
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS
    )
}
GROUNDS = ("paper", "surface", "sunk")
PROSE, WORDS, MARKS = 7.0, 4.5, 3.0


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground, PROSE) for ink in ("ink", "ink-2") for ground in GROUNDS),
    *(
        (ink, ground, WORDS)
        for ink in ("ink-3", "seal", "indigo", "right", "nearly", "wrong")
        for ground in GROUNDS
    ),
    *((name, f"{name}-wash", WORDS) for name in ("seal", "indigo", "right", "nearly", "wrong")),
    *(("ink", f"{name}-wash", PROSE) for name in ("seal", "indigo", "right", "nearly", "wrong")),
    ("on-seal", "seal-ground", WORDS),
    ("on-seal", "seal-hover", WORDS),
    *((mark, ground, MARKS) for mark in ("edge", "indigo-ground") for ground in GROUNDS[:2]),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_keep_their_contrast(ink, ground, least, theme):
    assert contrast(COLOURS[ink][theme], COLOURS[ground][theme]) >= least


def test_nothing_moves_for_longer_than_a_fifth_of_a_second():
    times = [int(ms) for ms in re.findall(r"--(?:quick|slow): (\d+)ms", TOKENS)]

    assert times
    assert max(times) < 200


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_stylesheets_take_their_colours_from_the_tokens(path):
    if path.name in {"tokens.css", "print.css"}:
        return

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", path.read_text())


def test_what_a_lesson_loads_is_a_third_of_the_allowance(client, taught):
    page = client.get("/courses/harbour/lessons/pier/").content.decode()
    names = set(re.findall(r'/static/web/((?:css|js)/[\w-]+\.\w+)"', page))
    scripts = {"js/live-form.js", "js/ordering.js", "js/dom.js"}

    packed = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names | scripts)

    assert "css/print.css" in names
    assert packed < 33_000


def test_the_two_faces_of_the_first_words_are_loaded_early(client, taught):
    page = client.get("/").content.decode()

    assert page.count('rel="preload"') == 2
    for name in ("serif-4-latin", "sans-3-latin"):
        assert re.search(f'rel="preload" href="[^"]*{name}[^"]*woff2"[^>]*crossorigin', page)
