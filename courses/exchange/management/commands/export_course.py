"""Exports a course as a folder of files, as the operator of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from courses.common.errors import DomainError
from courses.enrollment.models import Course
from courses.exchange.services import export_course_folder


class Command(BaseCommand):
    help = "Write a course as a folder of files that import_course reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the course's name in addresses")
        parser.add_argument("folder", help="an empty or new folder, or one that holds a course")

    def handle(self, *args: Any, **options: Any) -> None:
        course = Course.objects.filter(slug=options["slug"]).first()
        if course is None:
            known = ", ".join(Course.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no course {options['slug']}. There are: {known or '-'}.")
        try:
            changed = export_course_folder(course, options["folder"])
        except (DomainError, OSError) as refused:
            raise CommandError(str(refused)) from refused
        words = ngettext(
            "%(count)d file written or removed in %(folder)s.",
            "%(count)d files written or removed in %(folder)s.",
            len(changed),
        )
        self.stdout.write(words % {"count": len(changed), "folder": options["folder"]})
