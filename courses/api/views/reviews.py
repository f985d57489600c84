"""The review queue: the next cards, answers one by one and in batches, undo.

`POST reviews/answer` is the busiest door of the site and kept plain for that reason.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from courses.accounts.models import User
from courses.api import schemas, shapes
from courses.api.base import ApiView, caller
from courses.api.models import Scope
from courses.api.openapi import describe
from courses.api.permissions import SignedIn
from courses.api.problems import InvalidRequest, problem_body
from courses.api.reading import Body, idempotency_key
from courses.common import clock
from courses.common.errors import DomainError
from courses.enrollment.models import Course
from courses.enrollment.selectors import course_for
from courses.flashcards.outcomes import ReviewOutcome
from courses.flashcards.selectors import done_today
from courses.flashcards.services import answer_card, serve_cards, undo_last_review

MOST_IN_BATCH = 200
MOST_CARDS = 10
REPLAYED = "Idempotent-Replayed"


class NextCards(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.QueueSchema,
        summary="The next cards",
        query={
            "limit": f"How many cards, 1 to {MOST_CARDS}; 2 by default.",
            "course": "Only cards of this course (its slug).",
            "exclude": "Ids of questions that the caller holds already, separated by commas.",
        },
        problems=(404,),
    )
    def get(self, request: Request) -> Response:
        now = clock.now()
        query = _query(request)
        limit = query.whole("limit", low=1, high=MOST_CARDS, default=2)
        exclude = query.uuids("exclude", most=50)
        query.check()
        queue = serve_cards(
            learner=caller(request),
            now=now,
            limit=limit,
            exclude=exclude,
            course=_course_asked_for(request),
        )
        return Response({**shapes.queue(queue), "done_today": done_today(caller(request), now)})


class Answer(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.ReviewedSchema,
        summary="Answer a card",
        request=schemas.AnswerSchema,
        idempotent=True,
        problems=(403, 404, 409, 422),
    )
    def post(self, request: Request) -> Response:
        now = clock.now()
        review_id = idempotency_key(request.headers)
        body = Body(request.data)
        sent = _answer(body)
        limit = body.whole("limit", low=0, high=MOST_CARDS, default=1)
        held = body.uuids("held", most=50)
        body.check()
        outcome = answer_card(learner=caller(request), review_id=review_id, now=now, **sent)
        answer = shapes.review(outcome)
        if limit:
            queue = serve_cards(
                learner=caller(request), now=now, limit=limit, exclude=held, after_answer=True
            )
            answer["next"] = [shapes.card(card) for card in queue.cards]
            answer["remaining"] = queue.remaining
            answer["next_at"] = queue.next_at
        return Response(answer, headers=_replayed(outcome.replayed))


class Batch(ApiView):
    """Answers that waited on a device without a connection; each stands or falls alone."""

    permission_classes = (SignedIn,)
    scope = Scope.REVIEW
    max_bytes = 1024 * 1024

    @describe(
        schemas.BatchResultSchema,
        summary="Upload answers given offline",
        request=schemas.BatchSchema,
        problems=(422,),
    )
    def post(self, request: Request) -> Response:
        now = clock.now()
        items = request.data.get("answers") if isinstance(request.data, dict) else request.data
        if not isinstance(items, list) or len(items) > MOST_IN_BATCH:
            detail = _("A list of at most %(most)d answers is expected.") % {"most": MOST_IN_BATCH}
            raise InvalidRequest([{"pointer": "#/answers", "detail": detail, "code": "invalid"}])
        results = [_answer_one(caller(request), item, now) for item in items]
        return Response({"results": results})


class Undo(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.UndoneSchema,
        summary="Take back the last answer",
        request=None,
        idempotent=True,
        problems=(409, 422),
    )
    def post(self, request: Request) -> Response:
        outcome = undo_last_review(
            learner=caller(request), undo_id=idempotency_key(request.headers), now=clock.now()
        )
        answer = {
            "undo": outcome.id,
            "review": outcome.review_id,
            "question": outcome.question_id,
        }
        return Response(answer, headers=_replayed(outcome.replayed))


def _answer(body: Body) -> dict[str, Any]:
    return {
        "question_id": body.uuid("question"),
        "raw_answer": body.anything("answer"),
        "served_at": body.optional_moment("served_at"),
        "answered_at": body.moment("answered_at"),
        "duration_ms": body.milliseconds("duration_ms"),
        "version_id": body.optional_uuid("version"),
        "certain": body.flag("certain"),
        "retried": body.flag("retried"),
        "found_easy": body.flag("found_easy"),
    }


def _answer_one(learner: User, item: Any, now: datetime) -> dict[str, Any]:
    """Take down one answer of a batch and return its result; a refusal is a result too."""
    body = Body(item)
    review_id = body.uuid7("id")
    sent = _answer(body)
    named = item.get("id") if isinstance(item, dict) and isinstance(item.get("id"), str) else None
    try:
        body.check()
        outcome: ReviewOutcome = answer_card(learner=learner, review_id=review_id, now=now, **sent)
    except DomainError as error:
        problem = problem_body(
            error.status, error.code, str(error.message), errors=error.details.get("errors")
        )
        return {"id": named, "status": error.status, "replayed": False, "problem": problem}
    result = shapes.review(outcome)
    return {"id": named, "status": 200, "replayed": outcome.replayed, "result": result}


def _replayed(replayed: bool) -> dict[str, str]:
    return {REPLAYED: "true"} if replayed else {}


def _query(request: Request) -> Body:
    given: dict[str, Any] = {}
    if limit := request.GET.get("limit"):
        given["limit"] = (
            int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 5 else limit
        )
    if exclude := request.GET.get("exclude"):
        given["exclude"] = exclude.split(",")
    return Body(given, pointer="query:")


def _course_asked_for(request: Request) -> Course | None:
    slug = request.GET.get("course")
    return course_for(request.user, slug.replace("\0", "")) if slug else None
