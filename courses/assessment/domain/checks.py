"""Checks that payloads of several question types share."""

from collections.abc import Mapping, Sequence
from typing import Any

from courses.assessment.domain.messages import gettext_noop
from courses.assessment.domain.problems import Checker


def checked_options(
    check: Checker, value: object, name: str, *, least: int, most: int
) -> list[dict[str, Any]]:
    """Return a list of `{text, correct?: true, feedback?}` in its canonical form.

    How many of them are right, and that they differ, is for the caller to check.
    """
    return [
        _checked_option(check, option, f"{name}[{index}]")
        for index, option in enumerate(check.sequence(value, name, least=least, most=most))
    ]


def _checked_option(check: Checker, option: object, path: str) -> dict[str, Any]:
    fields = check.mapping(option, path, known=("text", "correct", "feedback"))
    checked: dict[str, Any] = {"text": check.text(fields.get("text"), f"{path}.text", longest=500)}
    correct = fields.get("correct", False)
    if not isinstance(correct, bool):
        check.add(
            f"{path}.correct",
            "not_true_or_false",
            gettext_noop("Write true for the right option, and leave it out for the others."),
        )
    elif correct:
        checked["correct"] = True
    return checked | checked_feedback(check, fields, path)


def checked_feedback(check: Checker, fields: dict[str, Any], path: str) -> dict[str, str]:
    """Return `{feedback}` as the author wrote it beside the entry at `path`, {} for none."""
    feedback = check.text(fields.get("feedback"), f"{path}.feedback", longest=1000, optional=True)
    return {"feedback": feedback} if feedback else {}


def check_one_key(check: Checker, options: list[dict[str, Any]], name: str) -> None:
    """Name what is wrong unless exactly one of the options, if there are any, is right."""
    keys = [index for index, option in enumerate(options) if option.get("correct")]
    if options and not keys:
        check_no_key(check, name)
    for index in keys[1:]:
        check.add(
            f"{name}[{index}].correct",
            "second_key",
            gettext_noop("Only one option may be right, and %(first)s is already."),
            first=f"{name}[{keys[0]}]",
        )


def check_no_key(check: Checker, name: str) -> None:
    """Name that none of the options is right."""
    check.add(name, "no_key", gettext_noop("Mark the right option with “correct: true”."))


def check_different(
    check: Checker, entries: Sequence[Mapping[str, Any] | str], name: str, *, key: str = ""
) -> None:
    """Name every text that says the same as one above it: case and width of spaces aside.

    The texts are the entries at the paths `name[index]`, or what these have under `key`.
    """
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        text = entry if isinstance(entry, str) else entry[key]
        said = same_for_readers(text)
        if said and said in seen:
            check.add(
                f"{name}[{index}].{key}" if key else f"{name}[{index}]",
                "duplicate",
                gettext_noop("This says the same as %(first)s; change or remove one."),
                first=f"{name}[{seen[said]}]",
            )
        seen.setdefault(said, index)


def same_for_readers(text: str) -> str:
    """Return what two texts that readers would take for the same one have in common."""
    return " ".join(text.casefold().split())
