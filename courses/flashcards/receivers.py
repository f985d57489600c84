"""What this context does when it hears of news below; always in the sender's transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.accounts.signals import person_erasing, preferences_changed
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.review_options import ANSWERS, EXPLANATION
from courses.assessment.models import Attempt, QuestionVersion, Quiz, Response
from courses.assessment.selectors import told_in
from courses.assessment.selectors.reservations import reserved_beside
from courses.assessment.signals import (
    attempt_submitted,
    questions_reserved,
    response_marked,
    response_recorded,
)
from courses.common.models import Job
from courses.enrollment.models import Course, Enrollment
from courses.enrollment.signals import demo_loaded, enrolled, left
from courses.flashcards import jobs
from courses.flashcards.models import Card
from courses.flashcards.parameters import ensure_default_set
from courses.flashcards.selectors.queue import study_day
from courses.flashcards.services.erasing import erase_memory
from courses.flashcards.services.recording import record_marking, record_response


@receiver(response_recorded)
def log_response(
    response: Response,
    version: QuestionVersion,
    mark: Mark,
    place: str,
    now: datetime,
    **_kwargs: Any,
) -> None:
    """Make or review the card of what was answered in a lesson or a quiz."""
    record_response(response=response, version=version, mark=mark, place=place, now=now)


@receiver(response_marked)
def log_marking(
    response: Response, version: QuestionVersion, mark: Mark, now: datetime, **_kwargs: Any
) -> None:
    """Log an answer once a person has marked it, and what a second look at it changed."""
    record_marking(response=response, version=version, mark=mark, now=now)
    if response.attempt is not None and response.attempt.submitted_at is not None:
        _release(response.attempt, {response.question_id}, now)


@receiver(attempt_submitted)
def release_shown(attempt: Attempt, now: datetime, **_kwargs: Any) -> None:
    """Let the learner review what the quiz has shown the answers of, though others may not."""
    if not attempt.preview:
        answered = attempt.responses.order_by().values_list("question_id", flat=True)
        _release(attempt, set(answered), now)


def _release(attempt: Attempt, asked: set[UUID], now: datetime) -> None:
    """Release the cards of these questions, if the attempt tells what a review of them would."""
    graded = attempt.quiz.kind == Quiz.Kind.GRADED
    if not graded or not told_in(attempt, now=now) >= {ANSWERS, EXPLANATION}:
        return
    shown = asked - reserved_beside(attempt.quiz, asked, now=now)
    mine = Card.objects.filter(learner_id=attempt.learner_id, question_id__in=shown)
    # In the order of keys, as whoever else locks several.
    if list(mine.select_for_update(no_key=True).order_by("question_id").values_list("question_id")):
        mine.update(released=True)


@receiver(questions_reserved)
def take_back(question_ids: frozenset[UUID], **_kwargs: Any) -> None:
    """Ask nobody for what is reserved from now on, whoever saw its answer in another quiz."""
    shown = Card.objects.filter(question_id__in=question_ids, released=True)
    # Everybody's: locked in the order of keys, as whoever else locks several does.
    locked = shown.select_for_update(no_key=True).order_by("learner_id", "question_id")
    if list(locked.values_list("learner_id")):
        shown.update(released=False)


@receiver(enrolled)
def owe_first_plan(enrollment: Enrollment, now: datetime, **_kwargs: Any) -> None:
    """Owe tomorrow's plan; today's is made when the learner looks, or by the sweeper."""
    learner = enrollment.user
    if learner.is_active:
        jobs.owe_day(learner, study_day(learner, now) + jobs.ONE_DAY, now=now)


@receiver(left)
def leave_queue(enrollment: Enrollment, **_kwargs: Any) -> None:
    """Take the cards of a course that was left out of the queue; a later plan brings them."""
    lock_person(enrollment.user_id)
    Card.objects.filter(
        learner_id=enrollment.user_id,
        course_id=enrollment.course_id,
        queue_position__isnull=False,
    ).update(queue_position=None)


@receiver(demo_loaded)
def owe_demo_class(course: Course, now: datetime, **_kwargs: Any) -> None:
    """Owe the class that goes with the demo people; it is made once the site answers."""
    jobs.owe_demo_class(course, now=now)


@receiver(preferences_changed)
def move_jobs(user: User, now: datetime, **_kwargs: Any) -> None:
    """Plans and reminders follow the learner's zone, rollover hour and reminder hour."""
    jobs.move_day(user, now=now)


@receiver(person_erasing)
def erase_person(user: User, **_kwargs: Any) -> None:
    """Remove all that is remembered of a person, and what is owed to them."""
    erase_memory(learner_id=user.pk)
    Job.objects.filter(
        kind__in=(jobs.PLAN_DAY, jobs.REMIND), slot__startswith=f"{user.pk}:"
    ).delete()


@receiver(post_migrate)
def make_default_set(sender: Any, using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Write the default parameter set whenever this application's tables were (re)made.

    `apps` are those that have tables by now: after a migration to zero, not this one.
    """
    if sender.label == "flashcards" and "parameterset" in apps.all_models[sender.label]:
        ensure_default_set(using)
