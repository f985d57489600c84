"""Serves the pictures of courses: as pictures, and as nothing else."""

from django.http import FileResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import content_disposition_header

from courses.common.errors import NotFound
from courses.content.models import MediaFile
from courses.enrollment.models import Course
from courses.enrollment.selectors import Person

# inside an <img> scripts never run; these headers hold if somebody opens the file itself
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def open_media(user: Person, course_slug: str, name: str) -> MediaFile:
    """Return the picture called `name`, if `user` may know of its course; else raise NotFound."""
    media = MediaFile.objects.filter(
        course__in=Course.objects.visible_to(user),
        course__slug=course_slug,
        name=name,
        archived_at=None,
    ).first()
    if media is None:
        raise NotFound
    return media


def media_response(media: MediaFile, *, if_none_match: str = "") -> HttpResponseBase:
    """Return the picture with headers that keep it a picture.

    `if_none_match` is that header of the request: who has the picture gets no second copy.
    """
    etag = f'"{media.digest}"'
    response: HttpResponseBase
    if etag in if_none_match:
        response = HttpResponseNotModified()
    else:
        try:
            content = media.file.open("rb")
        except FileNotFoundError as gone:
            raise NotFound from gone
        response = FileResponse(content, content_type=media.content_type)
    header = content_disposition_header(as_attachment=True, filename=media.name)
    assert header is not None
    response["Content-Disposition"] = header
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600"
    return response
