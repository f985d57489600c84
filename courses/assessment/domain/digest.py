"""Telling a repeated request from another one under the same id."""

import hashlib
import json

from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid

# The longest text that any type takes, with what JSON puts around and between it.
LARGEST_ANSWER = 45_000


def request_digest(*parts: object, largest: int = LARGEST_ANSWER) -> str:
    """Return the SHA-256, in hexadecimal, of JSON-safe `parts`; keys may come in any order.

    Raises AnswerInvalid for what is nested too deeply, is no JSON or is larger than any
    answer can be: more than `largest` characters.
    """
    try:
        canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), default=str)
    except (RecursionError, TypeError, ValueError):
        canonical = ""
    if not canonical or _length(canonical, parts) > largest:
        raise AnswerInvalid(
            "answer_unreadable", Message(gettext_noop("This is too large to be an answer."))
        )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _length(canonical: str, parts: tuple[object, ...]) -> int:
    """Return the characters of the parts as JSON, in which every letter is one."""
    if "\\u" not in canonical:
        return len(canonical)
    return len(json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str))
