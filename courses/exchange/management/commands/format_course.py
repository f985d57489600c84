"""Brings the files of a course folder into the canonical form."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from courses.exchange.management.folders import mistakes_told
from courses.exchange.services import format_course_folder


class Command(BaseCommand):
    help = "Rewrite a course folder's files in the canonical form, comments included."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="the folder that holds course.yaml")
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if a file would change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with mistakes_told(self):
            changed = format_course_folder(options["folder"], only_check=options["check"])
        for name in changed:
            self.stdout.write(name)
        if changed and options["check"]:
            count = len(changed)
            raise CommandError(
                ngettext(
                    "%(count)d file is not in the canonical form.",
                    "%(count)d files are not in the canonical form.",
                    count,
                )
                % {"count": count}
            )
