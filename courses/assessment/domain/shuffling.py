"""Names and order of options: both say nothing about the key."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

# Texts that begin with a figure: "9", "1,500 people", "US$ 5.5 billion", "in 2014".
_FIGURE = re.compile(
    r"(?:about |around |in |US\$|\$|€|¥|約)?\s*(-?\d[\d,]*(?:\.\d+)?)", re.IGNORECASE
)


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


def option_order(texts: Mapping[str, str], *, seed: int) -> list[str]:
    """Return the ids of options in the order in which to show them.

    Figures that their author put in order stay so, for looking a number up in a jumble tests
    nothing but patience (Haladyna, Downing & Rodriguez 2002, guideline 21); everything else is
    shuffled. `texts` are the options by id, as authored.
    """
    found = [_FIGURE.match(text) for text in texts.values()]
    figures = [float(one.group(1).replace(",", "")) for one in found if one]
    if len(figures) == len(texts) and all(low < high for low, high in pairwise(figures)):
        return list(texts)
    return shuffled(texts, seed=seed)
