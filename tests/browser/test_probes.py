"""The probes speak up where something is wrong, so that their silence means something."""

import pytest

from tests.browser.looking import probe, stops

WRONG = {
    "wide": "<p style='inline-size: 3000px'>wide</p>",
    "sideways": "<div style='overflow-x: auto; inline-size: 90px'><table><tr><td>"
    "<p style='inline-size: 400px'>wide</p></td></tr></table></div>",
    "cut": "<p style='inline-size: 30px; overflow: hidden; white-space: nowrap'>long, long</p>",
    "heaped": "<p>one line</p><p style='margin-block-start: -2.1rem'>another line</p>",
    "small": "<a href='#' style='display: block'>one</a><a href='#' style='display: block'>two</a>",
    "outline": "<h1>One</h1><h3>Three</h3>",
    "pictures": "<svg viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>",
    "tables": "<table><tr><th>Year</th></tr><tr><td>1873</td></tr></table>",
    "complaints": "<input aria-label='Number' aria-invalid='true'>",
    "tongues": "<p lang='ja'>Nobody wrote this in Japanese</p>",
    "motion": "<p style='transition: opacity 2s'>moving</p>",
    "drawn": "<svg viewBox='0 0 9 9'><rect width='9' height='9' fill='#f4f4f4'/></svg>",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_probe_finds_its_fault_and_nothing_on_a_plain_page(page, name):
    page.set_content(
        "<html lang='en'><header></header><main><h1>Plain</h1></main><footer></footer>"
    )
    quiet = probe(page, name)
    page.set_content(f"<html lang='en'><body>{WRONG[name]}")

    assert quiet == []
    assert probe(page, name) != []


@pytest.mark.parametrize(
    ("control", "fault"),
    [
        ("<button style='outline: none'>unseen</button>", "nothing shows the focus"),
        ("<button style='outline: 3px solid #eee'>pale</button>", "hard to see"),
        (
            "<div style='position: fixed; inset: 0; background: white; z-index: 2'></div>"
            "<button>covered</button>",
            "the focus is hidden",
        ),
        ("<button tabindex='3'>first</button>", "out of order"),
    ],
)
def test_a_focus_that_cannot_be_seen_is_found(page, control, fault):
    page.set_content(f"<html lang='en'><body>{control}")

    assert any(fault in each for each in stops(page))
