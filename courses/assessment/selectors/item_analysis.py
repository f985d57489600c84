"""Item analysis: what the answers so far tell of each question, and of a quiz as a measure."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from uuid import UUID

from courses.assessment.domain import statistics
from courses.assessment.domain.statistics import (
    LEAST_FOR_ALPHA,
    LEAST_FOR_DISCRIMINATION,
    LEAST_FOR_FACILITY,
    Estimate,
    Sums,
)
from courses.assessment.domain.types import get_type
from courses.assessment.models import Attempt, Question, QuestionVersion, Quiz
from courses.assessment.selectors.item_flags import Flag, flags_of
from courses.assessment.selectors.item_options import OptionChoice, options_chosen, picked
from courses.assessment.selectors.item_sums import Group, Spread, spread_of, sums_of
from courses.assessment.versions import get_versions


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """What the answers tell of one question.

    `n` were asked it; whoever left it open earned 0. `facility` is the mean credit, in [0, 1];
    `discrimination` the correlation of its credit with the rest score, in [-1, 1]; `unanswered`
    the share of those who left it open. Times are cut at 10 minutes an answer. `options` are
    those of its type, if that has any; `flags` say what to look at.
    """

    question_id: UUID
    slug: str
    version: QuestionVersion
    n: int
    facility: Estimate
    discrimination: Estimate
    unanswered: Estimate
    mean_seconds: Estimate
    options: tuple[OptionChoice, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizAnalysis:
    """What the attempts tell of a quiz; scores are mean credits, in [0, 1], without weights.

    `mean` and `deviation` are of all `attempts`. `alpha`, `kr20` (where every credit is 0 or 1)
    and `standard_error` (in the unit of scores) are of the `shared` questions alone, those that
    every attempt asked: drawn ones differ.
    """

    attempts: int
    items: tuple[ItemAnalysis, ...]
    shared: int
    mean: Estimate
    deviation: Estimate
    alpha: Estimate
    kr20: Estimate
    standard_error: Estimate


def quiz_analysis(quiz: Quiz, *, first_only: bool = True) -> QuizAnalysis:
    """Return the analysis of a quiz, over the first finished attempt of each learner, or all.

    Attempts that wait to be marked are left out, and so are previews and what learners rate
    themselves. The database adds up; a handful of queries whatever the number of answers.
    """
    finished = Attempt.objects.filter(
        quiz=quiz, submitted_at__isnull=False, preview=False, raw_score__isnull=False
    ).order_by()
    learners = finished.values("learner").distinct() if first_only else finished
    attempts = learners.count()
    groups = sums_of(quiz, first_only=first_only) if attempts else []
    by_question = _by_question(groups)
    sums = {name: _summed(mine) for name, mine in by_question.items()}
    shared = [name for name, one in sums.items() if one.n == attempts]
    if shared and len(shared) == len(sums):
        spread = spread_of_all(sums[shared[0]], len(shared))
    else:
        asked = [group.version_id for name in shared for group in by_question[name]]
        spread = spread_of(quiz, asked, first_only=first_only) if sums else Spread()
    slots = dict(quiz.slots.filter(question__isnull=False).values_list("question_id", "position"))
    items = analysed(groups)
    items.sort(key=lambda one: slots.get(one.question_id, len(slots) + len(items)))
    return _measured(tuple(items), [sums[name] for name in shared], spread)


def analysed(groups: Iterable[Group]) -> list[ItemAnalysis]:
    """Return the analysis of each question that these groups are of, by their place."""
    by_question = _by_question(groups)
    found = Question.objects.filter(pk__in=by_question, current__isnull=False)
    items = []
    for question in found.order_by("position", "id"):
        mine = by_question[question.pk]
        assert question.current_id is not None
        versions = get_versions([question.current_id, *(one.version_id for one in mine)])
        items.append(_item(question.slug, versions, mine))
    return items


def marked_by_current(groups: Iterable[Group]) -> list[Group]:
    """Return the groups with the credits that the current keys give to options chosen.

    For answers outside of quizzes, of which what is stored may be older than the key.
    """
    by_question = _by_question(groups)
    current = Question.objects.filter(pk__in=by_question, current__isnull=False).order_by()
    names = dict(current.values_list("pk", "current_id"))
    versions = get_versions(filter(None, names.values()))
    return [
        _remarked(group, versions[names[question]])
        for question, mine in by_question.items()
        if question in names
        for group in mine
    ]


def spread_of_all(item: Sums, count: int) -> Spread:
    """Return the sums over attempts that all ask the same `count` questions, from those of one.

    Its credit x and the mean y of the others make the total: x + (count - 1) y.
    """
    others = count - 1
    total = item.x + others * item.y
    squares = item.xx + 2 * others * item.xy + others * others * item.yy
    return Spread(item.n, total / count, squares / count**2, total, squares)


# --- Questions ------------------------------------------------------------------------
def _item(
    slug: str, versions: dict[UUID, QuestionVersion], groups: Sequence[Group]
) -> ItemAnalysis:
    """Return the analysis of a question; the first of `versions` is the current one."""
    current, *_older = versions.values()
    sums = _summed(groups)
    picks = [one for one in groups if one.answer is not None]
    options: list[OptionChoice] = []
    if picks:
        options = options_chosen(versions.values(), picks, asked=sums.n)
    empty = sum(one.sums.n if _is_empty(one) else one.missing for one in groups)
    timed = sum(one.timed for one in groups)
    seconds = statistics.mean(sum(one.milliseconds for one in groups) / 1000, timed)
    item = ItemAnalysis(
        current.question_id,
        slug,
        current,
        sums.n,
        facility=Estimate.of(statistics.facility(sums), sums.n, least=LEAST_FOR_FACILITY),
        discrimination=Estimate.of(
            statistics.discrimination(sums), sums.n, least=LEAST_FOR_DISCRIMINATION
        ),
        unanswered=Estimate.of(statistics.mean(empty, sums.n), sums.n, least=LEAST_FOR_FACILITY),
        mean_seconds=Estimate.of(seconds, timed, least=LEAST_FOR_FACILITY),
        options=tuple(options),
    )
    return replace(item, flags=flags_of(item.facility, item.discrimination, item.options))


def _by_question(groups: Iterable[Group]) -> dict[UUID, list[Group]]:
    listed = list(groups)
    versions = get_versions({group.version_id for group in listed})
    found: defaultdict[UUID, list[Group]] = defaultdict(list)
    for group in listed:
        found[versions[group.version_id].question_id].append(group)
    return dict(found)


def _summed(groups: Iterable[Group]) -> Sums:
    total = Sums()
    for group in groups:
        total += group.sums
    return total


def _is_empty(group: Group) -> bool:
    return group.answer is not None and not picked(group.answer)


def _remarked(group: Group, current: QuestionVersion) -> Group:
    if group.answer is None or current.pk == group.version_id:
        return group
    credit = get_type(current.type).mark(current.payload, json.loads(group.answer)).credit
    n = group.sums.n
    return replace(group, sums=replace(group.sums, x=n * credit, xx=n * credit * credit))


# --- Quizzes --------------------------------------------------------------------------
def _measured(
    items: tuple[ItemAnalysis, ...], shared: Sequence[Sums], spread: Spread
) -> QuizAnalysis:
    n = spread.n
    of_score = statistics.variance(n, spread.score, spread.score_squares)
    of_total = statistics.variance(n, spread.shared, spread.shared_squares) or 0.0
    variances = [statistics.variance(one.n, one.x, one.xx) or 0.0 for one in shared]
    alpha = statistics.cronbach_alpha(variances, of_total)
    kr20 = error = None
    if alpha is not None:
        error = statistics.standard_error(sqrt(of_total) / len(shared), alpha)
        # A credit other than 0 and 1 is not its own square.
        if all(one.x == one.xx for one in shared):
            kr20 = statistics.kr20([one.x / one.n for one in shared], n, of_total)
    return QuizAnalysis(
        attempts=n,
        items=items,
        shared=len(shared),
        mean=Estimate.of(statistics.mean(spread.score, n), n, least=LEAST_FOR_FACILITY),
        deviation=Estimate.of(
            None if of_score is None else sqrt(of_score), n, least=LEAST_FOR_FACILITY
        ),
        alpha=Estimate.of(alpha, n, least=LEAST_FOR_ALPHA),
        kr20=Estimate.of(kr20, n, least=LEAST_FOR_ALPHA),
        standard_error=Estimate.of(error, n, least=LEAST_FOR_ALPHA),
    )
