"""Public identifiers: UUIDv7, which sort by time of making and guess at nothing else."""

from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from uuid_utils.compat import uuid7

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562), ordered by time within this process."""
    return UUID(int=uuid7().int)


def id_from(moment: datetime, *parts: UUID | str) -> UUID:
    """Return the UUIDv7 of `moment` (aware) whose random bits are the hash of `parts`.

    The same each time: what is written under it by a job that is run again is there already.
    """
    seed = "/".join(map(str, parts)).encode()
    chance = int.from_bytes(blake2b(seed, digest_size=10).digest(), "big")
    high, low = chance >> 62 & 0xFFF, chance & (1 << 62) - 1
    milliseconds = int(moment.timestamp() * 1000) & (1 << 48) - 1
    return UUID(int=milliseconds << 80 | _VERSION_7 | high << 64 | _VARIANT | low)
