"""True or false, and why: the stem is a statement to be judged, perhaps with the reason."""

from typing import Any, ClassVar

from courses.assessment.domain.checks import check_different, check_one_key, checked_options
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.shuffling import option_id, shuffled
from courses.assessment.domain.types.base import (
    LEFT_OUT,
    RIGHT,
    UNANSWERED,
    Choice,
    Json,
    Pick,
    QuestionType,
    listed_choices,
    option_gone,
)

# A coin toss is not knowledge: without the reason it stays below "nearly".
_TRUTH_ALONE = 1 / 3
_TRUTHS = {"true": Message(gettext_noop("True")), "false": Message(gettext_noop("False"))}
_STATEMENT = Message(gettext_noop("The statement"))
_REASON = Message(gettext_noop("The reason"))
_IS_TRUE = Message(gettext_noop("The statement is true."))
_IS_FALSE = Message(gettext_noop("The statement is false."))
_WRONG_REASON = Message(gettext_noop("That is not the reason."))


class TrueFalse(QuestionType):
    """`truth: true | false`, `reasons?: [{text, correct: true (exactly one), feedback?}]`;
    answer `{"truth": "true" | "false", "reason": id}`.

    With reasons, both right earn 1, the truth alone 1/3, and a wrong truth nothing, whatever
    the reason. Without, the truth earns 1.
    """

    name: ClassVar[str] = "true_false"
    label: ClassVar[str] = gettext_noop("True or false, and why")
    payload_keys: ClassVar[tuple[str, ...]] = ("truth", "reasons")
    answer_keys: ClassVar[tuple[str, ...]] = ("truth", "reason")
    counts_picks: ClassVar[bool] = True
    shows_key_in_place: ClassVar[bool] = True

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        checked: Json = {"truth": fields.get("truth")}
        if not isinstance(checked["truth"], bool):
            check.add(
                "truth",
                "not_true_or_false",
                gettext_noop("Write true if the statement is, and false if it is not."),
            )
        # An empty list says as much as none.
        if fields.get("reasons", []) != []:
            reasons = checked_options(check, fields["reasons"], "reasons", least=2, most=6)
            check_one_key(check, reasons, "reasons")
            check_different(check, reasons, "reasons", key="text")
            checked["reasons"] = reasons
        check.finish()
        return checked

    def render(self, payload: Json, *, seed: int) -> Json:
        reasons = _reasons(payload)
        return {
            "truths": [{"id": name, "text": text} for name, text in _TRUTHS.items()],
            "reasons": [
                {"id": name, "text": Markdown(reasons[name]["text"])}
                for name in shuffled(reasons, seed=seed)
            ],
        }

    def parse(self, payload: Json, raw: object) -> Json:
        fields = self.fields(raw)
        reason = fields.get("reason")
        if reason is None or reason == "":
            reason = None
        elif not isinstance(reason, str) or reason not in _reasons(payload):
            raise option_gone()
        return {"truth": _read_truth(fields.get("truth")), "reason": reason}

    def mark(self, payload: Json, answer: Json) -> Mark:
        truth, reason = _chosen(payload, answer)
        if truth is None and reason is None:
            return mark_of(0.0, PartMark("truth", 0.0, "unanswered", UNANSWERED))
        parts = [_truth_mark(payload, truth)]
        if "reasons" in payload:
            parts.append(_reason_mark(payload, reason))
        return mark_of(_credit(parts), *parts)

    def right_answer(self, payload: Json) -> Json:
        return dict(zip(self.answer_keys, self.solution(payload)["keys"], strict=False))

    def solution(self, payload: Json) -> Json:
        key = _truth_key(payload)
        keys = [key]
        lines: list[Json] = [{"part": "truth", "label": _STATEMENT, "text": _TRUTHS[key]}]
        for name, reason in _reasons(payload).items():
            if reason.get("correct"):
                keys.append(name)
                text = Markdown(reason["text"])
                lines.append({"part": "reason", "label": _REASON, "text": text})
        return {"keys": keys, "lines": lines}

    def given(self, payload: Json, answer: Json) -> Json:
        truth, reason = _chosen(payload, answer)
        lines: dict[str, Any] = {}
        if truth is not None:
            lines["truth"] = _TRUTHS[truth]
        if reason is not None:
            lines["reason"] = Markdown(_reasons(payload)[reason]["text"])
        return {"lines": lines}

    def choices(self, payload: Json) -> list[Choice]:
        return listed_choices(payload, "reasons")

    def picks(self, payload: Json) -> list[Pick]:
        key = _truth_key(payload)
        truths = [Pick(name, text, name == key) for name, text in _TRUTHS.items()]
        return truths + super().picks(payload)


def _reasons(payload: Json) -> dict[str, dict[str, Any]]:
    return {option_id(reason["text"]): reason for reason in payload.get("reasons", ())}


def _truth_key(payload: Json) -> str:
    return "true" if payload["truth"] else "false"


def _read_truth(value: object) -> str | None:
    """Return "true", "false" or None, from a form or from JSON. Raises AnswerInvalid."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value in _TRUTHS:
        return value
    raise AnswerInvalid("not_true_or_false", Message(gettext_noop("Say true or false.")))


def _chosen(payload: Json, answer: Json) -> tuple[str | None, str | None]:
    """Return what a stored answer says of this version: the truth and the id of a reason."""
    truth, reason = answer.get("truth"), answer.get("reason")
    return (
        truth if isinstance(truth, str) and truth in _TRUTHS else None,
        reason if isinstance(reason, str) and reason in _reasons(payload) else None,
    )


def _credit(parts: list[PartMark]) -> float:
    if parts[0].credit < 1.0:
        return 0.0
    return 1.0 if all(part.credit == 1.0 for part in parts) else _TRUTH_ALONE


def _truth_mark(payload: Json, truth: str | None) -> PartMark:
    if truth is None:
        return PartMark("truth", 0.0, "left_out", LEFT_OUT)
    message = _IS_TRUE if payload["truth"] else _IS_FALSE
    if truth == _truth_key(payload):
        return PartMark("truth", 1.0, "right", message)
    return PartMark("truth", 0.0, "wrong_truth", message)


def _reason_mark(payload: Json, name: str | None) -> PartMark:
    if name is None:
        return PartMark("reason", 0.0, "left_out", LEFT_OUT)
    reason = _reasons(payload)[name]
    note = Markdown(reason["feedback"]) if "feedback" in reason else None
    if reason.get("correct"):
        return PartMark("reason", 1.0, "right", RIGHT, note)
    return PartMark("reason", 0.0, "wrong_reason", _WRONG_REASON, note)


TYPE = TrueFalse()
