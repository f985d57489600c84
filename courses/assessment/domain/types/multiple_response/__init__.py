"""Multiple response: some options of several are right."""

from typing import ClassVar

from courses.assessment.domain.checks import check_different, check_no_key, checked_options
from courses.assessment.domain.guessing import right_minus_wrong
from courses.assessment.domain.marks import Mark, PartMark, mark_of
from courses.assessment.domain.messages import Markdown, Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid, Checker
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.types.base import (
    RIGHT,
    UNANSWERED,
    Choice,
    Json,
    QuestionType,
    listed_choices,
    option_gone,
)
from courses.assessment.domain.types.picking import shown_options

_BELONGS = Message(gettext_noop("Belongs to the answer."))
_DOES_NOT = Message(gettext_noop("Does not belong to the answer."))
_MISSED = Message(gettext_noop("You left this one out."))
_TICKED = Message(gettext_noop("You ticked this one."))


class MultipleResponse(QuestionType):
    """`options: [{text, correct?: true, feedback?}]`; answer `{"options": [ids]}`.

    At least one option is right and one is wrong. The credit is right minus wrong: the share
    of the right options that were ticked less the share of the wrong ones that were.
    """

    name: ClassVar[str] = "multiple_response"
    label: ClassVar[str] = gettext_noop("Multiple response")
    payload_keys: ClassVar[tuple[str, ...]] = ("options",)
    answer_keys: ClassVar[tuple[str, ...]] = ("options",)
    shows_key_in_place: ClassVar[bool] = True
    counts_picks: ClassVar[bool] = True

    def validate(self, payload: object) -> Json:
        check = Checker()
        fields = check.mapping(payload, "", known=self.payload_keys)
        options = checked_options(check, fields.get("options"), "options", least=2, most=10)
        keys = [option for option in options if option.get("correct")]
        if options and not keys:
            check_no_key(check, "options")
        if options and len(keys) == len(options):
            check.add(
                "options",
                "all_keys",
                gettext_noop("All options are right; leave “correct” out for those that are not."),
            )
        check_different(check, options, "options", key="text")
        check.finish()
        return {"options": options}

    def render(self, payload: Json, *, seed: int) -> Json:
        return {"options": shown_options(payload, seed=seed)}

    def parse(self, payload: Json, raw: object) -> Json:
        chosen = self.field(raw)
        if chosen is None or chosen == "":
            return {"options": []}
        if not isinstance(chosen, list):
            raise AnswerInvalid("not_a_list", Message(gettext_noop("Send a list of options.")))
        ids = [option_id(option["text"]) for option in payload["options"]]
        if not all(isinstance(name, str) and name in ids for name in chosen):
            raise option_gone()
        return {"options": [name for name in ids if name in chosen]}

    def mark(self, payload: Json, answer: Json) -> Mark:
        ticked = _ticked(payload, answer)
        if not ticked:
            return mark_of(0.0, PartMark("options", 0.0, "unanswered", UNANSWERED))
        keys = set(self.solution(payload)["keys"])
        credit = right_minus_wrong(
            hits=len(ticked & keys),
            keys=len(keys),
            false=len(ticked - keys),
            others=len(payload["options"]) - len(keys),
        )
        return mark_of(credit, *(_part_mark(option, ticked) for option in payload["options"]))

    def right_answer(self, payload: Json) -> Json:
        return {"options": self.solution(payload)["keys"]}

    def solution(self, payload: Json) -> Json:
        options = {option_id(option["text"]): option for option in payload["options"]}
        return {
            "keys": [name for name in options if options[name].get("correct")],
            "lines": [
                {
                    "part": name,
                    "label": Markdown(option["text"]),
                    "text": _BELONGS if option.get("correct") else _DOES_NOT,
                }
                for name, option in options.items()
            ],
        }

    def choices(self, payload: Json) -> list[Choice]:
        return listed_choices(payload)


def _ticked(payload: Json, answer: Json) -> set[str]:
    """Return the options of this version that a stored answer ticks."""
    stored = answer.get("options")
    ids = {option_id(option["text"]) for option in payload["options"]}
    if not isinstance(stored, list):
        return set()
    return ids.intersection(name for name in stored if isinstance(name, str))


def _part_mark(option: Json, ticked: set[str]) -> PartMark:
    name = option_id(option["text"])
    note = Markdown(option["feedback"]) if "feedback" in option else None
    if bool(option.get("correct")) == (name in ticked):
        # Nothing to say of what was rightly passed over.
        return PartMark(name, 1.0, "right", RIGHT, note if name in ticked else None)
    if name in ticked:
        return PartMark(name, 0.0, "ticked", _TICKED, note)
    return PartMark(name, 0.0, "missed", _MISSED, note)


TYPE = MultipleResponse()
