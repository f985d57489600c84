"""What can be asked about cards; nothing here writes."""

from courses.flashcards.selectors.calendar import review_calendar
from courses.flashcards.selectors.histories import card_history, card_recalls, stems_of
from courses.flashcards.selectors.outlook import outlook
from courses.flashcards.selectors.previews import days_label
from courses.flashcards.selectors.progress import forecast, recall_by_topic
from courses.flashcards.selectors.queue import (
    done_today,
    next_card,
    next_cards,
    seconds_per_card,
    study_day,
    today,
)
from courses.flashcards.selectors.schedules import card_schedules
from courses.flashcards.selectors.shelved import shelved_cards

__all__ = [
    "card_history",
    "card_recalls",
    "card_schedules",
    "days_label",
    "done_today",
    "forecast",
    "next_card",
    "next_cards",
    "outlook",
    "recall_by_topic",
    "review_calendar",
    "seconds_per_card",
    "shelved_cards",
    "stems_of",
    "study_day",
    "today",
]
