"""The floors: the least that Django does for the same purpose. Frozen with the benchmark.

Same server, same middleware, same database settings, same tables; no REST framework, no
marking, no scheduling, no next card.
"""

import json
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses.flashcards.models import Card, ReviewLog


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Authenticate by session; read one row, insert one and update one in one transaction."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    sent = json.loads(request.body)
    moment = timezone.now()
    with transaction.atomic():
        card = Card.objects.select_for_update().get(
            learner_id=request.user.pk, question_id=UUID(sent["question"])
        )
        ReviewLog(
            learner_id=card.learner_id,
            id=UUID(request.headers["Idempotency-Key"]),
            question_id=card.question_id,
            course_id=card.course_id,
            rating=3,
            answer=sent["answer"],
            credit=1.0,
            digest="",
            answered_at=moment,
            received_at=moment,
            local_day=moment.date(),
            parameters_id=card.parameters_id,
        ).save(force_insert=True)
        Card.objects.filter(learner_id=card.learner_id, question_id=card.question_id).update(
            reps=card.reps + 1, last_review_at=moment, due_at=moment + timedelta(days=3)
        )
    return JsonResponse({"review": request.headers["Idempotency-Key"]})


def session(request: HttpRequest) -> HttpResponse:
    """Load the session and its user, and nothing else."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    return HttpResponse(b"signed in", content_type="text/plain")
