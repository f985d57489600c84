"""The keys of a regrade: one version of each question, and what answers earn by it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from courses.assessment.domain.marks import Mark
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.base import QuestionType
from courses.assessment.models import Question, QuestionVersion
from courses.assessment.versions import get_versions

# Distinct answers whose marks are remembered; after that it begins anew.
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Decided:
    """What counts of a response by a key: the mark of its last try, how many tries it took, and
    the mark of the first where it took two."""

    mark: Mark
    tries: int = 1
    first: Mark | None = None


class Key:
    """By what a regrade marks: a version for each question.

    Left alone is what the version cannot judge: answers that a person marks or the learner
    rates, by the old version or the new one, and those to a version of another form (a
    choice that has become a number), which the new key could only call empty.
    """

    def __init__(self, versions: Mapping[UUID, QuestionVersion]) -> None:
        """`versions` are by question; one query reads the types of all their versions."""
        self.versions = dict(versions)
        types = QuestionVersion.objects.filter(question__in=self.versions).order_by()
        self._types = dict(types.values_list("pk", "type"))
        self._marks: dict[tuple[UUID, UUID | None, str], Mark | None] = {}

    @property
    def question_ids(self) -> list[UUID]:
        return sorted(self.versions)

    def mark(self, question_id: UUID, version_id: UUID | None, answer: str) -> Mark | None:
        """Return the mark of a stored answer, given as JSON text; None: left alone.

        `version_id` is the version that was answered. Each distinct answer is marked once.
        """
        name = (question_id, version_id, answer)
        if name not in self._marks:
            if len(self._marks) >= _REMEMBERED:
                self._marks.clear()
            self._marks[name] = self._mark(*name)
        return self._marks[name]

    def deciding(
        self,
        question_id: UUID,
        version_id: UUID | None,
        answer: str,
        first_answer: str | None = None,
    ) -> Decided | None:
        """Return what counts of a response with these answers; None: left alone.

        Where the first of two tries was right by this key, there would have been no second.
        """
        first = None
        if first_answer is not None:
            first = self.mark(question_id, version_id, first_answer)
            if first is not None and first.verdict == "right":
                return Decided(first)
        mark = self.mark(question_id, version_id, answer)
        if mark is None:
            return None
        return Decided(mark, 1 if first_answer is None else 2, first)

    def _mark(self, question_id: UUID, version_id: UUID | None, text: str) -> Mark | None:
        version = self.versions[question_id]
        question_type = get_type(version.type)
        answered = question_type
        if version_id is not None:
            answered = get_type(self._types.get(version_id, version.type))
        answer = json.loads(text)
        if not (_judges(question_type, answered) and isinstance(answer, dict)):
            return None
        mark = question_type.mark(version.payload, answer)
        return None if mark.verdict == "awaiting" else mark


def current_versions(question_ids: list[UUID]) -> dict[UUID, QuestionVersion]:
    """Return the current version of each question that has one."""
    current = Question.objects.filter(pk__in=question_ids, current__isnull=False).order_by()
    names = dict(current.values_list("pk", "current_id"))
    found = get_versions(filter(None, names.values()))
    return {question: found[name] for question, name in names.items() if name in found}


def _judges(new: QuestionType, old: QuestionType) -> bool:
    by_people = new.self_rated or new.marked_by_hand or old.self_rated or old.marked_by_hand
    return new.answer_keys == old.answer_keys and not by_people
