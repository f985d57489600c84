"""Fills a stage's database and measures what is measured inside a process.

Runs as `python -m tests.bench.dataset`: reads one JSON command a line, `[name, arguments]`,
and answers each with one line. Cards are made by the database itself, learners times
questions, because a million rows are too many for the ORM.
"""

import json
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import django

from tests.bench import answered

BATCH = 2000


def main() -> None:
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever the product prints goes to the log
    django.setup()
    for line in sys.stdin:
        name, arguments = json.loads(line)
        replies.write(json.dumps(COMMANDS[name](**arguments), default=str) + "\n")
        replies.flush()


# --- Commands ---------------------------------------------------------------------------


def prepare(*, shipped_course: bool) -> None:
    """Migrate; with `shipped_course`, import it and collect the files of the pages."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    if shipped_course:
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("import_course", str(settings.BASE_DIR / "fixtures" / "japan-russia-policy"))


def populate(*, learners: int, questions: int, slug: str, queued: int | None = None) -> list[Any]:
    """Make a course with cards of every learner for every question; return who and what.

    The answer has, for each learner, the id and a session cookie, and the questions as
    [id, id of the right option, id of a wrong one]. `queued` cards each are on today's plan.
    """
    from django.db import transaction

    with fast_writes(), transaction.atomic():
        course = make_course(slug)
        made = make_questions(course, questions)
        people = make_learners(course, learners, slug)
        insert_cards(course, people, made)
        plan(people, course, queued)
    settle()
    return [
        [[str(user.pk), session_cookie(user) if learners <= 64 else ""] for user in people],
        made,
    ]


def replan(*, slug: str) -> None:
    """Put every card back to how `populate` made it: due, and on today's plan."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from courses.enrollment.models import Course
    from courses.flashcards.models import Card

    course = Course.objects.get(slug=slug)
    people = list(get_user_model().objects.filter(email__startswith=f"{slug}-").order_by("id"))
    with transaction.atomic():
        Card.objects.filter(course=course).update(**card_columns())
        plan(people, course, None)
    settle()


def time_next_card(*, slug: str, calls: int, seed: int) -> list[float]:
    """Return how long the next card took, in seconds, for `calls` random learners each once."""
    from django.contrib.auth import get_user_model

    from courses.common import clock
    from courses.flashcards.selectors import next_cards

    everyone = learner_ids(slug)
    chosen = random.Random(seed).choices(everyone, k=calls)
    users = get_user_model().objects.in_bulk(set(chosen))
    durations = []
    for learner_id in chosen:
        user, now = users[learner_id], clock.now()
        before = time.perf_counter()
        found = next_cards(user, now, limit=1)
        durations.append(time.perf_counter() - before)
        assert found.cards, "the queue is empty"
    return durations


def reader(*, count: int) -> list[Any]:
    """Return signed-in students of the shipped course with progress in its first lesson."""
    from courses.common import clock
    from courses.content.models import Lesson
    from courses.content.services import start_lesson

    lesson = (
        Lesson.objects.filter(status="published", course__status="published")
        .exclude(course__slug__startswith="bench")
        .select_related("course")
        .order_by("position")
        .first()
    )
    assert lesson is not None, "the shipped course has no lesson"
    people = make_learners(lesson.course, count, "bench-readers")
    for user in people:
        start_lesson(user, lesson, clock.now())
    path = f"/courses/{lesson.course.slug}/lessons/{lesson.slug}/"
    return [path, [session_cookie(user) for user in people]]


def reviewer(*, seed: int) -> str:
    """Return the cookie of a student with every card of the shipped course due, types mixed."""
    from django.db import transaction

    from courses.assessment.models import Question
    from courses.enrollment.models import Course
    from courses.flashcards.models import Card

    course = Course.objects.exclude(slug__startswith="bench").order_by("id").first()
    assert course is not None, "there is no shipped course"
    questions = list(Question.objects.filter(course=course).order_by("id").values_list("pk"))
    with transaction.atomic():
        people = make_learners(course, 1, "bench-reviewer")
        insert_cards(course, people, questions)
        plan(people, course, None)
        cards = Card.objects.filter(learner=people[0], queue_position__isnull=False)
        places = list(cards.order_by("question_id").values_list("question_id", "queue_position"))
        shuffled = [position for _question, position in places]
        random.Random(seed).shuffle(shuffled)
        for (question, _position), position in zip(places, shuffled, strict=True):
            Card.objects.filter(learner=people[0], question_id=question).update(
                queue_position=position
            )
    return session_cookie(people[0])


def quizzes(*, slug: str, size: int) -> None:
    """Make quizzes of `size` questions each: of every question a practice and a graded one."""
    from courses.assessment.domain.quiz_settings import QuizSettings
    from courses.assessment.models import Question
    from courses.assessment.services import save_quiz
    from courses.common import clock
    from courses.enrollment.models import Course

    course = Course.objects.get(slug=slug)
    questions = list(Question.objects.filter(course=course).order_by("id"))
    with fast_writes():
        for first in range(0, len(questions), size):
            for kind in ("practice", "graded"):
                save_quiz(
                    course=course,
                    slug=f"{kind}-{first}",
                    title=f"Quiz {first}",
                    questions=questions[first : first + size],
                    settings=QuizSettings(kind=kind),
                    now=clock.now(),
                )
        # Both kinds are measured with the same questions, which no site would ask twice.
        Question.objects.filter(course=course).update(reserved=False)


def unstart(*, slug: str) -> list[str]:
    """Forget every attempt at the course's quizzes; return the graded ones."""
    from django.db import transaction

    from courses.assessment.models import Attempt, Quiz, Response, SavedAnswer

    with fast_writes(), transaction.atomic():
        mine = Attempt.objects.filter(quiz__course__slug=slug)
        Response.objects.filter(attempt__in=mine).delete()
        SavedAnswer.objects.filter(attempt__in=mine).delete()
        mine.delete()
    settle()
    graded = Quiz.objects.filter(course__slug=slug, kind="graded").order_by("id")
    return [str(pk) for pk in graded.values_list("pk", flat=True)]


def reopen(*, slug: str, kind: str, saved: bool) -> list[Any]:
    """Give every learner an open attempt at each quiz of a kind, `saved`: with all answers in.

    Returns, for each learner, `[attempt, [[question, right option, wrong option], ...]]`.
    """
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from courses.assessment.models import Attempt, QuestionVersion, Quiz, SavedAnswer
    from courses.common import clock

    unstart(slug=slug)
    now, work = clock.now(), []
    people = get_user_model().objects.filter(email__startswith=f"{slug}-").order_by("id")
    versions = {
        str(version.pk): version
        for version in QuestionVersion.objects.filter(question__course__slug=slug)
    }
    keys = {
        name: [option_id(option["text"]) for option in version.payload["options"][:2]]
        for name, version in versions.items()
    }
    chosen = list(Quiz.objects.filter(course__slug=slug, kind=kind).order_by("id"))
    orders = {
        quiz.pk: [
            str(name)
            for name in quiz.slots.order_by("position").values_list(
                "question__current_id", flat=True
            )
        ]
        for quiz in chosen
    }
    with fast_writes(), transaction.atomic():
        for user in people:
            made = [
                Attempt(learner=user, quiz=quiz, number=1, seed=7, order=orders[quiz.pk],
                        points=[1.0] * len(orders[quiz.pk]), started_at=now)
                for quiz in chosen
            ]  # fmt: skip
            Attempt.objects.bulk_create(made)
            if saved:
                SavedAnswer.objects.bulk_create(
                    SavedAnswer(attempt=attempt, version_id=name, saved_at=now, revision=1,
                                answer={"option": keys[name][0]})
                    for attempt in made
                    for name in attempt.order
                )  # fmt: skip
            work.append(
                [
                    [
                        str(attempt.pk),
                        [[str(versions[name].question_id), *keys[name]] for name in attempt.order],
                    ]
                    for attempt in made
                ]
            )
    settle()
    return work


COMMANDS = {
    "quizzes": quizzes,
    "unstart": unstart,
    "reopen": reopen,
    "prepare": prepare,
    "populate": populate,
    "replan": replan,
    "time_next_card": time_next_card,
    "reader": reader,
    "reviewer": reviewer,
    **answered.COMMANDS,
}

# --- Making ------------------------------------------------------------------------------


class fast_writes:  # noqa: N801 - reads as a statement: with fast_writes()
    """Lets SQLite fill a database without waiting for the disk; nothing measured runs inside."""

    def __enter__(self) -> None:
        self._pragma("OFF")

    def __exit__(self, *_: object) -> None:
        self._pragma("FULL")

    def _pragma(self, level: str) -> None:
        from django.db import connection

        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={level}")


def make_course(slug: str) -> Any:
    from courses.enrollment.models import Course, Section

    course = Course.objects.create(slug=slug, title=slug, status="published", access="open")
    Section.objects.create(course=course, name="Open section")
    return course


def make_questions(course: Any, count: int) -> list[list[str]]:
    """Make published single-choice questions; return [id, right option, wrong option] of each."""
    from courses.assessment.domain.types import get_type
    from courses.assessment.models import Question, QuestionVersion

    validate = get_type("single_choice").validate
    questions, versions, made = [], [], []
    for number in range(count):
        texts = [f"Answer {number} {letter}" for letter in "abcd"]
        options = [{"text": text, "correct": True} if i == 0 else {"text": text}
                   for i, text in enumerate(texts)]  # fmt: skip
        question = Question(course=course, slug=f"question-{number}", status="published")
        version = QuestionVersion(
            question=question,
            number=1,
            type="single_choice",
            stem=f"What is asked in question {number}, with *emphasis* and some length to it?",
            payload=validate({"options": options}),
            explanation="Because it was so, and the record says it in a sentence or two.",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        questions.append(question)
        versions.append(version)
        made.append([str(question.pk), option_id(texts[0]), option_id(texts[1])])
    Question.objects.bulk_create(questions, batch_size=BATCH)
    QuestionVersion.objects.bulk_create(versions, batch_size=BATCH)
    for question, version in zip(questions, versions, strict=True):
        question.current = version
    Question.objects.bulk_update(questions, ["current"], batch_size=500)
    return made


def option_id(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def make_learners(course: Any, count: int, prefix: str) -> list[Any]:
    from django.contrib.auth import get_user_model

    from courses.enrollment.models import Enrollment, Section

    model = get_user_model()
    section = Section.objects.filter(course=course).order_by("id").first()
    if section is None:
        section = Section.objects.create(course=course, name="Open section")
    people = [
        model(
            email=f"{prefix}-{number}@example.org", display_name=f"Learner {number}", password="!"
        )
        for number in range(count)
    ]
    model.objects.bulk_create(people, batch_size=BATCH)
    Enrollment.objects.bulk_create(
        [Enrollment(user=u, course=course, section=section, role="student") for u in people],
        batch_size=BATCH,
    )
    return people


def card_columns() -> dict[str, Any]:
    """Return what a card in review is like that fell due yesterday."""
    moment = datetime.now(UTC).replace(microsecond=0)
    return {
        "state": 2,
        "step": 0,
        "stability": 9.0,
        "difficulty": 5.0,
        "last_review_at": moment - timedelta(days=10),
        "last_review_day": (moment - timedelta(days=10)).date(),
        "due_at": moment - timedelta(days=1),
        "interval_days": 9,
        "reps": 3,
        "lapses": 0,
        "received_at": moment - timedelta(days=10),
        "queue_position": None,
    }


def insert_cards(course: Any, people: list[Any], questions: list[list[str]]) -> None:
    """Insert a card of everyone for every question, in one statement."""
    from django.db import connection

    from courses.flashcards.models import Card
    from courses.flashcards.parameters import DEFAULT_SET_ID, ensure_default_set

    ensure_default_set()
    template = Card(
        learner_id=people[0].pk,
        question_id=questions[0][0],
        course=course,
        parameters_id=DEFAULT_SET_ID,
        created_at=datetime.now(UTC),
        **card_columns(),
    )
    columns, selected, values = [], [], []
    for column in Card._meta.concrete_fields:
        if column.column is None:
            continue
        columns.append(connection.ops.quote_name(column.column))
        if column.attname in {"learner_id", "question_id"}:
            selected.append("u.id" if column.attname == "learner_id" else "q.id")
        else:
            kind = f"CAST(%s AS {column.db_type(connection)})"
            selected.append("%s" if connection.vendor == "sqlite" else kind)
            value = column.pre_save(template, add=False)
            values.append(column.get_db_prep_save(value, connection))
    prefix = people[0].email.rsplit("-", 1)[0]
    course_id = course._meta.pk.get_db_prep_value(course.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO flashcards_card ({', '.join(columns)}) SELECT {', '.join(selected)} "
            "FROM accounts_user u CROSS JOIN assessment_question q "
            "WHERE u.email LIKE %s AND q.course_id = %s",
            [*values, f"{prefix}-%", course_id],
        )


def plan(people: list[Any], course: Any, queued: int | None) -> None:
    """Put `queued` (by default all) cards of everyone on today's plan."""
    from django.db import connection

    from courses.common import clock
    from courses.flashcards.domain.queue import day_position
    from courses.flashcards.models import DayPlan
    from courses.flashcards.selectors.queue import study_day

    now = clock.now()
    day = study_day(people[0], now)
    first = day_position(day)
    course_id = course._meta.pk.get_db_prep_value(course.pk, connection)
    limit = "" if queued is None else f"WHERE rank < {int(queued)}"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE flashcards_card SET queue_position = %s + ranked.rank FROM ("
            "  SELECT id, rank FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS rank"
            "  FROM assessment_question WHERE course_id = %s) AS numbered " + limit + ") AS ranked "
            "WHERE flashcards_card.question_id = ranked.id",
            [first, course_id],
        )
    DayPlan.objects.bulk_create(
        [
            DayPlan(learner=user, course=course, day=day, due_count=queued or 0, new_count=0,
                    seconds=60, planned_at=now)
            for user in people
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )  # fmt: skip


def settle() -> None:
    """Do now what PostgreSQL does by itself within minutes: count rows, clear dead ones."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def learner_ids(slug: str) -> list[Any]:
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.filter(email__startswith=f"{slug}-").order_by("id")
    return list(people.values_list("pk", flat=True))


def session_cookie(user: Any) -> str:
    """Sign `user` in and return the Cookie header of their browser, CSRF token included."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


CSRF = "benchbenchbenchbenchbenchbench32"

if __name__ == "__main__":
    main()
