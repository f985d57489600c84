"""Background work of this context: the import of a course folder."""

from datetime import datetime
from pathlib import Path

import structlog

from courses.accounts.models import User
from courses.common import outbox
from courses.common.ids import new_id
from courses.common.models import Job
from courses.exchange.services import import_course_folder

IMPORT_COURSE = "import_course"
log = structlog.get_logger(__name__)


def register() -> None:
    """Declare the kind; called once, when the application is ready.

    Not atomic: the import has a transaction of its own, and that it has begun is shown.
    """
    outbox.register(
        IMPORT_COURSE,
        run=run_import,
        queue="bulk",
        max_attempts=3,
        lease_seconds=600,
        atomic=False,
    )


def run_import(job: Job, now: datetime) -> None:
    """Import the folder that the job names, on behalf of who asked for it.

    A person who was erased or suspended since imports nothing: an erased one leaves no name
    at the job, and must not pass for the operator. Mistakes in the folder end up as the
    job's error, for whoever asked to read.
    """
    actor = None
    if not job.payload.get("as_operator"):
        people = User.objects.filter(is_active=True)
        actor = people.filter(pk=job.requested_by).first() if job.requested_by else None
        if actor is None:
            log.warning("import_without_its_person", job=str(job.pk))
            return
    outbox.report_progress(job, 0, 1)
    import_course_folder(job.payload["folder"], actor=actor, now=now)
    outbox.report_progress(job, 1, 1)


def request_import(folder: Path, *, requested_by: User | None, now: datetime) -> Job:
    """Owe the import of a folder that the workers can read; None asks as the operator."""
    person = requested_by.pk if requested_by else None
    return outbox.enqueue(
        IMPORT_COURSE,
        str(new_id()),
        due_at=now,
        now=now,
        payload={"folder": str(folder.resolve()), "as_operator": requested_by is None},
        requested_by=person,
    )
