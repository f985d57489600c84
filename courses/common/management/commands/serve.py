"""`manage.py serve`: the whole site on this machine, started, watched and stopped together."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from quizsite.serve import preflight
from quizsite.serve.children import children
from quizsite.serve.plan import Plan
from quizsite.serve.preparing import Preparation


class Command(BaseCommand):
    help = (
        "Prepares the database and files, then runs the app server, a Celery worker, Celery beat "
        "and (unless REDIS_URL names one) a Redis-protocol server until Ctrl-C."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
        parser.add_argument("--host", default="127.0.0.1", help="default: this machine only")
        parser.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
        parser.add_argument(
            "--embedded",
            action="store_true",
            help="in production: yes, SQLite or the embedded Redis-protocol server is meant",
        )

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        try:
            plan = prepare(
                host=options["host"],
                port=port_number(options["port"]),
                workers=max(1, options["workers"]),
                embedded=options["embedded"],
                say=self.stdout.write,
            )
        except preflight.CannotServe as refusal:
            raise CommandError(str(refusal)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped.") from None
        become_supervisor(plan)


def prepare(
    *, host: str, port: int, workers: int, embedded: bool, say: Callable[[str], object]
) -> Plan:
    """Check and prepare everything and return what to start; raises CannotServe."""
    if not settings.DEVELOPMENT:
        refuse_unmeant_defaults(embedded=embedded)
    folder = Path(settings.VAR_DIR)
    preflight.check_writable(folder)
    lock = preflight.take_lock(folder)
    preflight.check_port(host, port)
    preparation = Preparation(folder, say=say)
    preparation.run(course=settings.DEVELOPMENT, demo=settings.DEVELOPMENT)
    address = f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}"
    return Plan(
        children=children(host=host, port=port, workers=workers, folder=folder),
        folder=str(folder),
        host=host,
        port=port,
        address=address,
        greeting=greeting(address, preparation.demo_words),
        must_be_seen=f"\n{preparation.demo_words}\n\n" if preparation.demo_words else "",
        broker_socket=str(settings.EMBEDDED_REDIS_SOCKET) if settings.REDIS_IS_EMBEDDED else "",
        inherited=[lock],
    )


def port_number(text: str) -> int:
    """Return the port that `text` names; raises CannotServe."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise preflight.CannotServe(f"{text!r} is not a port: give a number from 1 to 65535.")
    return int(text)


def refuse_unmeant_defaults(*, embedded: bool) -> None:
    """In production raise CannotServe for what only a machine of one's own may leave unset."""
    if not settings.ALLOWED_HOSTS:
        raise preflight.CannotServe(
            "ALLOWED_HOSTS is not set: name the hosts under which the site is reached."
        )
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if (on_sqlite or settings.REDIS_IS_EMBEDDED) and not embedded:
        missing = " or ".join(
            name
            for name, unset in [
                ("DATABASE_URL", on_sqlite),
                ("REDIS_URL", settings.REDIS_IS_EMBEDDED),
            ]
            if unset
        )
        raise preflight.CannotServe(
            f"This is production, and {missing} is not set: name a server there, or say with "
            "--embedded that SQLite and the embedded server on this one machine are meant."
        )


def greeting(address: str, demo_words: str) -> str:
    """Return what is said on the terminal, never in a log, once the site answers."""
    lines = ["", f"The site answers at {address}    (Ctrl-C stops it)"]
    if demo_words:
        lines += [f"Sign in at {address}/account/login/", "", demo_words]
    elif settings.DEVELOPMENT:
        lines.append(
            f"Sign in at {address}/account/login/ with a demo person "
            "(passwords were shown on the first start) or an account of yours."
        )
    else:
        lines.append(f"Sign in at {address}/account/login/")
    if settings.DEVELOPMENT and settings.EMAIL_BACKEND.endswith(".filebased.EmailBackend"):
        folder = Path(getattr(settings, "EMAIL_FILE_PATH", ""))
        lines += ["", f"Mails are written to {_from_here(folder)}/"]
    return "\n".join(lines) + "\n\n"


def _from_here(path: Path) -> Path:
    """Return `path` as it is called in the folder of the site, if it is in there."""
    base = Path(settings.BASE_DIR)
    return path.relative_to(base) if path.is_relative_to(base) else path


def become_supervisor(plan: Plan) -> NoReturn:
    """Replace this process, and all it has loaded, by the small supervisor."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        pipe.write(plan.to_json())  # far below what a pipe holds: nobody reads it yet
    for descriptor in (reading, *plan.inherited):
        os.set_inheritable(descriptor, True)
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(settings.BASE_DIR)
    os.execv(sys.executable, [sys.executable, "-m", "quizsite.serve", str(reading)])
