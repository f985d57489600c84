"""Removes the demo people and all that is theirs."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.common import clock
from courses.enrollment.demo import remove_demo


class Command(BaseCommand):
    help = "Remove the demo people and all that is theirs."

    def handle(self, *args: Any, **options: Any) -> None:
        count = remove_demo(now=clock.now())
        people = "person was" if count == 1 else "people were"
        self.stdout.write(f"{count} demo {people} removed.")
