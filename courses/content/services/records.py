"""Mends and archives records that a folder names: topics, sources, claims, entries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from courses.content.domain.drafts import Changes


def mend(record: Any, wanted: Mapping[str, object]) -> str:
    """Give a record the wanted values and bring it back from the archive, if need be."""
    restored = record.archived_at is not None
    different = {name: value for name, value in wanted.items() if getattr(record, name) != value}
    if restored:
        different["archived_at"] = None
    if not different:
        return "unchanged"
    for name, value in different.items():
        setattr(record, name, value)
    record.save(update_fields=list(different))
    return "restored" if restored else "changed"


def archive(missing: Mapping[str, Any], changes: Changes, now: datetime) -> None:
    """Archive the records that are missing from a folder, and note which of them were there."""
    for name, record in missing.items():
        if record.archived_at is None:
            record.archived_at = now
            record.save(update_fields=["archived_at"])
            changes.note("archived", name)
