"""`verify_memory`: is every card the fold of its review log?"""

import sys
from collections.abc import Iterable
from uuid import UUID

from courses.flashcards.management.commands._memory import MemoryCommand
from courses.flashcards.outcomes import Discrepancy
from courses.flashcards.services.verifying import Progress, verify_memory


class Command(MemoryCommand):
    help = "Fold every review log and name the cards that differ; status 1 if any does."

    def go_through(
        self, learner_ids: list[UUID] | None, progress: Progress | None
    ) -> Iterable[Discrepancy]:
        return verify_memory(learner_ids=learner_ids, progress=progress)

    def finish(self, found: int) -> None:
        if found:
            self.stderr.write(f"{found} cards differ from their log; rebuild_memory mends them.")
            sys.exit(1)
        self.stdout.write("Every card is the fold of its log.")
