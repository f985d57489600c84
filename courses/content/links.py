"""Addresses of what lessons point at; the pages behind them belong to the context above."""

from django.urls import reverse


def claim_url(course_slug: str, key: str) -> str:
    return reverse("web:claim", kwargs={"slug": course_slug, "key": key})


def media_url(course_slug: str, name: str, digest: str) -> str:
    """Return where a picture is; its digest makes new content a new address."""
    return f"{reverse('web:media', kwargs={'slug': course_slug, 'name': name})}?v={digest[:12]}"


def glossary_url(course_slug: str, slug: str) -> str:
    """Return where an entry stands: on one page with all the others of its course."""
    return f"{reverse('web:course', kwargs={'slug': course_slug})}glossary/#{slug}"
