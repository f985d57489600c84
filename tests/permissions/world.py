"""The people and things that the matrix is about: two courses of two teachers, and an open one."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from courses.accounts.models import User
from courses.api.models import PersonalToken
from courses.api.tokens import create_token
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.models import Attempt, Question, Quiz, Regrade, Response
from courses.common import clock
from courses.common.models import Heartbeat, Job
from courses.content.models import Lesson
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Section
from courses.flashcards.domain.queue import day_position
from courses.flashcards.selectors.queue import study_day
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    ASKED_AT,
    answer_lesson,
    make_attempt,
    make_question,
    make_quiz,
)
from tests.factories.content import make_claim, make_lesson, make_picture
from tests.factories.enrollment import enrol_as, make_course, make_section
from tests.factories.flashcards import make_card

# Columns of the matrix, in this order.
ACTORS = (
    "anonymous",
    "student",
    "other_student",
    "assistant",
    "reviewer",
    "editor",
    "owner",
    "other_teacher",
    "client",
    "administrator",
    "suspended",
)


@dataclass
class Place:
    """A course and what is in it; `attempt`, `token` and the card belong to its student."""

    course: Course
    lesson: Lesson
    draft: Lesson
    question: Question
    quiz: Quiz
    section: Section
    student: User | None = None
    attempt: Attempt | None = None
    submitted: Attempt | None = None
    essay: Response | None = None
    regrade: UUID | None = None
    applied_regrade: UUID | None = None
    token: PersonalToken | None = None


@dataclass
class World:
    people: dict[str, User] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    client_key: str = ""
    job_id: UUID | None = None


def build() -> World:
    """Return a world in which everything that a route names exists."""
    world = World()
    for where, slug in (("own", "own-course"), ("other", "other-course"), ("open", "open-course")):
        access = Course.Access.OPEN if where == "open" else Course.Access.CLOSED
        world.places[where] = _place(make_course(slug, access=access))
    own, other = world.places["own"], world.places["other"]
    for role in (roles.STUDENT, roles.ASSISTANT, roles.REVIEWER, roles.EDITOR, roles.OWNER):
        world.people[role] = make_user(f"{role}@example.org")
        enrol_as(world.people[role], own.course, role)
    world.people["other_student"] = make_user("other-student@example.org")
    world.people["other_teacher"] = make_user("other-teacher@example.org")
    enrol_as(world.people["other_student"], other.course, roles.STUDENT)
    enrol_as(world.people["other_teacher"], other.course, roles.OWNER)
    world.people["administrator"] = make_user("administrator@example.org", is_staff=True)
    world.people["suspended"] = make_user("suspended@example.org")
    enrol_as(world.people["suspended"], own.course, roles.STUDENT)
    _studies(own, world.people[roles.STUDENT])
    _studies(other, world.people["other_student"])
    world.client_key = _token(world.people[roles.STUDENT], "read")[1]
    now = clock.now()
    world.job_id = Job.objects.create(kind="k", slot="s", due_at=now, created_at=now).pk
    Heartbeat.objects.create(name="worker", seen_at=now)
    return world


def _place(course: Course) -> Place:
    lesson = make_lesson(course, "lesson")
    make_claim(course, "JR-001")
    make_picture(course, "map.svg")
    question = make_question(course, "single_choice", lesson=lesson, hints=["Think of it."])
    return Place(
        course=course,
        lesson=lesson,
        draft=make_lesson(course, "draft", status="draft"),
        question=question,
        quiz=make_quiz(course, [question], slug="quiz", settings=QuizSettings(hint_cost=0.1)),
        section=make_section(course),
        regrade=_regrade(course, question, "previewed"),
        applied_regrade=_regrade(course, question, "applied"),
    )


def _regrade(course: Course, question: Question, state: str) -> UUID:
    made = Regrade.objects.create(
        course=course, question_ids=[str(question.pk)], state=state, created_at=clock.now()
    )
    return made.pk


def _studies(place: Place, student: User) -> None:
    today = study_day(student, clock.now())
    place.student = student
    place.submitted = make_attempt(student, place.quiz, submitted_at=ASKED_AT, score=0.0)
    place.attempt = make_attempt(student, place.quiz)
    essay = make_question(place.course, "open_answer", lesson=place.lesson)
    place.essay = answer_lesson(student, place.lesson, essay).response
    place.token = _token(student, "read")[0]
    make_card(student, place.question, queue_position=day_position(today))


def _token(user: User, *scopes: str) -> tuple[PersonalToken, str]:
    return create_token(
        user=user, name="a program", scopes=scopes, expires_at=None, now=clock.now()
    )


def ids_of(world: World) -> dict[str, Any]:
    """Return the primary key of one row of each kind that the administration shows."""
    own, student = world.places["own"], world.people["student"]
    enrolment = student.enrollments.get()
    return {
        "accounts_user": student.pk,
        "account_emailaddress": student.emailaddress_set.get().pk,
        "enrollment_course": own.course.pk,
        "enrollment_section": own.section.pk,
        "enrollment_enrollment": enrolment.pk,
        "common_job": world.job_id,
        "common_heartbeat": "worker",
    }
