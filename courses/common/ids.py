"""Public identifiers: UUIDv7, which sort by time of making and guess at nothing else."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562), ordered by time within this process."""
    return UUID(int=uuid7().int)
