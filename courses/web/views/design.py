"""Every component in every state, for who works on the pages."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from courses.web.samples import ANSWERED, ASKED

_ID = UUID(int=0)
_COLOURS = [
    *("paper", "surface", "sunk", "ink", "ink-2", "ink-3", "rule", "edge"),
    *("seal", "indigo", "right", "nearly", "wrong"),
]


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for /favicon.ico unasked to the seal that pages name."""
    return redirect(static("web/img/seal.svg"))


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    if not (settings.DEVELOPMENT or request.user.is_staff):
        raise Http404
    asked = [
        {"q": view, "uid": f"asked-{number}", "answer_id": _ID} for number, view in enumerate(ASKED)
    ]
    answered = [sample | {"uid": f"answered-{number}"} for number, sample in enumerate(ANSWERED)]
    context = {"asked": asked, "answered": answered, "colours": _COLOURS}
    return render(request, "web/design.html", context)
