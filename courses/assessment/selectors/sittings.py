"""When a quiz can be sat, by everybody and by one learner, and what may be told of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from courses.assessment.domain.review_options import (
    ANSWERS,
    CLOSED,
    DURING,
    SCORE,
    SUBMITTED,
    options_of,
)
from courses.assessment.domain.scoring import Costs, counted
from courses.assessment.domain.sitting import GRACE, Grant, Sitting
from courses.assessment.domain.types import get_type
from courses.assessment.models import Accommodation, Attempt, Quiz

NEVER = None


def sitting_of(quiz: Quiz, learner_id: UUID | None = None) -> Sitting:
    """Return the rules of the quiz, with what the learner is granted; one query at most.

    What is granted for this quiz goes before what is granted for all of the course's.
    """
    if learner_id is None:
        return rules_of(quiz, ())
    granted = Accommodation.objects.filter(course_id=quiz.course_id, learner_id=learner_id)
    return rules_of(quiz, granted)


def rules_of(quiz: Quiz, granted: Iterable[Accommodation]) -> Sitting:
    """Return the rules of the quiz with what was granted to one learner; no query."""
    rules = Sitting(
        opens_at=quiz.opens_at,
        closes_at=quiz.closes_at,
        time_limit=timedelta(seconds=quiz.time_limit_seconds) if quiz.time_limit_seconds else None,
        attempts_allowed=quiz.attempts_allowed,
    )
    grants = [one for one in granted if one.quiz_id in (None, quiz.pk)]
    grants.sort(key=lambda one: one.quiz_id is not None)
    return rules.granted(
        *(Grant(one.time_factor, one.opens_at, one.closes_at, one.extra_attempts) for one in grants)
    )


def last_closing(quiz: Quiz) -> datetime | None:
    """Return when the quiz closes for the last of its learners, None if it never does."""
    if quiz.closes_at is None:
        return None
    granted = Accommodation.objects.filter(Q(quiz=quiz) | Q(quiz=None), course_id=quiz.course_id)
    latest = granted.aggregate(latest=Max("closes_at"))["latest"]
    return max(quiz.closes_at, latest) if latest else quiz.closes_at


def answers_open_at(quiz: Quiz) -> datetime | None:
    """Return when nobody can save an answer any more: behind the last closing, and its grace."""
    closing = last_closing(quiz)
    return None if closing is None else closing + GRACE


def tells_at_once(quiz: Quiz) -> bool:
    """Tell whether the quiz says something after every answer, which is final then."""
    return bool(options_of(quiz.kind, quiz.review).at(DURING))


def gives_second_try(quiz: Quiz) -> bool:
    """Tell whether who was not right may try again: then it is told that they were not."""
    return quiz.second_try_cost is not None and SCORE in options_of(quiz.kind, quiz.review).at(
        DURING
    )


def told_in(attempt: Attempt, *, now: datetime) -> frozenset[str]:
    """Return what may be told of an attempt now (`domain.review_options.TOLD`).

    One query, for quizzes that close.
    """
    quiz = attempt.quiz
    options = options_of(quiz.kind, quiz.review)
    if attempt.submitted_at is None:
        return options.at(DURING)
    if options.at(CLOSED) == options.at(SUBMITTED):
        return options.at(SUBMITTED)
    opening = answers_open_at(quiz)
    closed = opening is not None and now >= opening
    return options.at(CLOSED if closed else SUBMITTED)


def reserves_until(quiz: Quiz) -> datetime | None:
    """Return when the answers of a graded quiz open for everybody, None if they never do."""
    if ANSWERS not in options_of(quiz.kind, quiz.review).at(CLOSED):
        return NEVER
    return answers_open_at(quiz)


def costs_for(quiz: Quiz, type_name: str) -> Costs:
    """Return what the quiz takes off an answer to a question of a type.

    How sure one is of what a person will make of one's own words is no certainty of a fact.
    """
    costs = costs_of(quiz)
    return replace(costs, confidence=costs.confidence and takes_confidence(type_name))


def takes_confidence(type_name: str) -> bool:
    """Tell whether answers to questions of a type come with a level of confidence."""
    question_type = get_type(type_name)
    return not (question_type.marked_by_hand or question_type.self_rated)


def costs_of(quiz: Quiz) -> Costs:
    """Return what hints, a second try and confidence do to an answer's worth in the quiz."""
    return Costs(quiz.hint_cost, quiz.second_try_cost, quiz.confidence)


def unanswered_in(quiz: Quiz) -> float:
    """Return what a question left unanswered is worth in the quiz."""
    return counted(0.0, costs_of(quiz))
