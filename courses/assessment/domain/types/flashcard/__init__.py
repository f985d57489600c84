"""Flashcard: the learner thinks, turns the card and says how well they knew it."""

from typing import ClassVar

from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.types.base import Json, QuestionType

_AGAIN = Message(gettext_noop("Not remembered: it will come back soon."))
_REMEMBERED = Message(gettext_noop("Remembered."))


class Flashcard(QuestionType):
    """`back`; answer `{"rating": 1..4}`: again, hard, good, easy. Never counts for a grade.

    The back is part of what is rendered: nothing is marked by it, and a card must turn
    without a round trip.
    """

    name: ClassVar[str] = "flashcard"
    label: ClassVar[str] = gettext_noop("Flashcard")
    payload_keys: ClassVar[tuple[str, ...]] = ("back",)
    answer_keys: ClassVar[tuple[str, ...]] = ("rating",)
    self_rated: ClassVar[bool] = True

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        checked = {"back": check.text(fields.get("back"), "back", longest=2000)}
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"back": Markdown(payload["back"])}

    def parse(self, payload: Json, raw: object) -> Json:
        rating = self.field(raw)
        if isinstance(rating, str) and rating in {"1", "2", "3", "4"}:
            rating = int(rating)
        if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= 4:
            raise AnswerInvalid(
                "rating_out_of_range", Message(gettext_noop("Rate from 1 (again) to 4 (easy)."))
            )
        return {"rating": rating}

    def mark(self, payload: Json, answer: Json) -> Mark:
        rating = answer.get("rating")
        if isinstance(rating, int) and rating > 1:
            return mark_of(1.0, PartMark("rating", 1.0, "remembered", _REMEMBERED))
        return mark_of(0.0, PartMark("rating", 0.0, "forgotten", _AGAIN))

    def right_answer(self, payload: Json) -> Json:
        return {"rating": 3}

    def solution(self, payload: Json) -> Json:
        return {"text": Markdown(payload["back"])}


TYPE = Flashcard()
