"""The course that ships, with its demo class: pages with something on them, and empty ones."""

from dataclasses import dataclass
from datetime import timedelta

from courses.accounts.models import User
from courses.assessment.models import Question, Quiz
from courses.assessment.services import submit_attempt
from courses.assessment.services.regrades import preview_regrade
from courses.common import clock
from courses.content.models import Lesson
from courses.enrollment.demo import STUDENT_EMAIL, TEACHER_EMAIL, load_demo
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Section
from courses.exchange.services import import_course_folder
from courses.flashcards.demo.loading import load_class
from courses.flashcards.models import Card
from courses.flashcards.services import stop_token
from tests.exchange.test_shipped_course import FOLDER
from tests.factories.accounts import make_user
from tests.factories.assessment import answer_lesson, make_attempt, make_question
from tests.factories.enrollment import enrol_as, make_course

COURSE = "/courses/japan-russia-policy/"
LESSON = f"{COURSE}lessons/aid-to-ukraine/"
NEWCOMER = "newcomer@example.org"
ADMINISTRATOR = "administrator@quizsite.example"
VISITOR = ""


@dataclass(frozen=True)
class Demo:
    """Who may see which page: `pages` by the name of a route, for each person's address."""

    people: dict[str, User]
    pages: dict[str, dict[str, str]]
    empty: dict[str, dict[str, str]]


def make_demo() -> Demo:
    """Return the shipped course with a class, and a course of which nothing is there yet."""
    import_course_folder(FOLDER, now=clock.now())
    course = Course.objects.get()
    load_demo(course, now=clock.now())
    load_class(course, now=clock.now())
    people = {
        email: User.objects.get(email=email)
        for email in (STUDENT_EMAIL, TEACHER_EMAIL, ADMINISTRATOR)
    }
    people[NEWCOMER] = make_user(NEWCOMER, display_name="A newcomer")
    _start_an_empty_course(people[TEACHER_EMAIL])
    return Demo(people, _full(course, people[STUDENT_EMAIL]), _empty(people[NEWCOMER]))


def _start_an_empty_course(teacher: User) -> None:
    fresh = make_course("fresh", title="A course to be", access=Course.Access.OPEN)
    enrol_as(teacher, fresh, roles.OWNER, now=clock.now() - timedelta(days=1))
    Section.objects.get_or_create(course=fresh, name="Class A")


def _full(course: Course, student: User) -> dict[str, dict[str, str]]:
    quiz, second = Quiz.objects.filter(course=course).order_by("position")[:2]
    attempt, handed_in = make_attempt(student, quiz), make_attempt(student, second)
    submit_attempt(learner=student, attempt_id=handed_in.pk, now=clock.now())
    card = Card.objects.filter(learner=student, reps__gt=1).order_by("-reps", "question_id")[0]
    essay = make_question(course, "open_answer", slug="an-essay", now=clock.now())
    lesson = Lesson.objects.get(course=course, slug="aid-to-ukraine")
    written = answer_lesson(
        student, lesson, essay, answered_at=clock.now(), now=clock.now()
    ).response
    teacher = User.objects.get(email=TEACHER_EMAIL)
    asked = Question.objects.get(course=course, slug="package-against-earlier-sum")
    regrade = preview_regrade(teacher, course, [asked.pk], now=clock.now())
    member = Section.objects.get(course=course).enrollments.order_by("id").last()
    assert member is not None
    return {
        VISITOR: {
            "web:start": "/",
            "web:course": COURSE,
            "web:lesson": LESSON,
            "web:claim": f"{COURSE}claims/JR-016/",
            "web:timeline": f"{COURSE}timeline/",
            "web:glossary": f"{COURSE}glossary/",
            "web:quiz": f"{COURSE}quizzes/{quiz.slug}/",
            "web:stop-reminders": f"/reminders/stop/{stop_token(student)}/",
            "account_login": "/account/login/",
            "account_signup": "/account/signup/",
            "account_inactive": "/account/inactive/",
            "account_email_verification_sent": "/account/confirm-email/",
            "account_reset_password": "/account/password/reset/",
            "account_reset_password_done": "/account/password/reset/done/",
            "account_reset_password_from_key": "/account/password/reset/key/0-no-such-key/",
            "account_reset_password_from_key_done": "/account/password/reset/key/done/",
            "account_confirm_email": "/account/confirm-email/no-such-key/",
        },
        STUDENT_EMAIL: {
            "web:start": "/",
            "web:course": COURSE,
            "web:lesson": LESSON,
            "web:review": "/review/",
            "web:progress": "/progress/",
            "web:cards": "/progress/cards/",
            "web:card": f"/progress/cards/{card.question_id}/",
            "web:quiz": f"{COURSE}quizzes/{second.slug}/",
            "web:attempt": f"/attempts/{attempt.pk}/",
            "web:results": f"/attempts/{handed_in.pk}/results/",
            "web:preferences": "/preferences/",
            "web:leave": f"{COURSE}leave/",
            "web:delete-account": "/account/delete/",
            "web:jobs": "/jobs/",
            "account_logout": "/account/logout/",
            "account_email": "/account/email/",
            "account_change_password": "/account/password/change/",
            "account_reauthenticate": "/account/reauthenticate/",
        },
        TEACHER_EMAIL: {
            "web:class": f"{COURSE}class/",
            "web:class-student": f"{COURSE}class/{member.user_id}/",
            "web:questions": f"{COURSE}questions/?lesson=aid-to-ukraine",
            "web:question-new": f"{COURSE}questions/new/?type=cloze",
            "web:question": f"{COURSE}questions/package-against-earlier-sum/",
            "web:quiz-new": f"{COURSE}quizzes/new/",
            "web:quiz-edit": f"{COURSE}quizzes/{quiz.slug}/edit/",
            "web:quiz": f"{COURSE}quizzes/{quiz.slug}/",
            "web:lesson-figures": f"{COURSE}figures/",
            "web:quiz-figures": f"{COURSE}quizzes/{quiz.slug}/figures/",
            "web:quiz-grades": f"{COURSE}quizzes/{second.slug}/grades/",
            "web:attempt-seen": f"{COURSE}quizzes/{second.slug}/grades/{handed_in.pk}/",
            "web:marking": f"{COURSE}marking/?names=1",
            "web:marking-answer": f"{COURSE}marking/{student.pk}/{written.id}/",
            "web:regrades": f"{COURSE}regrades/",
            "web:regrade-new": f"{COURSE}regrades/new/?question={asked.pk}",
            "web:regrade": f"{COURSE}regrades/{regrade.pk}/",
            "web:quiz-people": f"{COURSE}quizzes/{quiz.slug}/people/?person={member.user_id}",
        },
        ADMINISTRATOR: {"web:design": "/design/"},
    }


def _empty(newcomer: User) -> dict[str, dict[str, str]]:
    fresh = "/courses/fresh/"
    return {
        NEWCOMER: {
            "web:start": "/",
            "web:course": fresh,
            "web:timeline": f"{fresh}timeline/",
            "web:glossary": f"{fresh}glossary/",
            "web:review": "/review/",
            "web:progress": "/progress/",
            "web:cards": "/progress/cards/",
            "web:jobs": "/jobs/",
        },
        TEACHER_EMAIL: {
            "web:class": f"{fresh}class/",
            "web:questions": f"{fresh}questions/",
            "web:question-new": f"{fresh}questions/new/",
            "web:quiz-new": f"{fresh}quizzes/new/",
            "web:lesson-figures": f"{fresh}figures/",
            "web:marking": f"{fresh}marking/",
            "web:regrades": f"{fresh}regrades/",
        },
    }
