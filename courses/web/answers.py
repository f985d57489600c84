"""Answers as forms send them, without JavaScript as with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from courses.common.errors import DomainError
from courses.common.moments import read_moment

# What forms of questions carry beside the answer.
NO_ANSWER = frozenset(
    {"csrfmiddlewaretoken", "response", "question", "served_at", "confidence", "then"}
    | {"revision", "flagged", "on"}
)
_MOST_MS = 24 * 3600 * 1000


class FormIncomplete(DomainError):
    """A form lacks what the page had put into it."""

    code = "form_incomplete"
    status = 400
    message = _("The form was not complete. Load the page again and answer once more.")


@dataclass(frozen=True, slots=True)
class Posted:
    """An answer to a question in the prose of a lesson, as it came at `moment`."""

    question_id: UUID
    response_id: UUID
    raw: dict[str, object]
    moment: datetime
    duration_ms: int


def posted_answer(request: HttpRequest, now: datetime) -> Posted:
    """Return what the form of a question in a lesson carries. Raises FormIncomplete."""
    return Posted(
        question_id=posted_id(request.POST, "question"),
        response_id=posted_id(request.POST, "response"),
        raw=raw_answer(request.POST),
        moment=now,
        duration_ms=duration_ms(posted_moment(request, "served_at"), now),
    )


def raw_answer(form: QueryDict) -> dict[str, object]:
    """Return the answer in a form of any question type, as the domain's types parse it.

    Fields are named as `QuestionType.answer_keys` says: `key`, `key[]`, `key[part]`.
    """
    answer: dict[str, Any] = {}
    for name in form:
        key, bracket, part = name.partition("[")
        if key in NO_ANSWER:
            continue
        if not bracket:
            answer[key] = str(form[name]).replace("\r\n", "\n")
        elif part == "]":
            answer[key] = form.getlist(name)
        else:
            parts = answer.setdefault(key, {})
            if isinstance(parts, dict):
                parts[part.removesuffix("]")] = form[name]
    return answer


def posted_id(form: QueryDict, name: str) -> UUID:
    """Return the id in a hidden field. Raises FormIncomplete."""
    try:
        return UUID(form.get(name, ""))
    except ValueError:
        raise FormIncomplete from None


def posted_number(form: QueryDict, name: str) -> int:
    """Return the whole number in a hidden field, 0 where there is none."""
    text = form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def posted_moment(request: HttpRequest, name: str) -> datetime | None:
    """Return the moment in a hidden field, in UTC; None where there is none to be read."""
    try:
        return read_moment(request.POST.get(name, ""))
    except ValueError:
        return None


def duration_ms(served_at: datetime | None, now: datetime) -> int:
    """Return how long the question was looked at, at most a day; 0 where nobody knows."""
    if served_at is None:
        return 0
    return max(0, min(round((now - served_at).total_seconds() * 1000), _MOST_MS))
