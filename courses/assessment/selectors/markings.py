"""The marks of responses as they stand: by their type, by a person, or by a later key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark, PartMark, awaiting, mark_of
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.scoring import is_confident_error
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.open_answer import LevelsMissing, mark_by_rubric
from courses.assessment.models import Marking, QuestionVersion, Response
from courses.assessment.versions import get_version, get_versions

_AWAITING = Message(gettext_noop("Your teacher marks this; it counts once that is done."))
_BY_HAND = Message(gettext_noop("Marked by your teacher."))


def version_of(response: Response) -> QuestionVersion:
    """Return the version by whose key the response is marked."""
    return get_version(response.marked_version_id or response.version_id)


def deciding_answer(response: Response) -> dict[str, Any]:
    """Return the answer of a response that counts.

    That is the last one; the first, where a key that was mended since says that it was right.
    """
    first = first_mark(response)
    if first is not None and first.verdict == "right":
        return response.first_answer or {}
    return response.answer


def first_mark(response: Response) -> Mark | None:
    """Return the mark of a first try that was not the last; None for an answer given at once."""
    if response.tries == 1 or response.first_answer is None:
        return None
    version = version_of(response)
    return get_type(version.type).mark(version.payload, response.first_answer)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a learner wrote at a question in a lesson, with its mark and what was written to it."""

    text: str
    answered_at: datetime
    mark: Mark
    comment: str


def own_words(learner: User, question_id: UUID) -> list[OwnWords]:
    """Return what the learner wrote at a question that a person marks, in lessons, latest first.

    At most two queries, and those for versions that this process has not kept. Nothing for other
    types.
    """
    mine = Response.objects.filter(learner=learner, question_id=question_id, attempt=None)
    found = list(mine.order_by("-answered_at", "-id"))
    get_versions(one.marked_version_id or one.version_id for one in found)
    given = [one for one in found if get_type(version_of(one).type).marked_by_hand]
    markings = markings_of(given)
    return [
        OwnWords(
            text=str(one.answer.get("text") or ""),
            answered_at=one.answered_at,
            mark=mark_of_response(one, markings.get(one.id)),
            comment=markings[one.id].comment if one.id in markings else "",
        )
        for one in given
    ]


def was_confident_error(response: Response) -> bool:
    """Tell whether it was answered as sure, and wrong: at the first try, where there were two."""
    first = first_mark(response)
    credit = first.credit if first else response.credit
    return is_confident_error(credit, response.confidence)


def mark_of_response(response: Response, marking: Marking | None = None) -> Mark:
    """Return the mark of a response; `marking` is the latest one of a person, if there is any."""
    version = version_of(response)
    question_type = get_type(version.type)
    if not question_type.marked_by_hand:
        return question_type.mark(version.payload, deciding_answer(response))
    if marking is None:
        mark = question_type.mark(version.payload, response.answer)
        return mark if response.credit is None or mark.verdict != "awaiting" else _waiting()
    try:
        return mark_by_rubric(version.payload, marking.levels)
    except LevelsMissing:  # the rubric has changed since
        return mark_of(marking.credit, PartMark("text", marking.credit, "by_hand", _BY_HAND))


def markings_of(responses: Iterable[Response]) -> dict[UUID, Marking]:
    """Return the latest marking of each response, by the response's id; one query.

    The responses are those of one learner.
    """
    by_hand = [one for one in responses if get_type(version_of(one).type).marked_by_hand]
    if not by_hand:
        return {}
    made = Marking.objects.filter(
        learner_id=by_hand[0].learner_id, response_id__in=[one.id for one in by_hand]
    )
    return {one.response_id: one for one in made.order_by("marked_at", "id")}


def _waiting() -> Mark:
    return awaiting(PartMark("text", 0.0, "awaiting", _AWAITING))
