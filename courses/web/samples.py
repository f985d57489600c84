"""Made-up prose and questions in every type and state, for the page that shows the components."""

from typing import Any

from django.utils.html import escape

from courses.assessment.domain.types import get_type, skeleton, type_names
from courses.assessment.showing import body_view, mark_view
from courses.exchange.domain.nodes import read_yaml, value_of
from courses.web.sample_questions import SAMPLES, Sample

Json = dict[str, Any]

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
_NOBODY = "00000000-0000-7000-8000-000000000000"


def asked() -> list[Json]:
    """Return a question of each type, as the pages ask it."""
    return [_view(name) for name in type_names()]


def answered() -> list[Json]:
    """Return each sample with each of its answers: `{q, given, feedback}`."""
    return [_feedback(name, raw) for name in type_names() for raw in _sample(name)[2]]


def _sample(name: str) -> Sample:
    """Return the sample of a type; where none is written, what its authors begin with."""
    if name in SAMPLES:
        return SAMPLES[name]
    kind = get_type(name)
    document = read_yaml(skeleton(name), file=name, mistakes=[])
    payload: Any = document and document.root and value_of(document.root, file=name, mistakes=[])
    return kind.label, payload, (kind.right_answer(kind.validate(payload)),)


def _view(name: str) -> Json:
    stem, payload, _raws = _sample(name)
    kind = get_type(name)
    return {
        "id": _NOBODY,
        "version": _NOBODY,
        "type": name,
        "slug": f"sample-{name}",
        "language": "en",
        "stem_html": escape(stem),
        "body": body_view(kind, kind.validate(payload), seed=7, html=escape),
        "self_rated": kind.self_rated,
    }


def _feedback(name: str, raw: Json) -> Json:
    kind = get_type(name)
    payload = kind.validate(_sample(name)[1])
    given = kind.parse(payload, raw)
    feedback = mark_view(kind, payload, given, kind.mark(payload, given), html=escape)
    more = {"version": _NOBODY, "type": name, "explanation_html": _EXPLANATION, "claims": [CLAIM]}
    return {"q": _view(name), "given": given, "feedback": feedback | more}


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
