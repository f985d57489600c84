"""From what a client sent to an answer with its mark."""

from typing import Any

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.types import get_type
from courses.assessment.errors import AnswerRefused
from courses.assessment.models import QuestionVersion

_NOTHING = Message(gettext_noop("There is no answer here yet. Choose or write one first."))


def read_answer(version: QuestionVersion, raw_answer: object) -> tuple[dict[str, Any], Mark]:
    """Return a final answer in its canonical form, and its mark.

    Raises AnswerRefused for what cannot be read, and for an answer left empty: nobody means
    that, and it would use up the only one there is.
    """
    question_type = get_type(version.type)
    try:
        answer = question_type.parse(version.payload, raw_answer)
        mark = question_type.mark(version.payload, answer)
        if mark.blank:
            raise AnswerInvalid("no_answer", _NOTHING)
    except AnswerInvalid as invalid:
        raise AnswerRefused(invalid) from invalid
    return answer, mark
