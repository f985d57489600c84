"""Taking cards out of the queue, and bringing them back; safe to repeat as they are."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from courses.api import schemas
from courses.api.base import ApiView, caller
from courses.api.models import Scope
from courses.api.openapi import describe
from courses.api.permissions import SignedIn
from courses.api.reading import Body
from courses.common import clock
from courses.flashcards.services import bury_card, suspend_card, unbury_card, unsuspend_card


class Bury(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.NamedQuestionSchema,
        summary="Ask a card no more today",
        request=schemas.NamedQuestionSchema,
        problems=(404,),
    )
    def post(self, request: Request) -> Response:
        question_id = _question(request)
        bury_card(learner=caller(request), question_id=question_id, now=clock.now())
        return Response({"question": question_id})


class Unbury(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.NamedQuestionSchema,
        summary="Ask a card today after all",
        request=schemas.NamedQuestionSchema,
        problems=(404,),
    )
    def post(self, request: Request) -> Response:
        question_id = _question(request)
        unbury_card(learner=caller(request), question_id=question_id, now=clock.now())
        return Response({"question": question_id})


class Suspend(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.NamedQuestionSchema,
        summary="Set a card aside",
        request=schemas.NamedQuestionSchema,
        problems=(404,),
    )
    def post(self, request: Request) -> Response:
        question_id = _question(request)
        suspend_card(learner=caller(request), question_id=question_id)
        return Response({"question": question_id})


class Unsuspend(ApiView):
    permission_classes = (SignedIn,)
    scope = Scope.REVIEW

    @describe(
        schemas.NamedQuestionSchema,
        summary="Bring a card back that was set aside",
        request=schemas.NamedQuestionSchema,
        problems=(404,),
    )
    def post(self, request: Request) -> Response:
        question_id = _question(request)
        unsuspend_card(learner=caller(request), question_id=question_id, now=clock.now())
        return Response({"question": question_id})


def _question(request: Request) -> UUID:
    body = Body(request.data)
    question_id = body.uuid("question")
    body.check()
    return question_id
