"""The versions of a question, and what sets each apart from the one before, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from courses.assessment.domain.authoring import QuestionDraft
from courses.assessment.models import Question, QuestionVersion
from courses.exchange.domain.records import PlacedQuestion, question_record
from courses.exchange.domain.writing import write_mapping
from courses.exchange.selectors import question_draft

_SHOWN = 30
# Lines that stay as they were around those that changed.
_AROUND = 2
SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left-out"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a file: `kind` is same, added, removed, or left-out for those not shown."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as its history tells it; `diff` is empty for the first."""

    number: int
    author: str
    created_at: datetime
    change: str
    diff: tuple[DiffLine, ...]
    is_current: bool


def history(question: Question) -> list[VersionRow]:
    """Return the latest versions, newest first, each with what it changed; two queries."""
    newest = question.versions.select_related("author").order_by("-number")
    versions = list(newest[: _SHOWN + 1])
    keys = claim_keys([version.pk for version in versions])
    texts = {
        version.pk: file_text(question_draft(question.slug, version), keys.get(version.pk, []))
        for version in versions
    }
    rows = []
    for index, version in enumerate(versions[:_SHOWN]):
        before = versions[index + 1] if index + 1 < len(versions) else None
        rows.append(
            VersionRow(
                number=version.number,
                author=str(version.author) if version.author else "",
                created_at=version.created_at,
                change=version.change if version.number > 1 else "",
                diff=tuple(diff(texts[before.pk], texts[version.pk])) if before else (),
                is_current=version.pk == question.current_id,
            )
        )
    return rows


def changed_since(question: Question, number: int) -> list[DiffLine]:
    """Return what sets the current version apart from version `number`; nothing without one."""
    old = question.versions.filter(number=number).first()
    if old is None or question.current is None:
        return []
    keys = claim_keys([old.pk, question.current.pk])
    before, after = (
        file_text(question_draft(question.slug, version), keys.get(version.pk, []))
        for version in (old, question.current)
    )
    return list(diff(before, after))


def claim_keys(version_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the keys that each version names, in its author's order; one query."""
    links = QuestionVersion.claims.through.objects.filter(questionversion_id__in=version_ids)
    found: dict[UUID, list[str]] = {}
    for version_id, key in links.order_by("id").values_list("questionversion_id", "claim__key"):
        found.setdefault(version_id, []).append(key)
    return found


def file_text(draft: QuestionDraft, keys: Sequence[str]) -> str:
    """Return a question as it stands in a course file, but for where it stands."""
    return write_mapping(question_record(PlacedQuestion(draft=draft, claims=tuple(keys))), {})


def diff(before: str, after: str) -> Iterator[DiffLine]:
    """Yield the lines of `after` that are new, those of `before` that are gone, and some around."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for number, group in enumerate(matcher.get_grouped_opcodes(_AROUND)):
        if number or group[0][1] > 0:
            yield DiffLine(LEFT_OUT)
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (DiffLine(SAME, line) for line in old[start:end])
                continue
            yield from (DiffLine(REMOVED, line) for line in old[start:end])
            yield from (DiffLine(ADDED, line) for line in new[new_start:new_end])
