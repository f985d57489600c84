"""Reports on a course folder: what it covers and what it still owes; needs no database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from courses.exchange.management.folders import add_folder, mistakes_told
from courses.exchange.reporting import as_text, report_on
from courses.exchange.services import read_course


class Command(BaseCommand):
    help = "Report what a course folder covers: lessons, claims, questions; fail on errors."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_folder(parser)
        parser.add_argument("--json", action="store_true", help="write the report as JSON")
        parser.add_argument(
            "--claims", action="store_true", help="list where every claim is taught and asked"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with mistakes_told(self):
            parsed = read_course(Path(options["folder"]))
        with translation.override("en"):
            report = report_on(parsed.content)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
        else:
            for line in as_text(report, every_claim=options["claims"]):
                self.stdout.write(line)
        if report.errors:
            raise CommandError(f"The course has {len(report.errors)} errors.")
