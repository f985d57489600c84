"""Takes pictures in: looked at, stored under generated names, never overwritten."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.common.errors import DomainError
from courses.common.ids import new_id
from courses.content.domain.drafts import Changes
from courses.content.domain.pictures import PictureFacts, examine_picture
from courses.content.domain.vector import PictureRefused
from courses.content.models import Lesson, MediaFile
from courses.content.services.references import renew_references
from courses.enrollment.models import Course

_SUFFIX = {
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
}


class MediaRefused(DomainError):
    """The file is not a picture that this site shows; the message says why."""

    code = "media_refused"
    status = 422
    message = _("This file is not a picture that can be shown.")


def check_media(name: str, content: bytes) -> PictureFacts:
    """Return what a picture is, or raise MediaRefused."""
    try:
        return examine_picture(name, content)
    except PictureRefused as refused:
        raise MediaRefused(str(refused)) from refused


@transaction.atomic
def save_media_files(
    course: Course, files: Mapping[str, bytes], *, now: datetime, store: bool = True
) -> Changes:
    """Make `files` the pictures of the course; those missing are archived. Raises MediaRefused.

    Without `store` no file is written: for a trial whose transaction is rolled back.
    """
    known = {media.name: media for media in MediaFile.objects.filter(course=course)}
    changes = Changes()
    for name, content in files.items():
        media = known.pop(name, None)
        kind = save_media(course, name, content, now=now, known=media, store=store)
        changes.note(kind, name)
    for name, media in known.items():
        if media.archived_at is None:
            MediaFile.objects.filter(pk=media.pk).update(archived_at=now)
            changes.note("archived", name)
    if changes:
        renew_references(Lesson.objects.filter(course=course))
    return changes


def save_media(
    course: Course,
    name: str,
    content: bytes,
    *,
    now: datetime,
    known: MediaFile | None = None,
    store: bool = True,
) -> str:
    """Save one picture; return `created`, `changed`, `restored` or `unchanged`.

    New content is a new file: what a transaction that fails leaves behind is an orphan,
    never a picture that changed under its record.
    """
    digest = hashlib.sha256(content).hexdigest()
    if known is not None and known.digest == digest and known.archived_at is None:
        return "unchanged"
    media = known or MediaFile(course=course, name=name)
    kind = "created" if known is None else "restored" if known.archived_at else "changed"
    if media.digest != digest:
        facts = check_media(name, content)
        media.content_type, media.width, media.height = (
            facts.content_type,
            facts.width,
            facts.height,
        )
        media.digest, media.created_at = digest, now
        generated = f"{new_id().hex}{_SUFFIX[facts.content_type]}"
        if store:
            media.file.save(generated, ContentFile(content), save=False)
    media.archived_at = None
    media.save()
    return kind
