"""People to try the site with on a machine of one's own, marked so that they can be removed."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from courses.accounts.models import User
from courses.accounts.services import erase_people
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Section
from courses.enrollment.services import enrol
from courses.enrollment.signals import demo_loaded

SECOND_COURSE = "demo-second-course"
DEMO_SECTION = "Demo class, autumn"
STUDENT_EMAIL = "student@quizsite.example"
TEACHER_EMAIL = "teacher@quizsite.example"
# Without those that are mistaken for each other.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: str


PEOPLE = (
    DemoPerson(STUDENT_EMAIL, "Demo student", roles.STUDENT),
    DemoPerson("assistant@quizsite.example", "Demo assistant", roles.ASSISTANT),
    DemoPerson(TEACHER_EMAIL, "Demo teacher", roles.OWNER),
    DemoPerson("second-teacher@quizsite.example", "Demo second teacher", "second teacher"),
    DemoPerson("administrator@quizsite.example", "Demo administrator", roles.ADMINISTRATOR),
)


def load_demo(course: Course, *, now: datetime) -> list[tuple[DemoPerson, str]]:
    """Make the demo people that are missing and give them their roles in `course`.

    Returns the new ones with their passwords, of which only hashes are kept.
    """
    fresh: list[tuple[DemoPerson, str]] = []
    with transaction.atomic():
        for person in PEOPLE:
            user = User.objects.filter(email=person.email).first()
            if user is None:
                password = new_password()
                user = _make(person, password)
                fresh.append((person, password))
            if user.is_demo:
                _place(user, person, course, now=now)
        demo_loaded.send(Course, course=course, now=now)
    return fresh


def remove_demo(*, now: datetime) -> int:
    """Remove the demo people and all that is theirs; return how many there were.

    Their class goes too, unless somebody else joined it, and the course made for the second
    teacher, unless somebody else is in it or learns from it.
    """
    people = list(User.objects.filter(is_demo=True))
    with transaction.atomic():
        erase_people(people, now=now)
        Section.objects.filter(name=DEMO_SECTION, enrollments=None).delete()
        course = Course.objects.filter(slug=SECOND_COURSE, enrollments=None).first()
        if course is not None:
            try:
                with transaction.atomic():
                    course.sections.all().delete()
                    course.delete()
            except ProtectedError:
                pass
    return len(people)


def new_password() -> str:
    """Return a random password of 59 bits that can be read aloud."""
    groups = ("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(3))
    return "-".join(groups)


def _make(person: DemoPerson, password: str) -> User:
    user = User.objects.create_user(
        person.email,
        password,
        display_name=person.name,
        is_demo=True,
        is_staff=person.role == roles.ADMINISTRATOR,
        is_superuser=person.role == roles.ADMINISTRATOR,
    )
    EmailAddress.objects.create(user=user, email=person.email, primary=True, verified=True)
    return user


def _place(user: User, person: DemoPerson, course: Course, *, now: datetime) -> None:
    if person.role in roles.SECTION_ROLES:
        section, _made = Section.objects.get_or_create(course=course, name=DEMO_SECTION)
        enrol(user, course, person.role, section, now=now)
    elif person.role == roles.OWNER:
        enrol(user, course, roles.OWNER, now=now)
    elif person.role != roles.ADMINISTRATOR:
        own, _made = Course.objects.get_or_create(
            slug=SECOND_COURSE, defaults={"title": _("A second teacher's course")}
        )
        enrol(user, own, roles.OWNER, now=now)
