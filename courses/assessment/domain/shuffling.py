"""Names and order of options: both say nothing about the key."""

import hashlib
from collections.abc import Iterable


def option_id(text: str) -> str:
    """Return the name of an option for clients: 8 hexadecimal digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def seed_from(*parts: object) -> int:
    """Return a seed in [0, 2^31) that depends on nothing but `parts`, on every machine alike."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def shuffled(ids: Iterable[str], *, seed: int, salt: int = 0) -> list[str]:
    """Return `ids` in an order that depends on the seed and the ids, not on their order here.

    Sorting by a hash, rather than shuffling the authored order, keeps the result the same
    across Python versions and after an author moves an option.
    """
    return sorted(
        ids,
        key=lambda name: (hashlib.sha256(f"{seed}:{salt}:{name}".encode()).digest(), name),
    )
