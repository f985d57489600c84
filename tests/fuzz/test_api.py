"""Whatever is sent to the API, well-formed or not: no 5xx, and answers as described.

Schemathesis makes the requests from our own OpenAPI document. They come from a learner
with a token, and from a session, on a course with a bit of everything.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from courses.api.models import PersonalToken, Scope
from courses.common.ids import new_id
from tests.permissions import world as worlds
from tests.permissions.world import World

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]
EXAMPLES = 4_000 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.API_ANONYMOUS_PER_MINUTE = settings.API_TOKEN_PER_MINUTE = 10**9
    # As Django's own test client does: the connection holds the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    world = worlds.build()
    PersonalToken.objects.update(scopes=Scope.values)
    yield world
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _described() -> Any:
    """Return our OpenAPI document as made in this process, with the site behind it."""
    document = SchemaGenerator(api_version="1").get_schema(request=None, public=True)
    api = schemathesis.openapi.from_dict(json.loads(json.dumps(document, default=str)))
    api.app = get_wsgi_application()
    return api


api = _described()


@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_requests_from_the_document(case: Any, world: World):
    # Schemathesis asks for gzip, and does not undo it when it calls the site in-process.
    headers = {"Authorization": f"Bearer {world.client_key}", "Accept-Encoding": "identity"}
    case.validate_response(case.call(headers=headers), checks=CHECKS)

    # Once more about things that are there: made-up ids seldom come past the door.
    place = world.places["own"]
    known = {
        "slug": place.course.slug, "lesson": place.lesson.slug, "key": "JR-001",
        "lesson_id": str(place.lesson.pk), "quiz_id": str(place.quiz.pk),
        "attempt_id": str(place.attempt.pk) if place.attempt else "",
    }  # fmt: skip
    for name in (case.path_parameters or {}).keys() & known.keys():
        case.path_parameters[name] = known[name]
    if isinstance(case.body, dict) and "question" in case.body:
        case.body["question"] = str(place.question.pk)
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(new_id())
    case.validate_response(case.call(headers=headers), checks=CHECKS)
