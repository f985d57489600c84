"""What every question type can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.problems import AnswerInvalid

Json = dict[str, Any]


class QuestionType(ABC):
    """One kind of question: how its payload is checked, shown, answered and marked.

    Types keep no state. A payload given to any method but `validate` is one that
    `validate` returned; an answer given to `mark` is one that `parse` returned, possibly
    for another version of the question, and is marked without ever failing.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    # The payload's keys in a course file, in the order in which they are written there.
    payload_keys: ClassVar[tuple[str, ...]]
    # The key of the one field of an answer.
    answer_key: ClassVar[str]
    # The learner, who has seen the answer, says how well they knew it; never graded.
    self_rated: ClassVar[bool] = False

    @abstractmethod
    def validate(self, payload: object) -> Json:
        """Return the payload in its canonical form: JSON-safe, stripped, nothing added.

        Raises PayloadInvalid with every problem at once.
        """

    @abstractmethod
    def render(self, payload: Json, *, seed: int) -> Json:
        """Return what a client needs to ask the question, without any hint of its key.

        The order of options depends on `seed` only. Authored Markdown is marked as such.
        """

    @abstractmethod
    def parse(self, payload: Json, raw: object) -> Json:
        """Return what the client sent as an answer in its canonical form.

        An answer left empty is one; raises AnswerInvalid for what cannot be read.
        """

    @abstractmethod
    def mark(self, payload: Json, answer: Json) -> Mark:
        """Return the mark of an answer; the key earns 1, nothing earns 0."""

    @abstractmethod
    def solution(self, payload: Json) -> Json:
        """Return the right answer, to be shown after answering."""

    def given(self, payload: Json, answer: Json) -> Json:
        """Return an answer as its giver is shown it beside the right one: `text`, if it has one.

        Nothing where the solution tells what was given, or nothing was.
        """
        return {}

    def field(self, raw: object) -> Any:
        """Return the one field of a raw answer, None where it was left out."""
        if not isinstance(raw, Mapping):
            raise AnswerInvalid(
                "answer_not_an_object", Message(gettext_noop("An answer is a JSON object."))
            )
        if any(key != self.answer_key for key in raw):
            raise AnswerInvalid(
                "answer_unknown_key",
                Message(
                    gettext_noop("An answer to this question has one key, “%(key)s”."),
                    {"key": self.answer_key},
                ),
            )
        return raw.get(self.answer_key)


def option_gone() -> AnswerInvalid:
    """Return the error for an option that this version of the question does not have."""
    return AnswerInvalid(
        "option_unknown",
        Message(gettext_noop("The question has changed since it was shown. Load it again.")),
    )


UNANSWERED = Message(gettext_noop("No answer was given."))
RIGHT = Message(gettext_noop("That is right."))
