"""What can be asked about cards; nothing here writes."""

from courses.flashcards.selectors.progress import forecast, recall_by_topic
from courses.flashcards.selectors.queue import (
    done_today,
    next_card,
    next_cards,
    today,
)
from courses.flashcards.selectors.shelved import shelved_cards

__all__ = [
    "done_today",
    "forecast",
    "next_card",
    "next_cards",
    "recall_by_topic",
    "shelved_cards",
    "today",
]
