"""What the page of an attempt shows: one question, how far one is, what was told of it."""

from collections import Counter
from datetime import datetime
from typing import Any

from courses.assessment.domain.review_options import SCORE
from courses.assessment.models import Confidence, Quiz
from courses.assessment.presenting import (
    hint_html,
    left_open_view,
    question_view,
    reading_problem,
    says_anything,
    told_view,
)
from courses.assessment.selectors import AttemptItem, AttemptPage, tells_at_once
from courses.assessment.selectors.sittings import takes_confidence
from courses.common.ids import new_id

_VERDICTS = ("right", "nearly", "wrong", "awaiting", "saved", "open")


def attempt_context(
    page: AttemptPage, item: AttemptItem | None, moment: datetime
) -> dict[str, Any]:
    """Return what the page of an attempt needs, at one of its questions or at none."""
    quiz = page.attempt.quiz
    states = [(one, state_of(page, one)) for one in page.items]
    counts = Counter(state for _one, state in states)
    context: dict[str, Any] = {
        "page": page,
        "attempt": page.attempt,
        "quiz": quiz,
        "item": item,
        "now": moment,
        "at_once": tells_at_once(quiz),
        "sequential": is_sequential(page),
        "states": states,
        "counts": [(name, counts[name]) for name in _VERDICTS if counts[name]],
        "left_open": counts["open"],
        "scored": SCORE in page.told,
        "levels": Confidence.choices if quiz.confidence else (),
    }
    if item is None:
        return context
    if not takes_confidence(item.version.type):
        context["levels"] = ()
    return context | item_context(page, item, moment) | {"next": following(page, item)}


def item_context(page: AttemptPage, item: AttemptItem, moment: datetime) -> dict[str, Any]:
    """Return what the templates of a question need: asked, or with what may be told of it."""
    asked: dict[str, Any] = {
        "q": question_view(item.version, seed=item.seed),
        "uid": f"q-{item.number}",
    }
    if item.response is None or item.mark is None or item.marked_by is None:
        saved = item.saved
        if page.attempt.submitted_at is not None:
            asked["left_open"] = left_open_view(item.version, page.told_of(item))
        return asked | {
            "answer_id": new_id(),
            "served_at": moment.isoformat(),
            "given": saved.answer if saved else {},
            "saved": saved,
            "problem": reading_problem(item.version, saved.answer) if saved else "",
            "second_try": bool(saved and saved.tries),
            **_hints(page, item),
        }
    given = item.given
    feedback = told_view(item.marked_by, given, item.mark, page.told_of(item))
    if item.marking is not None and SCORE in page.told:
        feedback["comment"] = item.marking.comment
    return asked | {"given": given, "feedback": feedback}


def state_of(page: AttemptPage, item: AttemptItem) -> str:
    """Return one word for a question in the row of numbers: a verdict, saved, or open."""
    if item.mark is not None:
        return item.mark.verdict if SCORE in page.told_of(item) else "saved"
    return "saved" if item.saved is not None and says_anything(item.saved.answer) else "open"


def unread_answers(page: AttemptPage) -> list[tuple[AttemptItem, str]]:
    """Return the questions whose saved answer cannot be read, each with the reason.

    None for a quiz without a way back: nothing could be done about it.
    """
    if is_sequential(page):
        return []
    open_ = [item for item in page.items if item.response is None and item.saved is not None]
    told = [
        (item, reading_problem(item.version, item.saved.answer)) for item in open_ if item.saved
    ]
    return [(item, problem) for item, problem in told if problem]


def is_sequential(page: AttemptPage) -> bool:
    """Tell whether only the question at hand may be seen."""
    return page.attempt.quiz.navigation == Quiz.Navigation.SEQUENTIAL


def following(page: AttemptPage, item: AttemptItem) -> AttemptItem | None:
    """Return the question to go on with after `item`, None after the last."""
    if is_sequential(page) or not tells_at_once(page.attempt.quiz):
        return page.items[item.number] if item.number < len(page.items) else None
    later = [one for one in page.items if one.response is None and one.number > item.number]
    return later[0] if later else page.next_item


def _hints(page: AttemptPage, item: AttemptItem) -> dict[str, Any]:
    cost = page.attempt.quiz.hint_cost
    if cost is None:
        return {"hints": (), "hints_left": 0}
    taken = item.saved.hints_used if item.saved else 0
    return {
        "hints": [hint_html(item.version, number) for number in range(taken)],
        "hints_left": len(item.version.hints) - taken,
        "hint_number": taken + 1,
        "hint_cost": cost,
    }
