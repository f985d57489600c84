"""A made-up question of every type, with answers to it, for the page that shows the components."""

from typing import Any

from courses.assessment.domain.shuffling import option_id

Json = dict[str, Any]
# A stem, the payload, and raw answers: right, if it can be nearly, wrong.
Sample = tuple[str, Json, tuple[Json, ...]]

_PIER, _LAMP = "The pier is built", "The lamp is lit"
_RAILWAY = "The railway arrives, and with it the first visitors"
_TWO_YEARS, _AT_ONCE = "Two years after the pier was built", "When the pier was built"
_COAL, _MAIL, _ICE = "Coal", "Mail", "Ice"
_SLOW = "Its money came two years after the stone"
_PAIRS = {"Brunton": "The lamp", "Marr": "The pier", "Ishii": "The railway"}
_KINDS = {"The pier": "Stone", "The lamp house": "Iron", "The station": "Wood"}
_STANCES = {
    "The log of 1874 notes a light at the pier's end.": "supports",
    "The harbour master asked for a lamp in 1880.": "contradicts",
    "Coal was dear that winter.": "silent",
}


def _ids(pairs: dict[str, str]) -> dict[str, str]:
    return {option_id(key): option_id(value) for key, value in pairs.items()}


SAMPLES: dict[str, Sample] = {
    "single_choice": (
        "When was the lighthouse of the harbour lit for the first time?",
        {
            "options": [
                {
                    "text": _AT_ONCE,
                    "feedback": "The pier came first; the money for the lamp came later.",
                },
                {"text": _TWO_YEARS, "correct": True},
                {"text": "Before there was a pier"},
            ]
        },
        ({"option": option_id(_TWO_YEARS)}, {"option": option_id(_AT_ONCE)}),
    ),
    "multiple_response": (
        "What came by ship before the railway was built?",
        {
            "options": [
                {"text": _COAL, "correct": True},
                {"text": _MAIL, "correct": True},
                {"text": _ICE, "feedback": "It was made in the town."},
                {"text": "Visitors"},
            ]
        },
        (
            {"options": [option_id(_COAL), option_id(_MAIL)]},
            {"options": [option_id(_COAL)]},
            {"options": [option_id(_ICE)]},
        ),
    ),
    "true_false": (
        "The lamp was lit on the day on which the pier was opened.",
        {
            "truth": False,
            "reasons": [
                {"text": _SLOW, "correct": True},
                {"text": "A storm put it out", "feedback": "That was twenty years later."},
            ],
        },
        (
            {"truth": "false", "reason": option_id(_SLOW)},
            {"truth": "true", "reason": option_id(_SLOW)},
        ),
    ),
    "numeric": (
        "How high is the tower?",
        {"value": 13, "tolerance": {"absolute": 0}, "unit": "m"},
        ({"value": "13"}, {"value": "31"}),
    ),
    "short_text": (
        "Who designed the lamp?",
        {"answers": ["Brunton"]},
        ({"text": "Brunton"}, {"text": "Bruntn"}, {"text": "Stevenson"}),
    ),
    "cloze": (
        "Fill in what is missing.",
        {
            "text": "The lamp, by {who}, was lit in {year}, after the {thing} was built.",
            "gaps": [
                {"name": "who", "answers": ["Brunton"]},
                {"name": "year", "answers": ["1874"], "options": ["1872", "1874", "1889"]},
                {"name": "thing", "answers": ["pier"]},
            ],
        },
        (
            {"gaps": {"who": "Brunton", "year": "1874", "thing": "pier"}},
            {"gaps": {"who": "Brunton", "year": "1889", "thing": "pier"}},
            {"gaps": {"who": "Stevenson"}},
        ),
    ),
    "ordering": (
        "Put these into the order in which they happened.",
        {
            "items": [
                {"text": _PIER, "date": "1872"},
                {"text": _LAMP, "date": "1874-03"},
                {"text": _RAILWAY, "date": "1889"},
            ]
        },
        tuple(
            {"order": [option_id(text) for text in order]}
            for order in (
                [_PIER, _LAMP, _RAILWAY],
                [_LAMP, _PIER, _RAILWAY],
                [_RAILWAY, _LAMP, _PIER],
            )
        ),
    ),
    "matching": (
        "Who built what?",
        {
            "pairs": [{"prompt": who, "match": what} for who, what in _PAIRS.items()],
            "spare": ["The town hall"],
        },
        (
            {"pairs": _ids(_PAIRS)},
            {"pairs": _ids(_PAIRS | {"Ishii": "The town hall"})},
            {"pairs": _ids({"Ishii": "The lamp"})},
        ),
    ),
    "categorise": (
        "What was it built of?",
        {
            "categories": sorted(set(_KINDS.values())),
            "items": [{"text": text, "category": kind} for text, kind in _KINDS.items()],
        },
        ({"places": _ids(_KINDS)}, {"places": _ids({"The pier": "Wood"})}),
    ),
    "date": (
        "When was the lamp lit for the first time?",
        {"date": "1874-03"},
        ({"date": "1874-03"}, {"date": "1874-09"}, {"date": "1889-01"}),
    ),
    "hotspot": (
        "Where does the line of the old mail ships end?",
        {
            "map": "northeast-asia",
            "places": [
                {
                    "text": "On the mainland coast",
                    "at": [131.9, 43.1],
                    "correct": True,
                },
                {"text": "On the peninsula in the far north-east", "at": [158.6, 53.0]},
                {"text": "In the south of the long island", "at": [142.7, 47.0]},
            ],
        },
        (
            {"place": option_id("On the mainland coast")},
            {"place": option_id("In the south of the long island")},
        ),
    ),
    "evidence": (
        "What does each of these say of the statement?",
        {
            "statement": "The lamp burnt by the end of 1874.",
            "items": [{"text": text, "stance": stance} for text, stance in _STANCES.items()],
        },
        (
            {"stances": {option_id(text): stance for text, stance in _STANCES.items()}},
            {"stances": {option_id("Coal was dear that winter."): "supports"}},
        ),
    ),
    "highlight": (
        "One sentence is wrong. Which?",
        {
            "passage": [
                {"text": "The pier was built in 1872."},
                {"text": "Its lamp burnt oil.", "flawed": True},
                {"text": "The railway came in 1889."},
            ],
            "correction": "Its lamp burnt gas.",
        },
        (
            {"sentence": option_id("Its lamp burnt oil.")},
            {"sentence": option_id("The railway came in 1889.")},
        ),
    ),
    "open_answer": (
        "Would the town have grown without its lamp?",
        {
            "rubric": [
                {
                    "criterion": "Takes a side",
                    "levels": [{"text": "No", "credit": 0}, {"text": "Yes", "credit": 1}],
                },
                {
                    "criterion": "Gives reasons",
                    "levels": [
                        {"text": "None", "credit": 0},
                        {"text": "One", "credit": 1},
                        {"text": "Two that bear on it", "credit": 2},
                    ],
                },
            ],
            "model_answer": "More slowly: the coal came by day, the mail would not have come.",
            "max_words": 200,
        },
        ({"text": "I think so.\n\nThe railway came for the visitors, not for the lamp."},),
    ),
    "flashcard": (
        "What is a leading light?",
        {"back": "A light that, in line with another, marks the way into a harbour."},
        ({"rating": 3}, {"rating": 1}),
    ),
}
