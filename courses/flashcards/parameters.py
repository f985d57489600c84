"""Memory models by parameter set: immutable rows, kept in the process once read."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from courses.flashcards.domain import fsrs6
from courses.flashcards.domain.fsrs6 import Fsrs6
from courses.flashcards.models import ParameterSet

# The published default weights, for everyone until a fit proves better. Made by
# post_migrate, so that it is also there after a flush.
DEFAULT_SET_ID: Final = UUID("01932f1e-8c00-7000-8000-00000000f5e6")
_DEFAULT_MODEL: Final = Fsrs6()
_PUBLISHED_AT: Final = datetime(2025, 1, 1, tzinfo=UTC)


def memory_model(parameters_id: UUID) -> Fsrs6:
    """Return the model of a parameter set, without a query but for the first time.

    Raises ParameterSet.DoesNotExist.
    """
    return _DEFAULT_MODEL if parameters_id == DEFAULT_SET_ID else _fitted_model(parameters_id)


@lru_cache(maxsize=4096)
def _fitted_model(parameters_id: UUID) -> Fsrs6:
    return Fsrs6(ParameterSet.objects.values_list("weights", flat=True).get(pk=parameters_id))


def ensure_default_set(using: str = "default") -> None:
    """Write the default parameter set if it is not there."""
    ParameterSet.objects.using(using).get_or_create(
        pk=DEFAULT_SET_ID,
        defaults={
            "model": fsrs6.MODEL,
            "weights": list(fsrs6.DEFAULT_WEIGHTS),
            "created_at": _PUBLISHED_AT,
        },
    )
