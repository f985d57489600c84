"""What every question type can do."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid
from courses.assessment.domain.shuffling import option_id

Json = dict[str, Any]

# A hard break: the back of a card has no paragraphs.
_NEW_LINE = "  \n"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several texts that a learner picks from, and whether picking it is right."""

    path: str
    text: str
    correct: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that an answer may pick: `id` is what it stores, with `of` before a colon.

    `of` is the part that it is picked for, Markdown, and empty where there is one for all.
    """

    id: str
    text: str | Message
    correct: bool
    of: str = ""


class QuestionType(ABC):
    """One kind of question: how its payload is checked, shown, answered and marked.

    A type is a folder: `__init__.py` holds it as TYPE, `question.html` shows it, and
    `skeleton.yaml` is the small valid payload that authors begin with. Types keep no state. A
    payload given to any method but `validate` is one that `validate` returned; an answer given
    to `mark` is one that `parse` returned, possibly for another version of the question, and is
    marked without ever failing.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    # The payload's keys in a course file, in the order in which they are written there.
    payload_keys: ClassVar[tuple[str, ...]]
    # The keys that an answer may have. A form names its fields after them: `key` for a text,
    # `key[]` for one of several, `key[part]` for one of those that belong to a part.
    answer_keys: ClassVar[tuple[str, ...]]
    # The learner, who has seen the answer, says how well they knew it; never graded.
    self_rated: ClassVar[bool] = False
    # A person marks it: `mark` gives the verdict "awaiting", but nothing earns 0 at once.
    marked_by_hand: ClassVar[bool] = False
    # Its own form shows which parts are right; nothing has to repeat them beneath it.
    shows_key_in_place: ClassVar[bool] = False
    # What answers pick can be counted: an item analysis reads `picks`.
    counts_picks: ClassVar[bool] = False

    @abstractmethod
    def validate(self, payload: object) -> Json:
        """Return the payload in its canonical form: JSON-safe, stripped, nothing added.

        Raises PayloadInvalid with every problem at once.
        """

    @abstractmethod
    def render(self, payload: Json, *, seed: int) -> Json:
        """Return what a client needs to ask the question, without any hint of its key.

        The order of options depends on `seed` only. Authored Markdown is marked as such, and
        words of ours are Messages.
        """

    @abstractmethod
    def parse(self, payload: Json, raw: object) -> Json:
        """Return what the client sent as an answer in its canonical form.

        An answer left empty is one; raises AnswerInvalid for what cannot be read.
        """

    @abstractmethod
    def mark(self, payload: Json, answer: Json) -> Mark:
        """Return the mark of an answer; the key earns 1, nothing earns 0.

        A part of the mark is named as the element of the form it is about (`data-part`).
        """

    @abstractmethod
    def right_answer(self, payload: Json) -> Json:
        """Return an answer that earns all, as a client would send it.

        Of a type that a person marks: what stands for one, which may be refused as too short.
        """

    @abstractmethod
    def solution(self, payload: Json) -> Json:
        """Return the right answer, to be shown after answering, as any of

        - `text`: it in words, Markdown, Plain, a Period or a Message of ours;
        - `keys`: the names of the parts of the form that are right;
        - `lines`: `[{part, label?, text, date?}]`, one for each part, in the order to show;
        - `in_order`: true where the order of the lines is the answer.
        """

    def back(self, payload: Json) -> str:
        """Return what the back of its card says, Markdown: the solution, a line for each part.

        For types that a person marks: nobody marks what is only reviewed, so its learner turns
        the card and rates it.
        """
        solution = self.solution(payload)
        lines = [f"{line['label']}: {line['text']}" for line in solution.get("lines", [])]
        texts = [solution["text"], *lines] if "text" in solution else lines
        return _NEW_LINE.join(re.sub(r"\n\s*\n", _NEW_LINE, str(text)) for text in texts)

    def given(self, payload: Json, answer: Json) -> Json:
        """Return an answer as its giver is shown it beside the right one.

        `text` where the solution has one, `lines: {part: text}` for lines of the solution.
        Nothing where the solution tells what was given, or nothing was.
        """
        return {}

    def texts(self, payload: Json) -> Iterator[tuple[str, str]]:
        """Yield every text that learners read in the payload, each with its path.

        They are what the linter reads. Paths are as in problems: `options[1].text`.
        """
        yield from texts_in(payload)

    def choices(self, payload: Json) -> list[Choice]:
        """Return what the learner picks from, in its authored order; nothing for other types.

        The linter compares them, in drafts too: what cannot be read is left out.
        """
        return []

    def picks(self, payload: Json) -> list[Pick]:
        """Return all that an answer may pick, in the authored order; for `counts_picks`."""
        return [Pick(option_id(one.text), one.text, one.correct) for one in self.choices(payload)]

    def fields(self, raw: object) -> Json:
        """Return a raw answer as a dict with none but this type's keys. Raises AnswerInvalid."""
        if not isinstance(raw, Mapping):
            raise AnswerInvalid(
                "answer_not_an_object", Message(gettext_noop("An answer is a JSON object."))
            )
        if any(key not in self.answer_keys for key in raw):
            raise AnswerInvalid(
                "answer_unknown_key",
                Message(
                    gettext_noop("An answer to this question has no other keys than: %(keys)s."),
                    {"keys": ", ".join(self.answer_keys)},
                ),
            )
        return dict(raw)

    def field(self, raw: object) -> Any:
        """Return the first field of a raw answer, None where it was left out."""
        return self.fields(raw).get(self.answer_keys[0])


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text inside a payload, valid or not, with its path from `path` on."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from texts_in(entry, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from texts_in(entry, f"{path}[{index}]")


def listed_choices(payload: Json, name: str = "options") -> list[Choice]:
    """Return the choices of a payload's list of `{text, correct?}`, as far as they can be read."""
    listed = payload.get(name)
    return [
        Choice(f"{name}[{index}].text", option["text"].strip(), option.get("correct") is True)
        for index, option in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(option, Mapping) and isinstance(option.get("text"), str)
    ]


def option_gone() -> AnswerInvalid:
    """Return the error for an option that this version of the question does not have."""
    return AnswerInvalid(
        "option_unknown",
        Message(gettext_noop("The question has changed since it was shown. Load it again.")),
    )


UNANSWERED = Message(gettext_noop("No answer was given."))
RIGHT = Message(gettext_noop("That is right."))
LEFT_OUT = Message(gettext_noop("This one was left out."))
