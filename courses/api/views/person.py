"""The caller: their day, their plans, their tokens."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from courses.api import schemas, shapes
from courses.api.base import ApiView, caller
from courses.api.models import PersonalToken
from courses.api.openapi import describe
from courses.api.pagination import Pages
from courses.api.permissions import SessionOnly, SignedIn
from courses.api.reading import Body
from courses.api.tokens import create_token, revoke_token
from courses.api.views.courses import PAGING
from courses.common import clock
from courses.flashcards.models import DayPlan
from courses.flashcards.selectors import today


class Me(ApiView):
    permission_classes = (SignedIn,)

    @describe(schemas.PersonSchema, summary="You, and what is left of your day")
    def get(self, request: Request) -> Response:
        return Response(shapes.person(caller(request), today(caller(request), clock.now())))


class Plans(ApiView):
    permission_classes = (SignedIn,)

    @describe(schemas.PlanSchema, summary="Your day plans, newest first", paged=True, query=PAGING)
    def get(self, request: Request) -> Response:
        pages = Pages()
        mine = DayPlan.objects.filter(learner=caller(request)).select_related("course")
        found = pages.paginate_queryset(mine.order_by("-day", "id"), request, self) or []
        return pages.get_paginated_response([shapes.plan(row) for row in found])


class Tokens(ApiView):
    permission_classes = (SessionOnly,)

    @describe(schemas.TokenSchema, summary="Your tokens", many=True, problems=(403,))
    def get(self, request: Request) -> Response:
        mine = PersonalToken.objects.filter(user=caller(request)).order_by("-created_at", "-id")
        return Response([shapes.token(row) for row in mine[:200]])

    @describe(
        schemas.NewTokenSchema,
        summary="Make a token; its key is in the answer and nowhere else",
        request=schemas.TokenRequestSchema,
        status=201,
        problems=(403, 409, 422),
    )
    def post(self, request: Request) -> Response:
        body = Body(request.data)
        name = body.text("name")
        scopes = body.texts("scopes", most=10)
        expires_at = body.optional_moment("expires_at")
        body.check()
        token, key = create_token(
            user=caller(request), name=name, scopes=scopes, expires_at=expires_at, now=clock.now()
        )
        return Response({**shapes.token(token), "key": key}, status=201)


class Token(ApiView):
    permission_classes = (SessionOnly,)

    @describe(None, summary="Revoke a token", status=204, problems=(403, 404))
    def delete(self, request: Request, token_id: UUID) -> Response:
        revoke_token(user=caller(request), token_id=token_id, now=clock.now())
        return Response(status=204)
