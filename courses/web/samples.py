"""Made-up questions in every type and state, for the page that shows the components."""

from typing import Any

_CLAIM = {
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
        "claims": [_CLAIM],
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
ANSWERED = [
    _feedback(
        CHOICE,
        {"option": "bbbbbbbb"},
        "right",
        {"option": "bbbbbbbb", "text_html": "Two years after the pier was built"},
        [_part("bbbbbbbb", 1.0, "That is right.")],
    ),
    _feedback(
        CHOICE,
        {"option": "aaaaaaaa"},
        "wrong",
        {"option": "bbbbbbbb", "text_html": "Two years after the pier was built"},
        [
            _part(
                "aaaaaaaa",
                0.0,
                "That is not the right option.",
                "The pier came first; the money for the lamp came later.",
            )
        ],
    ),
    _feedback(
        NUMERIC,
        {"value": "31"},
        "wrong",
        {
            "value": "13",
            "unit": "m",
            "text": "13 m",
            "text_html": "13 m",
            "low": "13",
            "high": "13",
        },
        [_part("value", 0.0, "That is too high.")],
    ),
    _feedback(
        TEXT,
        {"text": "Bruntn"},
        "nearly",
        {"text": "Brunton", "text_html": "Brunton", "also": []},
        [_part("text", 0.9, "Nearly: it is written “Brunton”.")],
    ),
    _feedback(
        ORDER,
        {"order": ["11111111", "33333333", "22222222"]},
        "nearly",
        {
            "items": [
                {"id": "33333333", "text_html": "The pier is built", "date_text": "1872"},
                {"id": "11111111", "text_html": "The lamp is lit", "date_text": "March 1874"},
                {
                    "id": "22222222",
                    "text_html": "The railway arrives, and with it the first visitors",
                    "date_text": "1889",
                },
            ]
        },
        [
            _part("33333333", 1.0, ""),
            _part("11111111", 0.0, "This one is out of order."),
            _part("22222222", 1.0, ""),
        ],
    ),
]
