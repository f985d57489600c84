"""Question versions kept in this process: they never change, and every answer needs one."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from uuid import UUID

from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.base import QuestionType
from courses.assessment.keeping import Kept
from courses.assessment.models import QuestionVersion
from courses.common.errors import NotFound

KEPT_VERSIONS = 2000
CARD_TYPE = "flashcard"


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version with what is read beside it, and the HTML its texts were rendered to.

    `html` is by (language, text). Of `version.question` use only what never changes
    (id, slug, course): its status and its current version are as they were when loaded.
    """

    version: QuestionVersion
    type: QuestionType
    course_slug: str
    claim_ids: tuple[UUID, ...]
    html: dict[tuple[str, str], str] = field(default_factory=dict)


_kept: Kept[UUID, KeptVersion] = Kept(size=KEPT_VERSIONS)


def kept_version(version_id: UUID) -> KeptVersion:
    """Return the version from this process, or in two queries. Raises NotFound."""
    found = _kept.get(version_id) or _load([version_id]).get(version_id)
    if found is None:
        raise NotFound
    return found


def as_kept(version: QuestionVersion) -> KeptVersion:
    """Return what is kept beside a version, which may be one of `as_card`. Raises NotFound."""
    kept = kept_version(version.pk)
    if version.type == kept.version.type:
        return kept
    return replace(kept, version=version, type=get_type(version.type))


def as_card(version: QuestionVersion) -> QuestionVersion:
    """Return the question as it is reviewed: what a person marks is turned, and rated by oneself.

    A copy of that version then, not to be saved; the version itself otherwise.
    """
    question_type = get_type(version.type)
    if not question_type.marked_by_hand:
        return version
    card = copy(version)
    card.type, card.payload = CARD_TYPE, {"back": question_type.back(version.payload)}
    return card


def get_version(version_id: UUID) -> QuestionVersion:
    """Return the version, shared by all threads: not to be changed. Raises NotFound."""
    return kept_version(version_id).version


def get_versions(version_ids: Iterable[UUID]) -> dict[UUID, QuestionVersion]:
    """Return the versions that exist by id, in the order asked for, in at most two queries."""
    wanted = list(version_ids)
    found = {name: kept for name in wanted if (kept := _kept.get(name)) is not None}
    missing = [name for name in wanted if name not in found]
    if missing:
        found |= _load(missing)
    return {name: found[name].version for name in wanted if name in found}


def graded_versions(version_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of the versions that count for a score: all but what learners rate."""
    found = get_versions(version_ids)
    return {name for name, version in found.items() if not get_type(version.type).self_rated}


def is_kept(version_id: UUID) -> bool:
    """Tell whether the version can be had without a query."""
    return _kept.get(version_id) is not None


def forget_versions() -> None:
    """Empty the store of this process."""
    _kept.clear()


def _load(version_ids: list[UUID]) -> dict[UUID, KeptVersion]:
    # Without the model's ordering, which would put together another join for nothing.
    found = QuestionVersion.objects.filter(pk__in=version_ids).order_by()
    versions = found.select_related("question__course")
    claims = QuestionVersion.claims.through.objects.filter(questionversion_id__in=version_ids)
    claim_ids: dict[UUID, list[UUID]] = {}
    # In the order in which the author named them.
    for version_id, claim_id in claims.order_by("id").values_list("questionversion_id", "claim_id"):
        claim_ids.setdefault(version_id, []).append(claim_id)
    loaded = {
        version.pk: KeptVersion(
            version=version,
            type=get_type(version.type),
            course_slug=version.question.course.slug,
            claim_ids=tuple(claim_ids.get(version.pk, ())),
        )
        for version in versions
    }
    for name, kept in loaded.items():
        _kept.put(name, kept)
    return loaded
