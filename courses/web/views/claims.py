"""A claim on record, and the pictures of a course."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.content.media import media_response, open_media
from courses.content.selectors import claim_page
from courses.web.claim_facts import figures_of, named_in


@require_safe
def claim(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    page = claim_page(request.user, slug, key)
    people, terms = named_in(page.claim, page.people)
    context = {
        "page": page,
        "course": page.course,
        "note": page.note,
        "figures": figures_of(page.figures),
        "people": people,
        "terms": terms,
        "earlier": page.revisions[1:],
    }
    return render(request, "web/claim.html", context)


@require_safe
def media(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    picture = open_media(request.user, slug, name)
    return media_response(picture, if_none_match=request.headers.get("If-None-Match", ""))
