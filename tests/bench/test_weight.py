"""What counts into the weight of a page."""

from tests.bench.weight import heaviest_first


def test_styles_and_scripts_weigh_and_fonts_stand_apart():
    styles, script, font = "http://x/a.css", "http://x/a.js", "http://x/a.woff2"
    visits = {
        "plain": {("stylesheet", styles), ("font", font)},
        "lively": {("stylesheet", styles), ("script", script)},
    }

    found = heaviest_first(visits, {styles: 2000, script: 1500, font: 90_000})

    assert found["heaviest"] == "lively"
    assert found["pages_kb"] == {"lively": 3.5, "plain": 2.0}
    assert found["fonts_kb"] == {"lively": 0.0, "plain": 90.0}
    assert found["files_of_heaviest"] == {"a.css": 2000, "a.js": 1500}
