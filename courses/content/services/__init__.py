"""Writes of the content context."""

from courses.content.services.glossary import save_terms
from courses.content.services.ledger import (
    save_claim,
    save_claims,
    save_source,
    save_sources,
    save_topics,
)
from courses.content.services.lessons import (
    UnknownClaim,
    archive_lesson,
    save_lesson,
    save_lessons,
)
from courses.content.services.media import MediaRefused, check_media, save_media, save_media_files
from courses.content.services.progress import finish_lesson, start_lesson

__all__ = [
    "MediaRefused",
    "UnknownClaim",
    "archive_lesson",
    "check_media",
    "finish_lesson",
    "save_claim",
    "save_claims",
    "save_lesson",
    "save_lessons",
    "save_media",
    "save_media_files",
    "save_source",
    "save_sources",
    "save_terms",
    "save_topics",
    "start_lesson",
]
