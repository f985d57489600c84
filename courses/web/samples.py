"""Made-up prose and questions in every type and state, for the page that shows the components."""

from typing import Any

CLAIM: dict[str, Any] = {
    "key": "XX-001",
    "statement": "The lighthouse of the harbour was lit for the first time in March 1874.",
    "date": "1874-03",
    "date_text": "March 1874",
    "as_of": "2024-11",
    "as_of_text": "November 2024",
    "source_key": "S1",
    "source_title": "A history of the harbour",
    "kind": "event",
    "kind_label": "Event",
    "attributed": "",
    "quote": "",
    "is_argument": False,
    "archived": False,
    "url": "#claim",
}
_EXPLANATION = "The lamp was lit in <em>March 1874</em>, two years after the pier was built."


def _view(name: str, stem: str, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "00000000-0000-7000-8000-000000000000",
        "version": "00000000-0000-7000-8000-000000000000",
        "type": name,
        "slug": f"sample-{name}",
        "language": "en",
        "stem_html": stem,
        "body": body,
        "self_rated": name == "flashcard",
    }


def _feedback(
    view: dict[str, Any],
    given: dict[str, Any],
    verdict: str,
    solution: dict[str, Any],
    parts: list[dict[str, Any]],
) -> dict[str, Any]:
    words = {"right": "Right", "nearly": "Nearly", "wrong": "Not right"}
    feedback = {
        "version": view["version"],
        "type": view["type"],
        "answer": given,
        "verdict": verdict,
        "verdict_text": words[verdict],
        "credit": {"right": 1.0, "nearly": 0.6, "wrong": 0.0}[verdict],
        "parts": parts,
        "solution": solution,
        "explanation_html": _EXPLANATION,
        "claims": [CLAIM],
    }
    return {"q": view, "given": given, "feedback": feedback}


def _part(name: str, credit: float, text: str, note: str = "") -> dict[str, Any]:
    return {"part": name, "credit": credit, "reason": "", "text": text, "note_html": note}


CHOICE = _view(
    "single_choice",
    "When was the lighthouse of the harbour lit for the first time?",
    {
        "options": [
            {"id": "aaaaaaaa", "text_html": "When the pier was built"},
            {"id": "bbbbbbbb", "text_html": "Two years after the pier was built"},
            {"id": "cccccccc", "text_html": "Before there was a pier"},
        ]
    },
)
NUMERIC = _view("numeric", "How high is the tower?", {"unit": "m"})
TEXT = _view("short_text", "Who designed the lamp?", {"max_length": 200})
ORDER = _view(
    "ordering",
    "Put these into the order in which they happened.",
    {
        "items": [
            {"id": "11111111", "text_html": "The lamp is lit"},
            {"id": "22222222", "text_html": "The railway arrives, and with it the first visitors"},
            {"id": "33333333", "text_html": "The pier is built"},
        ]
    },
)
CARD = _view(
    "flashcard",
    "What is a leading light?",
    {"back_html": "A light that, in line with another, marks the way into a harbour."},
)

ASKED = [CHOICE, NUMERIC, TEXT, ORDER, CARD]
_CHOSEN = {"option": "bbbbbbbb", "text_html": "Two years after the pier was built"}
_HEIGHT = {
    "value": "13",
    "unit": "m",
    "text": "13 m",
    "text_html": "13 m",
    "low": "13",
    "high": "13",
}
_NAME: dict[str, Any] = {"text": "Brunton", "text_html": "Brunton", "also": []}
_IN_ORDER = {
    "items": [
        {"id": "33333333", "text_html": "The pier is built", "date_text": "1872"},
        {"id": "11111111", "text_html": "The lamp is lit", "date_text": "March 1874"},
        {
            "id": "22222222",
            "text_html": "The railway arrives, and with it the first visitors",
            "date_text": "1889",
        },
    ]
}
_TURNED = {"text_html": CARD["body"]["back_html"]}
_TOO_SOON = _part(
    "aaaaaaaa",
    0.0,
    "That is not the right option.",
    "The pier came first; the money for the lamp came later.",
)

ANSWERED = [
    _feedback(
        CHOICE, {"option": "bbbbbbbb"}, "right", _CHOSEN, [_part("bbbbbbbb", 1.0, "That is right.")]
    ),
    _feedback(CHOICE, {"option": "aaaaaaaa"}, "wrong", _CHOSEN, [_TOO_SOON]),
    _feedback(NUMERIC, {"value": "13"}, "right", _HEIGHT, [_part("value", 1.0, "")]),
    _feedback(
        NUMERIC, {"value": "14"}, "nearly", _HEIGHT, [_part("value", 0.5, "A little too high.")]
    ),
    _feedback(
        NUMERIC, {"value": "31"}, "wrong", _HEIGHT, [_part("value", 0.0, "That is too high.")]
    ),
    _feedback(TEXT, {"text": "Brunton"}, "right", _NAME, [_part("text", 1.0, "")]),
    _feedback(
        TEXT,
        {"text": "Bruntn"},
        "nearly",
        _NAME,
        [_part("text", 0.9, "Nearly: it is written “Brunton”.")],
    ),
    _feedback(TEXT, {"text": "Stevenson"}, "wrong", _NAME, [_part("text", 0.0, "")]),
    _feedback(
        ORDER,
        {"order": ["33333333", "11111111", "22222222"]},
        "right",
        _IN_ORDER,
        [_part(name, 1.0, "") for name in ("33333333", "11111111", "22222222")],
    ),
    _feedback(
        ORDER,
        {"order": ["11111111", "33333333", "22222222"]},
        "nearly",
        _IN_ORDER,
        [
            _part("33333333", 1.0, ""),
            _part("11111111", 0.0, "This one is out of order."),
            _part("22222222", 1.0, ""),
        ],
    ),
    _feedback(
        ORDER,
        {"order": ["22222222", "11111111", "33333333"]},
        "wrong",
        _IN_ORDER,
        [_part(name, 0.0, "") for name in ("33333333", "11111111", "22222222")],
    ),
    _feedback(CARD, {"rating": 3}, "right", _TURNED, [_part("rating", 1.0, "You knew it.")]),
    _feedback(CARD, {"rating": 1}, "wrong", _TURNED, [_part("rating", 0.0, "It comes back soon.")]),
]

# Every block that a lesson may have; drawn by what draws the lessons.
PROSE = """\
The pier was built in 1872, and for two years nothing stood at its end [XX-001]. Then came the
lamp, and with the lamp the ships: first the coal, then the mail, and in the end, by the railway,
the visitors.

::: quote The harbour master | at the opening, 1874
A light is a promise to a stranger.
:::

::: note
A leading light shows the way in when it stands in line with another.
:::

::: analysis
The railway, not the lamp, made the town.
:::

::: prompt What would have become of the harbour without its lamp?
The coal would have come all the same: its ships came by day [XX-001]. The mail would not.
:::

## Figures

::: chart Ships that called in a year
unit: ships
- 1873 | 214 [XX-001]
- 1874 | 590
- 1875 | 1038
message: The year after the lamp was lit, nearly five times as many ships called as the year before.
:::

::: chart Lamps along the coast
unit: lamps
style: dots
- North of the harbour | 12
- South of it | 31
message: More than twice as many lamps stood south of the harbour as north of it.
:::

| Year | Ships |
|------|------:|
| 1873 | 214 |
| 1875 | 1,038 |

::: timeline How the harbour came to be
- 1872 | The pier is built
- 1874-03 | The lamp is lit [XX-001]
- 1889 | The railway arrives
:::

::: summary In short
- The pier came first, the lamp two years later [XX-001].
- With the lamp came the ships.
:::

::: limits What these sources cannot tell us
Nobody wrote down what the lamp cost, or who paid for its oil.
:::
"""
