"""Courses, their lessons, claims and quizzes: what may be read."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from courses.api import schemas, shapes
from courses.api.base import PublicView
from courses.api.openapi import describe
from courses.api.pagination import Pages
from courses.api.permissions import Anyone
from courses.api.problems import InvalidRequest
from courses.assessment.selectors import questions_for_lesson, quiz_overviews
from courses.common import clock
from courses.common.errors import NotFound
from courses.content.models import Claim, ClaimRevision
from courses.content.rendering import render_lesson
from courses.content.selectors import (
    course_claims,
    lesson_claim_notes,
    lesson_for,
    published_lessons,
)
from courses.content.selectors.claims import claim_note
from courses.enrollment.models import Course
from courses.enrollment.selectors import course_for

PAGING = {
    "page": "Which page, from 1.",
    "page_size": f"How many on a page, at most {Pages.max_page_size}.",
}


class CourseList(PublicView):
    permission_classes = (Anyone,)

    @describe(
        schemas.CourseSchema,
        summary="Courses you may know of",
        name="courses_list",
        paged=True,
        query=PAGING,
    )
    def get(self, request: Request) -> Response:
        studied = _studied(request)
        pages = Pages()
        visible = Course.objects.visible_to(request.user).order_by("title", "id")
        found = pages.paginate_queryset(visible, request, self) or []
        return pages.get_paginated_response(
            [shapes.course(row, studied=row.pk in studied) for row in found]
        )


class CourseDetail(PublicView):
    permission_classes = (Anyone,)

    @describe(schemas.CourseSchema, summary="A course", problems=(404,))
    def get(self, request: Request, slug: str) -> Response:
        row = course_for(request.user, slug)
        return Response(shapes.course(row, studied=row.pk in _studied(request)))


class LessonList(PublicView):
    permission_classes = (Anyone,)

    @describe(
        schemas.LessonSchema,
        summary="The published lessons of a course",
        name="lessons_list",
        paged=True,
        query=PAGING,
        problems=(404,),
    )
    def get(self, request: Request, slug: str) -> Response:
        pages = Pages()
        lessons = published_lessons(course_for(request.user, slug), request.user)
        found = pages.paginate_queryset(lessons, request, self) or []
        return pages.get_paginated_response([shapes.lesson(row) for row in found])


class LessonDetail(PublicView):
    permission_classes = (Anyone,)

    @describe(schemas.LessonTextSchema, summary="A lesson with its questions", problems=(404,))
    def get(self, request: Request, slug: str, lesson: str) -> Response:
        row = lesson_for(request.user, slug, lesson)
        if row.current is None:
            raise NotFound
        rendered = render_lesson(row.current)
        questions = questions_for_lesson(lesson=row, user=request.user, slugs=rendered.questions)
        notes = lesson_claim_notes(row, rendered.citations)
        return Response(shapes.lesson_text(row, rendered, questions, notes))


class ClaimList(PublicView):
    permission_classes = (Anyone,)

    @describe(
        schemas.ClaimSchema,
        summary="The claims of a course",
        name="claims_list",
        paged=True,
        query={
            **PAGING,
            "topic": "Only claims on this topic (its slug).",
            "kind": f"Only claims of this kind: {', '.join(ClaimRevision.Kind.values)}.",
        },
        problems=(404,),
    )
    def get(self, request: Request, slug: str) -> Response:
        pages = Pages()
        claims = self._filtered(course_claims(course_for(request.user, slug)), request)
        found = pages.paginate_queryset(claims, request, self) or []
        return pages.get_paginated_response([shapes.claim(row, claim_note(row)) for row in found])

    @staticmethod
    def _filtered(claims: QuerySet[Claim], request: Request) -> QuerySet[Claim]:
        wanted: dict[str, Any] = {}
        if topic := request.GET.get("topic"):
            wanted["current__topic__slug"] = topic.replace("\0", "")
        if kind := request.GET.get("kind"):
            if kind not in ClaimRevision.Kind.values:
                row = {"pointer": "query:/kind", "detail": _("There is no such kind of claim.")}
                raise InvalidRequest([row | {"code": "invalid"}])
            wanted["current__kind"] = kind
        return claims.filter(**wanted)


class ClaimDetail(PublicView):
    permission_classes = (Anyone,)

    @describe(schemas.ClaimSchema, summary="A claim", problems=(404,))
    def get(self, request: Request, slug: str, key: str) -> Response:
        claims = course_claims(course_for(request.user, slug))
        row = claims.filter(key=key.replace("\0", "")).first()
        if row is None:
            raise NotFound
        return Response(shapes.claim(row, claim_note(row)))


class QuizList(PublicView):
    permission_classes = (Anyone,)

    @describe(schemas.QuizSchema, summary="The quizzes of a course", many=True, problems=(404,))
    def get(self, request: Request, slug: str) -> Response:
        course = course_for(request.user, slug)
        overviews = quiz_overviews(course=course, user=request.user, now=clock.now())
        return Response([shapes.quiz(overview) for overview in overviews])


def _studied(request: Request) -> set[Any]:
    return set(Course.objects.studied_by(request.user).order_by().values_list("pk", flat=True))
