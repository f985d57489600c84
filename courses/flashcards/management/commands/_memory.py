"""What the two commands about the memory of learners share."""

from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from courses.accounts.models import User
from courses.flashcards.outcomes import Discrepancy
from courses.flashcards.services.verifying import Progress


class MemoryCommand(BaseCommand):
    """Goes through learners in batches, names each card that differs and counts them."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--learner",
            action="append",
            metavar="ID_OR_EMAIL",
            help="Only this learner; may be given several times.",
        )
        parser.add_argument("--quiet", action="store_true", help="Show no progress.")

    def handle(self, *args: Any, **options: Any) -> None:
        learner_ids = options["learner"] and [_learner_id(name) for name in options["learner"]]
        progress = None if options["quiet"] else self._show_progress
        found = 0
        for discrepancy in self.go_through(learner_ids, progress):
            found += 1
            self.stdout.write(
                f"learner {discrepancy.learner_id} question {discrepancy.question_id}: "
                + ", ".join(discrepancy.fields)
            )
        self.finish(found)

    @abstractmethod
    def go_through(
        self, learner_ids: list[UUID] | None, progress: Progress | None
    ) -> Iterable[Discrepancy]:
        """Yield the cards that differ."""

    @abstractmethod
    def finish(self, found: int) -> None:
        """Say how it ended; leave with status 1 where that is called for."""

    def _show_progress(self, done: int, total: int) -> None:
        width = 30
        filled = width * done // max(total, 1)
        bar = "#" * filled + "." * (width - filled)
        end = "\n" if done >= total else ""
        self.stderr.write(f"\r[{bar}] {done} of {total} learners", ending=end)


def _learner_id(name: str) -> UUID:
    """Return the id of a learner given by id or e-mail address. Raises CommandError."""
    try:
        named = Q(pk=UUID(name))
    except ValueError:
        named = Q(email=name.lower())
    learner = User.objects.filter(named).only("pk").first()
    if learner is None:
        raise CommandError(f"There is no learner {name!r}.")
    return learner.pk
