"""Runs the linter over the questions of a course folder; needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from courses.exchange.management.folders import add_folder, mistakes_told
from courses.exchange.reporting import NoSuchQuiz, lint_folder
from courses.exchange.services import read_course


class Command(BaseCommand):
    help = "Lint the questions of a course folder; fail if a finding is open."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_folder(parser)
        parser.add_argument("--quiz", default="", help="only the questions of the quiz SLUG")
        parser.add_argument(
            "--errors-only", action="store_true", help="pass over warnings and what is silenced"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        only_errors = options["errors_only"]
        with mistakes_told(self):
            parsed = read_course(Path(options["folder"]))
        try:
            report = lint_folder(parsed, quiz=options["quiz"])
        except NoSuchQuiz as refused:
            raise CommandError(str(refused)) from refused
        for line in report.lines(only_errors=only_errors):
            self.stdout.write(line)
        if count := len(report.errors if only_errors else report.open):
            raise CommandError(
                ngettext("%(count)d finding is open.", "%(count)d findings are open.", count)
                % {"count": count}
            )
