"""What a simulated learner really remembers: hidden from the product, and deciding each answer."""

from datetime import date, datetime
from math import exp
from random import Random
from uuid import UUID

from courses.flashcards.demo.people import Member
from courses.flashcards.demo.syllabus import Given, Item
from courses.flashcards.domain.fsrs6 import DEFAULT_WEIGHTS, Fsrs6, Memory

_DAY_SECONDS = 86_400
# Known well and answered wrong all the same.
_SLIP = 0.02
_WEAKNESS = 0.9


class Mind:
    """A memory of its own for each question, forgotten by other weights than the model's."""

    def __init__(self, member: Member, topics: int, rng: Random) -> None:
        self._member = member
        self._weak = {number % topics for number in member.weak} if topics else set()
        weights = list(DEFAULT_WEIGHTS)
        # How long a first impression lasts, and how fast it fades, differs between people.
        spread = exp(rng.gauss(0.35 * member.ability, 0.2))
        weights[:4] = [weight * spread for weight in weights[:4]]
        weights[20] *= exp(rng.gauss(0, 0.15))
        self._model = Fsrs6(weights)
        self._memories: dict[UUID, tuple[Memory, datetime, date]] = {}

    def answer(self, item: Item, at: datetime, rng: Random) -> Given:
        """Return what the learner answers now, by what they remember, luck and slips."""
        if rng.random() < self._chance(item, at):
            return _known(item, rng)
        if not item.self_rated and rng.random() < item.guess:
            return item.right[0]
        # The most tempting wrong answer is given about as often as all the others.
        return item.wrong[0] if rng.random() < 0.55 else rng.choice(item.wrong)

    def learn(self, item: Item, rating: int, at: datetime, day: date) -> None:
        """Take in what the feedback said."""
        before = self._memories.get(item.question_id)
        if before is None:
            memory = self._model.first(rating)
            lasting = exp(-0.45 * item.hardness - 0.5 * self._weakness(item))
            memory = Memory(max(memory.stability * lasting, 0.05), memory.difficulty)
        else:
            elapsed_days = max((day - before[2]).days, 0)
            memory = self._model.next(before[0], rating, elapsed_days=elapsed_days)
        self._memories[item.question_id] = (memory, at, day)

    def _chance(self, item: Item, at: datetime) -> float:
        """Return the chance in [0, 1] that the learner knows the answer now."""
        before = self._memories.get(item.question_id)
        if before is None:
            # From the lesson just read, or from the news.
            logit = 0.6 + 0.9 * self._member.ability - item.hardness - self._weakness(item)
            return 1 / (1 + exp(-logit))
        elapsed = (at - before[1]).total_seconds() / _DAY_SECONDS
        return self._model.retrievability(max(elapsed, 0.0), before[0].stability) - _SLIP

    def _weakness(self, item: Item) -> float:
        return _WEAKNESS if item.topic in self._weak else 0.0


def _known(item: Item, rng: Random) -> Given:
    luck = rng.random()
    if item.self_rated:
        # Good, hard, easy.
        return item.right[0 if luck < 0.68 else 1 if luck < 0.88 else -1]
    if item.nearly and luck < 0.12:
        return rng.choice(item.nearly)
    return item.right[0]
