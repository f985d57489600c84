"""Looks at every lesson by itself: its length, its parts, its charts, what it copies."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from courses.content.domain.drafts import ClaimDraft
from courses.content.rendering.charts import Chart, ChartRow
from courses.exchange.domain.records import CourseContent
from courses.exchange.reporting import rules
from courses.exchange.reporting.copying import Ledger
from courses.exchange.reporting.findings import Finding, error, remark
from courses.exchange.reporting.reading import LessonParts

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PERCENT = re.compile(r"per ?cent|%")


def lesson_findings(content: CourseContent, lessons: Sequence[LessonParts]) -> Iterator[Finding]:
    """Yield what is wrong with single lessons."""
    claims = {claim.key: claim for claim in content.claims}
    types = {question.draft.slug: question.draft.type for question in content.questions}
    practised = {quiz.lesson for quiz in content.quizzes if quiz.status == "published"}
    ledger = Ledger(content.claims)
    for lesson in lessons:
        where = f"lessons/{lesson.slug}.md"
        yield from _length(lesson, where)
        yield from _parts(lesson, where, types)
        if lesson.slug not in practised:
            yield error("practice", "course.yaml", f"No quiz practises the lesson {lesson.slug}.")
        own = sum(
            question.lesson == lesson.slug and question.status == "published"
            for question in content.questions
        )
        if own < rules.LEAST_OWN_QUESTIONS:
            sentence = f"There are {own} questions; {rules.LEAST_OWN_QUESTIONS} are owed."
            yield error("own-questions", f"questions/{lesson.slug}.yaml", sentence)
        for chart in lesson.charts:
            yield from _chart(chart, claims, where)
        for run in ledger.runs_in(lesson.prose):
            worse = run.length >= rules.COPY_ERROR
            yield (error if worse else remark)("copied", where, str(run))


def _length(lesson: LessonParts, where: str) -> Iterator[Finding]:
    if not rules.LEAST_WORDS <= lesson.words <= rules.MOST_WORDS:
        limits = f"{rules.LEAST_WORDS} to {rules.MOST_WORDS}"
        yield error("length", where, f"The lesson has {lesson.words} words, not {limits}.")
    if lesson.grade > rules.HIGHEST_GRADE:
        sentence = f"The prose asks for {lesson.grade:.1f} years of school (Coleman-Liau)."
        yield remark("reading-level", where, sentence)


def _parts(lesson: LessonParts, where: str, types: Mapping[str, str]) -> Iterator[Finding]:
    least, most = rules.LEAST_OBJECTIVES, rules.MOST_OBJECTIVES
    if not least <= lesson.objectives <= most:
        sentence = f"There are {lesson.objectives} objectives, not {least} or {most}."
        yield error("objectives", where, sentence)
    if not lesson.before:
        yield error("before", where, "No question is asked before reading.")
    yield from _number(lesson.prompts, rules.LEAST_PROMPTS, rules.MOST_PROMPTS, "prompts", where)
    yield from _number(
        len(lesson.inline), rules.LEAST_INLINE, rules.MOST_INLINE, "questions in the prose", where
    )
    kinds = {types.get(slug) for slug in lesson.inline}
    if len(lesson.inline) > 1 and len(kinds) == 1:
        yield remark("variety", where, f"All questions in the prose are {kinds.pop()}.")
    if not lesson.has_summary:
        yield error("summary", where, "There is no summary.")
    if not lesson.has_limits:
        yield error("limits", where, "Nothing says what the sources cannot tell us.")


def _number(count: int, least: int, most: int, what: str, where: str) -> Iterator[Finding]:
    sentence = f"There are {count} {what}; {least} to {most} are meant."
    if count < least:
        yield error(what.split()[0], where, sentence)
    elif count > most:
        yield remark(what.split()[0], where, sentence)


def _chart(chart: Chart, claims: Mapping[str, ClaimDraft], where: str) -> Iterator[Finding]:
    """Yield the numbers of a chart that are no figures of the claims they cite."""
    for row in chart.rows:
        figures = [figure for key in row.claims if key in claims for figure in claims[key].figures]
        matching = [figure for figure in figures if _is_same(row, chart.unit, figure)]
        place = f"In the chart “{chart.title}”, “{row.label}” is {row.value} {chart.unit}"
        if not matching:
            yield error("chart", where, f"{place}; no figure of {', '.join(row.claims)} says so.")
        elif not row.approx and all(figure.get("approx") for figure in matching):
            yield error("chart", where, f"{place}; the claim says “about”.")
        elif row.approx and not any(figure.get("approx") for figure in matching):
            yield remark("chart", where, f"{place} with “about”; the claim has it exactly.")


def _is_same(row: ChartRow, unit: str, figure: Mapping[str, Any]) -> bool:
    theirs = str(figure["unit"])
    if bool(_PERCENT.search(unit)) != bool(_PERCENT.search(theirs)):
        return False
    return _scaled(row.value, unit) == _scaled(Decimal(str(figure["value"])), theirs)


def _scaled(value: Decimal, unit: str) -> Decimal:
    """Return `value` without the thousands and millions that its unit speaks of."""
    for word in unit.casefold().split():
        if word in _SCALES:
            return value.scaleb(_SCALES[word]).normalize()
    return value.normalize()
