"""Finds where a text says word for word what a claim of the ledger says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from courses.content.domain.drafts import ClaimDraft
from courses.exchange.reporting import rules
from courses.exchange.reporting.reading import words_of


@dataclass(frozen=True)
class Run:
    """Words in a row that a text has in common with the statement of a claim."""

    key: str
    words: tuple[str, ...]

    @property
    def length(self) -> int:
        return len(self.words)

    def __str__(self) -> str:
        return f"{self.length} words in a row are those of {self.key}: “{' '.join(self.words)}”."


class Ledger:
    """The statements of claims, by every run of words that is long enough for a remark."""

    def __init__(self, claims: Iterable[ClaimDraft]) -> None:
        self._statements = {claim.key: words_of(claim.statement) for claim in claims}
        self._places: dict[tuple[str, ...], list[tuple[str, int]]] = {}
        for key, words in self._statements.items():
            for begin in range(len(words) - rules.COPY_REMARK + 1):
                run = tuple(words[begin : begin + rules.COPY_REMARK])
                self._places.setdefault(run, []).append((key, begin))

    def runs_in(self, texts: Iterable[str]) -> Iterator[Run]:
        """Yield the longest run that each text shares with each claim."""
        for text in texts:
            words = words_of(text)
            longest: dict[str, Run] = {}
            for begin in range(len(words) - rules.COPY_REMARK + 1):
                start = tuple(words[begin : begin + rules.COPY_REMARK])
                for key, at in self._places.get(start, ()):
                    run = Run(key, _common(words[begin:], self._statements[key][at:]))
                    if key not in longest or run.length > longest[key].length:
                        longest[key] = run
            yield from longest.values()


def _common(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    shared = []
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared.append(mine)
    return tuple(shared)
