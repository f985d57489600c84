"""Reads of the content context."""

from courses.content.selectors.claims import (
    ClaimNote,
    ClaimPage,
    claim_cards,
    claim_cards_by_id,
    claim_page,
    course_claims,
    lesson_claim_notes,
)
from courses.content.selectors.glossary import (
    GlossaryEntry,
    GlossaryLesson,
    glossary_entry,
    glossary_of,
)
from courses.content.selectors.lessons import lesson_for, lessons_with_drafts, published_lessons
from courses.content.selectors.timeline import TimelineEntry, timeline_of

__all__ = [
    "ClaimNote",
    "ClaimPage",
    "GlossaryEntry",
    "GlossaryLesson",
    "TimelineEntry",
    "claim_cards",
    "claim_cards_by_id",
    "claim_page",
    "course_claims",
    "glossary_entry",
    "glossary_of",
    "lesson_claim_notes",
    "lesson_for",
    "lessons_with_drafts",
    "published_lessons",
    "timeline_of",
]
