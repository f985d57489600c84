"""What can be done with cards; every function says in its docstring what it raises."""

from courses.flashcards.services.answering import answer_card
from courses.flashcards.services.erasing import erase_memory
from courses.flashcards.services.planning import ensure_day_plans, make_day_plans
from courses.flashcards.services.recording import record_response
from courses.flashcards.services.reminding import (
    learner_of_stop_token,
    reminder_for,
    stop_reminders,
    stop_token,
)
from courses.flashcards.services.serving import serve_cards
from courses.flashcards.services.shelving import (
    bury_card,
    suspend_card,
    unbury_card,
    unsuspend_card,
)
from courses.flashcards.services.undoing import undo_last_review
from courses.flashcards.services.verifying import rebuild_memory, verify_memory

__all__ = [
    "answer_card",
    "bury_card",
    "ensure_day_plans",
    "erase_memory",
    "learner_of_stop_token",
    "make_day_plans",
    "rebuild_memory",
    "record_response",
    "reminder_for",
    "serve_cards",
    "stop_reminders",
    "stop_token",
    "suspend_card",
    "unbury_card",
    "undo_last_review",
    "unsuspend_card",
    "verify_memory",
]
