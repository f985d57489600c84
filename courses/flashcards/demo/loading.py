"""Writing the demo class: each member in a transaction of their own, nobody twice."""

from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.assessment.models import Attempt, Response
from courses.content.models import LessonProgress
from courses.enrollment.demo import DEMO_SECTION, TEACHER_EMAIL
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, Section
from courses.enrollment.services import enrol
from courses.flashcards.demo.history import History, Rows
from courses.flashcards.demo.notebook import seeded_id
from courses.flashcards.demo.people import DAYS, MEMBERS, Member
from courses.flashcards.demo.syllabus import Chapter, read_syllabus
from courses.flashcards.models import Card, DayPlan, ReviewLog
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services.planning import make_day_plans

EXAM_AFTER = timedelta(days=35)
_BATCH = 500


def demo_teacher() -> User | None:
    """Return the demo teacher; None where the demo people were removed, or never made."""
    return User.objects.filter(email=TEACHER_EMAIL, is_demo=True).first()


def load_class(course: Course, *, now: datetime) -> int:
    """Make the members of the demo class that are missing; return how many had to be.

    Whoever has learned anything in the course already is left as they are, so that running
    it twice doubles nothing. The same day gives the same class in the same database. Stops
    where the demo people are removed meanwhile.
    """
    chapters = read_syllabus(course)
    made = 0
    for member in MEMBERS:
        try:
            done = _load_beside_others(member, course, chapters, now=now)
        except IntegrityError:
            # A worker and a command at once: the other was faster with this one.
            done = _load_beside_others(member, course, chapters, now=now)
        if done is None:
            break
        made += done
    return made


@transaction.atomic
def _load_beside_others(
    member: Member, course: Course, chapters: list[Chapter], *, now: datetime
) -> bool | None:
    """Make a member if they are missing; None where the demo people were removed meanwhile."""
    if demo_teacher() is None:
        return None
    return _load_member(member, course, chapters, now=now)


def _load_member(member: Member, course: Course, chapters: list[Chapter], *, now: datetime) -> bool:
    user = User.objects.filter(email=member.email).first()
    is_new = user is None
    if user is None:
        if "@" in member.address:
            return False  # one who signs in is made with a password, by load_demo
        user = _make(member, now=now)
    elif not user.is_demo:
        return False
    lock_person(user.pk)
    section, _made = Section.objects.get_or_create(
        course=course,
        name=DEMO_SECTION,
        defaults={"exam_date": (now + EXAM_AFTER).date()},
    )
    if section.exam_date is None:
        section.exam_date = (now + EXAM_AFTER).date()
        section.save(update_fields=["exam_date"])
    enrolment = enrol(user, course, roles.STUDENT, section, now=now)
    if _has_history(user, course):
        return False
    begun_at = now - timedelta(days=DAYS + 1)
    Enrollment.objects.filter(pk=enrolment.pk).update(created_at=begun_at)
    rows = History(member, user, course, chapters, now=now).play()
    if not rows.progress:
        return is_new
    _write(rows)
    # One that was made before there was anything to plan says that today is free.
    DayPlan.objects.filter(learner=user, course=course, day__gte=study_day(user, now)).delete()
    make_day_plans(learner=user, now=now)
    return True


def _make(member: Member, *, now: datetime) -> User:
    """Make somebody who cannot sign in: without a password."""
    joined_at = now - timedelta(days=DAYS + 1)
    rng = Random(f"person:{member.email}")  # nosec B311  # an id, not a secret
    fields = {"time_zone": member.zone} if member.zone else {}
    user = User(
        id=seeded_id(joined_at.replace(hour=0, minute=0, second=0, microsecond=0), rng),
        email=member.email,
        display_name=member.name,
        is_demo=True,
        language=member.language,
        minutes_per_day=member.minutes,
        new_per_day=member.new_per_day,
        date_joined=joined_at,
        **fields,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=member.email, primary=True, verified=True)
    return user


def _has_history(user: User, course: Course) -> bool:
    return (
        Card.objects.filter(learner=user, course=course).exists()
        or LessonProgress.objects.filter(learner=user, lesson__course=course).exists()
        or Attempt.objects.filter(learner=user, quiz__course=course).exists()
    )


def _write(rows: Rows) -> None:
    LessonProgress.objects.bulk_create(rows.progress, batch_size=_BATCH)
    Attempt.objects.bulk_create(rows.attempts, batch_size=_BATCH)
    Response.objects.bulk_create(rows.responses, batch_size=_BATCH)
    Card.objects.bulk_create(rows.cards, batch_size=_BATCH)
    ReviewLog.objects.bulk_create(rows.entries, batch_size=_BATCH)
