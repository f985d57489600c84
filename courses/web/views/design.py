"""Every component in every state, for who works on the pages."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from courses.content.rendering import HtmlPart, render_body
from courses.content.selectors import ClaimNote
from courses.web import samples
from courses.web.contents import BEGUN, NEW, READ
from courses.web.sidenotes import Notes

_ID = UUID(int=0)
_COLOURS = [
    *("paper", "surface", "sunk", "ink", "ink-2", "ink-3", "rule", "edge"),
    *("seal", "indigo", "right", "nearly", "wrong"),
]
_SPACES = ["05", "1", "15", "2", "3", "4", "5", "6", "8"]
_ICONS = ["right", "nearly", "wrong", "open", "back"]


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for /favicon.ico unasked to the seal that pages name."""
    return redirect(static("web/img/seal.svg"))


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    if not (settings.DEVELOPMENT or request.user.is_staff):
        raise Http404
    asked = [
        {"q": view, "uid": f"asked-{number}", "answer_id": _ID}
        for number, view in enumerate(samples.asked())
    ]
    answered = [
        sample | {"uid": f"answered-{number}"} for number, sample in enumerate(samples.answered())
    ]
    note = ClaimNote(**samples.CLAIM)
    context = {
        "asked": asked,
        "answered": answered,
        "colours": _COLOURS,
        "spaces": _SPACES,
        "icons": _ICONS,
        "prose": _prose(note),
        "note": note,
        "notes": [note],
        "refused": {"value": "thirteen or so"},
        "states": [{"state": state, "asked": 12, "answered": 5} for state in (READ, BEGUN, NEW)],
    }
    return render(request, "web/design.html", context)


def _prose(note: ClaimNote) -> list[SafeString]:
    drawn = render_body(samples.PROSE, claim_urls={note.key: note.url}, pictures={})
    notes = Notes([note])
    return [notes.beside(part.html) for part in drawn.parts if isinstance(part, HtmlPart)]
