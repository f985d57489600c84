"""Imports a course folder: as the operator of the site, or on behalf of a person."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.accounts.models import User
from courses.common import clock
from courses.common.errors import DomainError
from courses.exchange.jobs import request_import
from courses.exchange.services import CourseHasMistakes, import_course_folder


class Command(BaseCommand):
    help = "Make a course what a folder says it is; all of it, or nothing if it has mistakes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="the folder that holds course.yaml")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would change, and keep nothing"
        )

        parser.add_argument(
            "--on-behalf-of",
            metavar="EMAIL",
            help="import as this person, with what they may do, instead of as the operator",
        )
        parser.add_argument(
            "--background",
            action="store_true",
            help="leave it to a worker, who must be able to read the folder",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["background"] and options["dry_run"]:
            raise CommandError("A trial (--dry-run) cannot be left to a worker (--background).")
        actor = self._person(options["on_behalf_of"])
        if options["background"]:
            job = request_import(Path(options["folder"]), requested_by=actor, now=clock.now())
            self.stdout.write(f"A worker will import the folder; the job is {job.pk}.")
            return
        self._import(options["folder"], actor=actor, dry_run=options["dry_run"])

    def _person(self, email: str | None) -> User | None:
        if email is None:
            return None
        person = User.objects.filter(email=email.lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active account with the address {email}.")
        return person

    def _import(self, folder: str, *, actor: User | None, dry_run: bool) -> None:
        try:
            report = import_course_folder(folder, actor=actor, now=clock.now(), dry_run=dry_run)
        except CourseHasMistakes as found:
            for line in found.lines:
                self.stderr.write(line)
            raise CommandError(found.counted) from found
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        for line in report.lines():
            self.stdout.write(line)
