"""Answers to questions in the prose of lessons, and attempts at quizzes."""

from abc import ABC, abstractmethod
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from courses.api import schemas, shapes
from courses.api.base import ApiView, caller
from courses.api.models import Scope
from courses.api.openapi import describe
from courses.api.permissions import SignedIn
from courses.api.reading import Body, idempotency_key
from courses.api.views.reviews import REPLAYED
from courses.assessment.selectors import AttemptPage, attempt_page
from courses.assessment.services import (
    AnswerOutcome,
    Draft,
    SecondTry,
    answer_in_attempt,
    answer_in_lesson,
    save_answer,
    start_attempt,
    submit_attempt,
    take_hint,
    walk_on,
)
from courses.common import clock


class _AnswerView(ApiView, ABC):
    """An answer to a question at the place that the address names, by its client's id."""

    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @abstractmethod
    def take(self, body: Body, **sent: Any) -> AnswerOutcome | SecondTry:
        """Read from `body` what only this place has, check it, and hand the answer in."""

    def respond(self, request: Request, **place: UUID) -> Response:
        sent = {"now": clock.now(), "response_id": idempotency_key(request.headers)}
        body = Body(request.data)
        sent |= {
            "question_id": body.uuid("question"),
            "raw_answer": body.anything("answer"),
            "answered_at": body.moment("answered_at"),
            "duration_ms": body.milliseconds("duration_ms"),
        }
        outcome = self.take(body, learner=caller(request), **place, **sent)
        if isinstance(outcome, SecondTry):
            return Response(shapes.second_try(outcome))
        headers = {REPLAYED: "true"} if outcome.replayed else {}
        return Response(shapes.response(outcome), headers=headers)


class LessonAnswer(_AnswerView):
    @describe(
        schemas.RespondedSchema,
        summary="Answer a question in a lesson",
        request=schemas.ResponseSchema,
        idempotent=True,
        problems=(403, 404, 422),
    )
    def post(self, request: Request, lesson_id: UUID) -> Response:
        return self.respond(request, lesson_id=lesson_id)

    def take(self, body: Body, **sent: Any) -> AnswerOutcome:
        version_id = body.optional_uuid("version")
        body.check()
        return answer_in_lesson(version_id=version_id, **sent)


class AttemptStart(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.AttemptSchema,
        summary="Start an attempt, or go on with the open one",
        request=schemas.AttemptStartSchema,
        problems=(403, 404, 409),
    )
    def post(self, request: Request, quiz_id: UUID) -> Response:
        # Without a password nothing need be sent, of whatever kind.
        body = Body(request.data if "json" in request.content_type else {})
        password = body.optional_text("password")
        body.check()
        attempt = start_attempt(
            learner=caller(request), quiz_id=quiz_id, now=clock.now(), password=password
        )
        return Response(shapes.attempt(_page(request, attempt.pk)))


class AttemptDetail(ApiView):
    permission_classes = (SignedIn,)

    @describe(schemas.AttemptSchema, summary="An attempt of yours", problems=(404,))
    def get(self, request: Request, attempt_id: UUID) -> Response:
        return Response(shapes.attempt(_page(request, attempt_id)))


class AttemptAnswer(_AnswerView):
    @describe(
        schemas.AttemptRespondedSchema,
        summary="Answer a question in an attempt that tells after every answer",
        request=schemas.AttemptResponseSchema,
        idempotent=True,
        problems=(403, 404, 409, 422),
    )
    def post(self, request: Request, attempt_id: UUID) -> Response:
        return self.respond(request, attempt_id=attempt_id)

    def take(self, body: Body, **sent: Any) -> AnswerOutcome | SecondTry:
        confidence = body.optional_text("confidence")
        body.check()
        return answer_in_attempt(confidence=confidence, **sent)


class AttemptSave(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.SavedAnswerSchema,
        summary="Keep what stands at a question of an open attempt",
        request=schemas.SaveSchema,
        idempotent=True,
        problems=(404, 409, 422),
    )
    def post(self, request: Request, attempt_id: UUID) -> Response:
        save_id = idempotency_key(request.headers)
        body = Body(request.data)
        question_id = body.uuid("question")
        draft = Draft(
            answer=body.anything("answer"),
            revision=body.whole("revision", low=0, high=10**9, default=0),
            confidence=body.optional_text("confidence"),
            flagged=body.flag("flagged"),
            duration_ms=body.milliseconds("duration_ms"),
        )
        body.check()
        saved = save_answer(
            learner=caller(request),
            attempt_id=attempt_id,
            question_id=question_id,
            save_id=save_id,
            draft=draft,
            now=clock.now(),
        )
        return Response(shapes.saved_answer(saved))


class AttemptHint(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.HintSchema,
        summary="Take a hint, which costs a share; taking one twice costs once",
        request=schemas.TakeHintSchema,
        problems=(404, 409),
    )
    def post(self, request: Request, attempt_id: UUID) -> Response:
        body = Body(request.data)
        question_id = body.uuid("question")
        number = body.whole("number", low=1, high=10, default=1)
        body.check()
        hint = take_hint(
            learner=caller(request),
            attempt_id=attempt_id,
            question_id=question_id,
            number=number,
            now=clock.now(),
        )
        return Response(shapes.hint(hint))


class AttemptNext(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.AttemptSchema,
        summary="Leave a question of a quiz without a way back for the next one",
        request=schemas.LeftQuestionSchema,
        problems=(404, 409),
    )
    def post(self, request: Request, attempt_id: UUID) -> Response:
        body = Body(request.data)
        number = body.whole("number", low=1, high=1000, default=1)
        body.check()
        walk_on(learner=caller(request), attempt_id=attempt_id, number=number, now=clock.now())
        return Response(shapes.attempt(_page(request, attempt_id)))


class AttemptSubmit(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.AttemptResultSchema,
        summary="Hand in an attempt; doing it twice is doing it once",
        request=None,
        problems=(404,),
    )
    def post(self, request: Request, attempt_id: UUID) -> Response:
        submit_attempt(learner=caller(request), attempt_id=attempt_id, now=clock.now())
        return Response(shapes.attempt_result(_page(request, attempt_id)))


class AttemptResult(ApiView):
    permission_classes = (SignedIn,)

    @describe(schemas.AttemptResultSchema, summary="What an attempt is worth", problems=(404,))
    def get(self, request: Request, attempt_id: UUID) -> Response:
        return Response(shapes.attempt_result(_page(request, attempt_id)))


def _page(request: Request, attempt_id: UUID) -> AttemptPage:
    return attempt_page(learner=caller(request), attempt_id=attempt_id, now=clock.now())
