"""Makes the demo class at once, rather than when a worker comes to it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.common import clock
from courses.enrollment.models import Course
from courses.flashcards.demo.loading import demo_teacher, load_class


class Command(BaseCommand):
    help = "Make the demo class of 24 with three weeks of history; load_demo comes first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--course", default="japan-russia-policy")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Demo people are for trying the site on a machine of your own.")
        course = Course.objects.filter(slug=options["course"]).first()
        if course is None or demo_teacher() is None:
            raise CommandError("Make the demo people of the course first: manage.py load_demo")
        made = load_class(course, now=clock.now())
        self.stdout.write(f"{made} of the demo class made. Remove it: manage.py remove_demo")
