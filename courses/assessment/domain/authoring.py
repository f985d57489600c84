"""A question as an author writes it, whatever its type, checked as a whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.assessment.domain.linting import RULE_NAMES
from courses.assessment.domain.messages import gettext_noop
from courses.assessment.domain.problems import Checker, PayloadInvalid
from courses.assessment.domain.types import get_type, type_names

LONGEST_STEM = 2000
LONGEST_EXPLANATION = 5000
MOST_TAGS = 20
MOST_HINTS = 3
LONGEST_HINT = 500
LONGEST_REASON = 500
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 100
_TAG = re.compile(r"[^\s,]([^,\n]{0,48}[^\s,])?")


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """What a question is called and will say, checked and in its canonical form.

    `hints` come from the vaguest to the plainest. `silenced` are pairs: a rule of the linter
    and the reason why what it finds is a false alarm here.
    """

    slug: str
    type: str
    stem: str
    payload: dict[str, Any]
    explanation: str
    tags: tuple[str, ...]
    hints: tuple[str, ...] = ()
    silenced: tuple[tuple[str, str], ...] = ()


def check_question(
    *,
    slug: object,
    type_name: object,
    stem: object,
    payload: object,
    explanation: object = "",
    tags: object = (),
    hints: object = (),
    silenced: object = (),
) -> QuestionDraft:
    """Return the question in its canonical form, or raise PayloadInvalid with every problem.

    `silenced` is a list of `{rule, reason}`, as in files and as it is stored. The paths of
    problems are those of a course file, where the keys of the payload stand beside the
    others: `type`, `stem`, `tags[1]`, `options[2].text`.
    """
    check = Checker()
    checked_payload: dict[str, Any] = {}
    if isinstance(type_name, str) and type_name in type_names():
        try:
            checked_payload = get_type(type_name).validate(payload)
        except PayloadInvalid as invalid:
            check.problems.extend(invalid.problems)
    else:
        check.add(
            "type",
            "unknown_type",
            gettext_noop("There is no such question type; there are: %(known)s."),
            known=", ".join(type_names()),
        )
    draft = QuestionDraft(
        slug=checked_slug(check, slug),
        type=str(type_name),
        stem=check.text(stem, "stem", longest=LONGEST_STEM),
        payload=checked_payload,
        explanation=check.text(
            explanation, "explanation", longest=LONGEST_EXPLANATION, optional=True
        ),
        tags=_checked_tags(check, tags),
        hints=_checked_hints(check, hints),
        silenced=_checked_silences(check, silenced),
    )
    check.finish()
    return draft


def checked_slug(check: Checker, slug: object) -> str:
    """Return a name for addresses: lower-case letters, digits and single hyphens."""
    text = check.text(slug, "slug", longest=LONGEST_SLUG)
    if text and not _SLUG.fullmatch(text):
        check.add(
            "slug", "not_a_slug", gettext_noop("Use small letters a-z, digits and single hyphens.")
        )
    return text


def _checked_tags(check: Checker, tags: object) -> tuple[str, ...]:
    if tags is None:
        return ()
    listed = check.sequence(tags, "tags", least=0, most=MOST_TAGS)
    for index, tag in enumerate(listed):
        if not isinstance(tag, str) or not _TAG.fullmatch(tag):
            check.add(
                f"tags[{index}]",
                "not_a_tag",
                gettext_noop("Write a tag as text of at most 50 characters, without a comma."),
            )
        elif tag in listed[:index]:
            check.add(f"tags[{index}]", "duplicate", gettext_noop("This tag is listed twice."))
    return tuple(tag for tag in listed if isinstance(tag, str))


def _checked_hints(check: Checker, hints: object) -> tuple[str, ...]:
    if hints is None:
        return ()
    listed = check.sequence(hints, "hints", least=0, most=MOST_HINTS)
    checked = [
        check.text(hint, f"hints[{index}]", longest=LONGEST_HINT)
        for index, hint in enumerate(listed)
    ]
    for index, hint in enumerate(checked):
        if hint and hint in checked[:index]:
            check.add(f"hints[{index}]", "duplicate", gettext_noop("This hint is given twice."))
    return tuple(checked)


def _checked_silences(check: Checker, silenced: object) -> tuple[tuple[str, str], ...]:
    if silenced is None:
        return ()
    checked: list[tuple[str, str]] = []
    most = len(RULE_NAMES)
    for index, entry in enumerate(check.sequence(silenced, "silenced", least=0, most=most)):
        path = f"silenced[{index}]"
        fields = check.mapping(entry, path, known=("rule", "reason"))
        if not isinstance(entry, Mapping):
            continue
        rule = check.text(fields.get("rule"), f"{path}.rule", longest=LONGEST_SLUG)
        reason = check.text(fields.get("reason"), f"{path}.reason", longest=LONGEST_REASON)
        if rule and rule not in RULE_NAMES:
            check.add(
                f"{path}.rule",
                "unknown_rule",
                gettext_noop("The check has no such rule; it has: %(known)s."),
                known=", ".join(RULE_NAMES),
            )
        elif rule in dict(checked):
            check.add(f"{path}.rule", "duplicate", gettext_noop("This rule is silenced twice."))
        checked.append((rule, reason))
    return tuple(checked)


def silences_as_stored(draft: QuestionDraft) -> list[dict[str, str]]:
    """Return what a draft silences as files and the database have it."""
    return [{"rule": rule, "reason": reason} for rule, reason in draft.silenced]


def silences_from_stored(stored: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return what is stored as `{rule, reason}` as a draft has it."""
    return tuple((entry["rule"], entry["reason"]) for entry in stored)


def change_between(old: QuestionDraft, new: QuestionDraft) -> str | None:
    """Return `answer`, `cosmetic` or None for what sets two drafts apart, slugs aside.

    Stem, type and payload decide the answer. A mended comma in a stem is safer taken for
    a change of the answer than the other way about; an author who knows better says so.
    """
    if (old.type, old.stem, old.payload) != (new.type, new.stem, new.payload):
        return "answer"
    beside = ("explanation", "tags", "hints", "silenced")
    same = all(getattr(old, name) == getattr(new, name) for name in beside)
    return None if same else "cosmetic"


def payload_keys(type_name: str) -> Sequence[str]:
    """Return the keys of a type's payload in the order of a course file. Raises UnknownType."""
    return get_type(type_name).payload_keys
