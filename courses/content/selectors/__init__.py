"""Reads of the content context."""

from courses.content.selectors.claims import (
    ClaimNote,
    ClaimPage,
    claim_cards,
    claim_page,
    course_claims,
    lesson_claim_notes,
)
from courses.content.selectors.lessons import lesson_for, lessons_with_drafts, published_lessons

__all__ = [
    "ClaimNote",
    "ClaimPage",
    "claim_cards",
    "claim_page",
    "course_claims",
    "lesson_claim_notes",
    "lesson_for",
    "lessons_with_drafts",
    "published_lessons",
]
