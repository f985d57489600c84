"""What the commands share that read a course folder and need no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.common.errors import DomainError
from courses.exchange.services import CourseHasMistakes

SHIPPED = Path(settings.BASE_DIR) / "fixtures" / "japan-russia-policy"


def add_folder(parser: CommandParser) -> None:
    """Give a command the argument `folder`: by default the course that ships with the site."""
    parser.add_argument(
        "folder", nargs="?", default=str(SHIPPED), help="the folder that holds course.yaml"
    )


@contextmanager
def mistakes_told(command: BaseCommand) -> Iterator[None]:
    """Write every mistake of a folder that is read inside, and raise CommandError for them."""
    try:
        yield
    except CourseHasMistakes as found:
        for line in found.lines:
            command.stderr.write(line)
        raise CommandError(found.counted) from found
    except (DomainError, OSError) as refused:
        raise CommandError(str(refused)) from refused
