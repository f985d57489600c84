"""Makes the demo people and prints the passwords of the new ones, this once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.common import clock
from courses.enrollment.demo import load_demo
from courses.enrollment.models import Course


class Command(BaseCommand):
    help = "Make demo people: a student, an assistant, two teachers and an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--course", default="japan-russia-policy", help="The course they take part in."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError(
                "Demo people are for trying the site on a machine of your own; this site runs in "
                "production. To make yourself an administrator use: manage.py createsuperuser"
            )
        course = Course.objects.filter(slug=options["course"]).first()
        if course is None:
            raise CommandError(
                f"There is no course {options['course']!r} for the demo people to take part in. "
                "Load it first: manage.py import_course fixtures/japan-russia-policy"
            )
        fresh = load_demo(course, now=clock.now())
        if not fresh:
            return
        self.stdout.write("Demo people (their passwords are shown this once and not kept):")
        for person, password in fresh:
            self.stdout.write(f"  {person.role:<15} {person.email:<33} {password}")
        self.stdout.write("Remove them and all that is theirs: manage.py remove_demo")
