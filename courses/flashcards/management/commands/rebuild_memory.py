"""`rebuild_memory`: make every card the fold of its review log again."""

from collections.abc import Iterable
from uuid import UUID

from courses.flashcards.management.commands._memory import MemoryCommand
from courses.flashcards.outcomes import Discrepancy
from courses.flashcards.services.verifying import Progress, rebuild_memory


class Command(MemoryCommand):
    help = "Fold every review log and mend the cards that differ."

    def go_through(
        self, learner_ids: list[UUID] | None, progress: Progress | None
    ) -> Iterable[Discrepancy]:
        return rebuild_memory(learner_ids=learner_ids, progress=progress)

    def finish(self, found: int) -> None:
        self.stdout.write(f"{found} cards mended." if found else "Nothing to mend.")
