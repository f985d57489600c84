"""Questions and feedback as JSON-safe values, for pages and the API alike.

Authored Markdown under a key `x` becomes rendered, sanitised HTML under `x_html`; text
that is shown as it is stands under `x`, and escaped under `x_html`, and so do sentences of ours.

What `question_view` gives in `body` is what the type's `render` returns; `form_html`, where it is
asked for, holds the inputs as the pages show them, and a client that puts it into a form needs to
know no types. `feedback_view` tells alike of every type:

- `solution`: `text_html` (the answer in words), `keys` (the names of the parts that are right),
  `text_label` and `lines_label` where a type has names of its own for that and the lines
- `lines`: what there is to say part by part, each `{part, label_html, text_html, date_text,
  given_html, credit, text, note_html}`; `in_order` says that their order is the answer
- `given`: the answer that was given in words, `{text_html}` (and `text` where typed), or empty
"""

import dataclasses
import time
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.review_options import ANSWERS, EXPLANATION, SCORE
from courses.assessment.domain.types import get_type
from courses.assessment.keeping import Kept
from courses.assessment.models import QuestionVersion
from courses.assessment.showing import body_view, mark_view
from courses.assessment.templatetags.questions import question_template
from courses.assessment.versions import KEPT_VERSIONS, KeptVersion, as_kept, kept_version
from courses.assessment.wording import sentence
from courses.content.rendering import render_inline
from courses.content.selectors import claim_cards_by_id

# How long a process may show a claim as it was before a correction made elsewhere.
NOTES_SECONDS = 30.0

_notes: Kept[tuple[Any, str], tuple[float, list[dict[str, Any]]]] = Kept(size=KEPT_VERSIONS)


def question_view(version: QuestionVersion, *, seed: int, form: bool = False) -> dict[str, Any]:
    """Return what a client needs to ask the question; nothing in it gives the answer away.

    Only the back of a self-rated card is in it, so that the card turns without a round trip.
    With `form`, the inputs come along as HTML, or for a self-rated card, which has none, what
    stands behind its back.
    """
    kept = as_kept(version)
    stored = kept.version
    view = {
        "id": str(stored.question_id),
        "version": str(stored.pk),
        "type": stored.type,
        "slug": stored.question.slug,
        "language": stored.question.course.language,
        "stem_html": _html(kept, stored.stem),
        "body": body_view(kept.type, stored.payload, seed=seed, html=partial(_html, kept)),
        "self_rated": kept.type.self_rated,
    }
    if form:
        view |= _behind(kept) if kept.type.self_rated else {"form_html": form_html(view)}
    return view


def form_html(view: dict[str, Any]) -> str:
    """Return the inputs of a question as HTML; `view` is one of `question_view`."""
    template = question_template(view)
    return render_to_string(template, {"q": view, "uid": f"q-{view['id']}", "optional": True})


def feedback_view(version: QuestionVersion, answer: dict[str, Any], mark: Mark) -> dict[str, Any]:
    """Return what a learner sees after answering: the mark, the solution and where it is from."""
    kept = as_kept(version)
    stored = kept.version
    html = partial(_html, kept)
    return {
        "version": str(stored.pk),
        "type": stored.type,
        "language": stored.question.course.language,
        **mark_view(kept.type, stored.payload, answer, mark, html=html),
        **_behind(kept),
    }


# What each thing that may be told brings with it; the rest is known to who answered.
_TELLS = {
    SCORE: ("verdict", "verdict_text", "credit"),
    ANSWERS: ("parts", "solution", "lines", "in_place"),
    EXPLANATION: ("explanation_html", "claims"),
}
_OWN = ("version", "type", "language", "answer", "given")


def told_view(
    version: QuestionVersion, answer: dict[str, Any], mark: Mark, told: Collection[str]
) -> dict[str, Any]:
    """Return the part of a feedback view that may be told; `told` is of `review_options.TOLD`.

    What may not is not in it at all. An author's remarks about single options come with the
    explanation, for they tell which is right.
    """
    whole = feedback_view(version, answer, mark)
    names = [*_OWN, *(key for thing in _TELLS if thing in told for key in _TELLS[thing])]
    view = {name: whole[name] for name in names} | {"told": [one for one in _TELLS if one in told]}
    if ANSWERS in told and EXPLANATION not in told:
        for key in ("parts", "lines"):
            view[key] = [part | {"note_html": ""} for part in view[key]]
    return view


def left_open_view(version: QuestionVersion, told: Collection[str]) -> dict[str, Any]:
    """Return what may be told of a question that nobody answered: the solution, and why."""
    mark = get_type(version.type).mark(version.payload, {})
    view = told_view(version, {}, mark, told)
    # There is no answer to say anything of, nor a verdict on it.
    return view | {"verdict": "", "parts": [], "given": {}}


def hint_html(version: QuestionVersion, index: int) -> str:
    """Return hint `index` (from 0) of a question as sanitised HTML."""
    kept = kept_version(version.pk)
    return _html(kept, kept.version.hints[index])


def forget_claim_notes() -> None:
    """Empty this process's store of claims, after one of them was revised."""
    _notes.clear()


def _html(kept: KeptVersion, text: str) -> str:
    key = (get_language() or "", str(text))
    html = kept.html.get(key)
    if html is None:
        language = kept.version.question.course.language
        html = str(render_inline(str(text), course_slug=kept.course_slug, language=language))
        kept.html[key] = html
    return html


def _behind(kept: KeptVersion) -> dict[str, Any]:
    """Return why the answer is right, and where that comes from."""
    explanation = _html(kept, kept.version.explanation)
    return {"explanation_html": explanation, "claims": _claim_notes(kept)}


def _claim_notes(kept: KeptVersion) -> list[dict[str, Any]]:
    """Return the claims of a version as JSON, at most NOTES_SECONDS old."""
    return read_claim_notes([kept])[0]


def read_claim_notes(asked: Iterable[KeptVersion]) -> list[list[dict[str, Any]]]:
    """Return the claims of each version as JSON, at most NOTES_SECONDS old; one query or none."""
    # Age in a process, not a moment of the domain: no clock that tests move.
    tick, language = time.monotonic(), get_language() or ""
    listed = list(asked)
    names = [(kept.version.pk, language) for kept in listed]
    known = {name: found for name in names if (found := _notes.get(name)) and found[0] >= tick}
    missing = [(name, kept.claim_ids) for name, kept in zip(names, listed, strict=True)
               if name not in known]  # fmt: skip
    wanted = {claim for _name, claims in missing for claim in claims}
    cards = claim_cards_by_id(wanted)
    for name, claims in missing:
        notes = [dataclasses.asdict(cards[claim]) for claim in claims if claim in cards]
        known[name] = (tick + NOTES_SECONDS, notes)
        _notes.put(name, known[name])
    return [known[name][1] for name in names]


def reading_problem(version: QuestionVersion, answer: object) -> str:
    """Return why what stands at a question cannot be read as an answer, which tells nothing of
    whether it is right; "" where it can be read, or where nothing stands there."""
    if not says_anything(answer):
        return ""
    try:
        get_type(version.type).parse(version.payload, answer)
    except AnswerInvalid as invalid:
        return sentence(invalid.message)
    return ""


def says_anything(answer: object) -> bool:
    """Tell whether something stands in an answer as it was sent."""
    if isinstance(answer, dict):
        return any(says_anything(part) for part in answer.values())
    if isinstance(answer, list):
        return any(says_anything(part) for part in answer)
    return bool(str(answer or "").strip())
