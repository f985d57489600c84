"""Questions and feedback as JSON-safe values, for pages and the API alike.

Authored Markdown under a key `x` becomes rendered, sanitised HTML under `x_html`; text
that is shown as it is stands under `x`, and escaped under `x_html`.

What `question_view` gives in `body`, and `feedback_view` in `solution`:

- single_choice: `options: [{id, text_html}]`; `{option, text_html}`
- numeric: `unit`; `{value, unit, text, text_html, low, high}`
- short_text: `max_length`; `{text, text_html, also: [...]}`
- ordering: `items: [{id, text_html}]`; `items: [{id, text_html, date, date_text}]`
- flashcard: `back_html`; `{text_html}`

`given` in feedback is the answer in words, `{text_html}` (and `text` where it was typed), or empty.
"""

import dataclasses
import time
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.assessment.domain.marks import Mark, PartMark
from courses.assessment.domain.messages import Markdown, Period, Plain
from courses.assessment.keeping import Kept
from courses.assessment.models import QuestionVersion
from courses.assessment.versions import KEPT_VERSIONS, KeptVersion, kept_version
from courses.assessment.wording import sentence
from courses.content.dates import date_text
from courses.content.rendering import render_inline
from courses.content.selectors import claim_cards

VERDICTS = {"right": _("Right"), "nearly": _("Nearly"), "wrong": _("Not right")}
# How long a process may show a claim as it was before a correction made elsewhere.
NOTES_SECONDS = 30.0

_notes: Kept[tuple[Any, str], tuple[float, list[dict[str, Any]]]] = Kept(size=KEPT_VERSIONS)


def question_view(version: QuestionVersion, *, seed: int) -> dict[str, Any]:
    """Return what a client needs to ask the question; nothing in it gives the answer away.

    Only the back of a self-rated card is in it, so that the card turns without a round trip.
    """
    kept = kept_version(version.pk)
    stored = kept.version
    return {
        "id": str(stored.question_id),
        "version": str(stored.pk),
        "type": stored.type,
        "slug": stored.question.slug,
        "language": stored.question.course.language,
        "stem_html": _html(kept, stored.stem),
        "body": _shown(kept, kept.type.render(stored.payload, seed=seed)),
        "self_rated": kept.type.self_rated,
    }


def feedback_view(version: QuestionVersion, answer: dict[str, Any], mark: Mark) -> dict[str, Any]:
    """Return what a learner sees after answering: the mark, the solution and where it is from."""
    kept = kept_version(version.pk)
    stored = kept.version
    return {
        "version": str(stored.pk),
        "type": stored.type,
        "language": stored.question.course.language,
        "answer": answer,
        "given": _shown(kept, kept.type.given(stored.payload, answer)),
        "verdict": mark.verdict,
        "verdict_text": str(VERDICTS[mark.verdict]),
        "credit": mark.credit,
        "parts": [_part_view(kept, part) for part in mark.parts],
        "solution": _shown(kept, kept.type.solution(stored.payload)),
        "explanation_html": _html(kept, stored.explanation),
        "claims": _claim_notes(kept),
    }


def forget_claim_notes() -> None:
    """Empty this process's store of claims, after one of them was revised."""
    _notes.clear()


def _part_view(kept: KeptVersion, part: PartMark) -> dict[str, Any]:
    return {
        "part": part.part,
        "credit": part.credit,
        "reason": part.reason,
        "text": sentence(part.message),
        "note_html": _html(kept, part.note) if part.note else "",
    }


def _shown(kept: KeptVersion, value: Any) -> Any:
    """Return a value of the domain with its Markdown rendered, as plain JSON types."""
    if isinstance(value, list):
        return [_shown(kept, entry) for entry in value]
    if not isinstance(value, dict):
        return value
    shown: dict[str, Any] = {}
    for key, entry in value.items():
        if isinstance(entry, Markdown):
            shown[f"{key}_html"] = _html(kept, entry)
        elif isinstance(entry, Plain):
            shown[key] = str(entry)
            shown[f"{key}_html"] = str(escape(str(entry)))
        elif isinstance(entry, Period):
            shown[key] = str(entry)
            shown[f"{key}_text"] = date_text(entry) if entry else ""
        else:
            shown[key] = _shown(kept, entry)
    return shown


def _html(kept: KeptVersion, text: str) -> str:
    key = (get_language() or "", str(text))
    html = kept.html.get(key)
    if html is None:
        language = kept.version.question.course.language
        html = str(render_inline(str(text), course_slug=kept.course_slug, language=language))
        kept.html[key] = html
    return html


def _claim_notes(kept: KeptVersion) -> list[dict[str, Any]]:
    """Return the claims of a version as JSON, at most NOTES_SECONDS old."""
    if not kept.claim_ids:
        return []
    key = (kept.version.pk, get_language() or "")
    # Age in a process, not a moment of the domain: no clock that tests move.
    tick = time.monotonic()
    found = _notes.get(key)
    if found is None or found[0] < tick:
        notes = [dataclasses.asdict(note) for note in claim_cards(kept.claim_ids)]
        found = (tick + NOTES_SECONDS, notes)
        _notes.put(key, found)
    return found[1]
