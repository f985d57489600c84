"""The review page: one card at a time, by a script over the API or by plain forms."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.assessment.errors import AnswerRefused
from courses.assessment.presenting import question_view
from courses.assessment.versions import as_card, get_version
from courses.common.clock import now
from courses.common.ids import new_id
from courses.flashcards.errors import NothingToUndo
from courses.flashcards.outcomes import NextCard
from courses.flashcards.selectors import done_today
from courses.flashcards.services import (
    answer_card,
    bury_card,
    serve_cards,
    suspend_card,
    undo_last_review,
    unsuspend_card,
)
from courses.web.answers import duration_ms, posted_id, posted_moment, raw_answer
from courses.web.catalogue import review_catalogue
from courses.web.onward import onward
from courses.web.people import signed_in

# What the page's script imports, fetched beside it instead of after it.
_MODULES = [
    f"web/js/{name}.js"
    for name in (
        "card-draft",
        "card-queue",
        "dom",
        "feedback",
        "http",
        "keys",
        "late",
        "line",
        "moments",
        "ordering",
        "outbox",
        "review-view",
        "second-thoughts",
        "session",
        "stage",
        "uuid7",
        "widgets",
    )
]
# One to answer, one that is built meanwhile, one on the way: no answer waits for the next card.
_HELD = 3


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show the next card; a POST, from a browser without scripts, answers one."""
    if request.method == "POST":
        return _answer(request)
    moment = now()
    queue = serve_cards(learner=signed_in(request), now=moment, limit=_HELD)
    card = queue.cards[0] if queue.cards else None
    after = onward(signed_in(request), moment)
    context = _page(request, queue.remaining) | {"next_at": queue.next_at, "onward": after}
    if card is not None:
        context |= _asked(card.question) | {"card": card, "served_at": moment.isoformat()}
    context["start"] = {
        "cards": [_as_json(one) for one in queue.cards],
        "remaining": queue.remaining,
        "done_today": context["done"],
        "ahead": after.as_json(),
    }
    return render(request, "web/review.html", context | {"modules": _MODULES})


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    try:
        undo_last_review(learner=signed_in(request), undo_id=new_id(), now=now())
    except NothingToUndo as error:
        messages.info(request, error.message)
    else:
        messages.success(request, _("The last answer is taken back. Here is its card again."))
    return redirect("web:review")


@login_required
@require_POST
def bury(request: HttpRequest) -> HttpResponse:
    question_id = posted_id(request.POST, "question")
    bury_card(learner=signed_in(request), question_id=question_id, now=now())
    messages.info(request, _("This card comes back tomorrow."))
    return redirect("web:review")


@login_required
@require_POST
def suspend(request: HttpRequest) -> HttpResponse:
    suspend_card(learner=signed_in(request), question_id=posted_id(request.POST, "question"))
    messages.info(request, _("The card is set aside. “My progress” lists it."))
    return redirect("web:review")


@login_required
@require_POST
def unsuspend(request: HttpRequest) -> HttpResponse:
    question_id = posted_id(request.POST, "question")
    unsuspend_card(learner=signed_in(request), question_id=question_id, now=now())
    messages.success(request, _("The card is back. It comes when it is due."))
    return redirect("web:progress")


def _answer(request: HttpRequest) -> HttpResponse:
    moment, given = now(), raw_answer(request.POST)
    question_id = posted_id(request.POST, "question")
    served_at = posted_moment(request, "served_at")
    try:
        outcome = answer_card(
            learner=signed_in(request),
            review_id=posted_id(request.POST, "response"),
            question_id=question_id,
            raw_answer=given,
            served_at=served_at,
            answered_at=moment,
            duration_ms=duration_ms(served_at, moment),
            now=moment,
        )
    except AnswerRefused as error:
        return _refused(request, question_id, given, str(error.message))
    version = as_card(get_version(UUID(outcome.feedback["version"])))
    context = _page(request, serve_cards(learner=signed_in(request), now=moment).remaining)
    context |= _asked(question_view(version, seed=0))
    context |= {"feedback": outcome.feedback, "given": outcome.feedback["answer"]}
    context["back_today"] = outcome.due_at and localdate(outcome.due_at) == localdate(moment)
    return render(request, "web/review.html", context | {"outcome": outcome})


def _refused(
    request: HttpRequest, question_id: UUID, given: dict[str, object], message: str
) -> HttpResponse:
    """Show the card again with what was typed and why it could not be read."""
    queue = serve_cards(learner=signed_in(request), now=now())
    card = next((one for one in queue.cards if one.question_id == question_id), None)
    if card is None:
        return redirect("web:review")
    context = _page(request, queue.remaining) | _asked(card.question)
    context |= {"card": card, "given": given, "error": message, "served_at": now().isoformat()}
    return render(request, "web/review.html", context, status=422)


def _page(request: HttpRequest, remaining: int) -> dict[str, object]:
    done = done_today(signed_in(request), now())
    return {
        "place": "review",
        "remaining": remaining,
        "done": done,
        "share_done": 100 * done // max(done + remaining, 1),
        "catalogue": review_catalogue(),
    }


def _asked(question: dict[str, object]) -> dict[str, object]:
    return {"q": question, "uid": "card", "answer_id": new_id()}


def _as_json(card: NextCard) -> dict[str, object]:
    """Return a card as the API gives it, so that the page needs no first request."""
    return {
        "question": card.question,
        "served_at": card.served_at.isoformat(),
        "state": card.state,
        "preview": card.preview,
    }
