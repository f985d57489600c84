"""Imports a course folder as the operator of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.common import clock
from courses.common.errors import DomainError
from courses.exchange.services import CourseHasMistakes, import_course_folder


class Command(BaseCommand):
    help = "Make a course what a folder says it is; all of it, or nothing if it has mistakes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="the folder that holds course.yaml")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would change, and keep nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_course_folder(
                options["folder"], now=clock.now(), dry_run=options["dry_run"]
            )
        except CourseHasMistakes as found:
            for mistake in found.mistakes:
                self.stderr.write(str(mistake))
            raise CommandError(f"{len(found.mistakes)} mistakes; nothing was changed.") from found
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        for line in report.lines():
            self.stdout.write(line)
