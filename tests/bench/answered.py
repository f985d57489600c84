"""A class that has answered: attempts, responses, cards and their logs, and what is timed on them.

Commands of the dataset process (`tests.bench.dataset`). Logs are true to their cards: each is
one of a few histories that were folded once.
"""

import json
import random
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import product
from typing import Any

BEGUN = datetime.fromisoformat("2026-03-02T01:00:00+00:00")  # a morning in Tokyo
DAYS = (0, 3, 11)  # of the entries of a log: in a quiz, then on the review page
LETTERS = 4


def answer_quiz(*, learners: int, questions: int, slug: str) -> int:
    """Have a class take a quiz, and review some of its cards; return how many responses that is."""
    from django.db import transaction

    from tests.bench.dataset import fast_writes, make_course, make_learners, make_questions, settle

    with fast_writes(), transaction.atomic():
        course = make_course(slug)
        made = make_questions(course, questions)
        people = make_learners(course, learners, slug)
        quiz = _quiz(course, made)
        _answer(course, quiz, people, made)
    settle()
    return learners * questions


def time_regrade(*, slug: str) -> dict[str, Any]:
    """Change the key of every question, regrade, and undo that; return seconds and figures."""
    from courses.assessment.models import Question
    from courses.assessment.services import regrades
    from courses.common import clock, outbox
    from courses.enrollment.models import Course
    from courses.flashcards.services import verify_memory
    from tests.bench.dataset import settle

    course = Course.objects.get(slug=slug)
    teacher = owner(course)
    for question in Question.objects.filter(course=course):
        change_key(question)
    names = list(Question.objects.filter(course=course).values_list("pk", flat=True))
    regrade = regrades.preview_regrade(teacher, course, names, now=clock.now())
    seconds = {}
    for kind, owe in (
        (regrades.PREVIEW, None),
        (regrades.APPLY, regrades.apply_regrade),
        (regrades.UNDO, regrades.undo_regrade),
    ):
        if owe:
            owe(teacher, regrade.pk, now=clock.now())
        before = time.perf_counter()
        outbox.run_due(kind, now=clock.now())
        seconds[kind] = time.perf_counter() - before
        settle()
    regrade.refresh_from_db()
    figures = {name: regrade.outcome["apply"][name] for name in ("attempts", "cards")}
    for one in figures.values():
        del one["changes"], one["kept"]
    assert regrade.state == "undone", regrade.state
    return {"seconds": seconds, "figures": figures,
            "discrepancies": sum(1 for _one in verify_memory())}  # fmt: skip


def answer_much(*, learners: int, questions: int, slug: str) -> int:
    """Have a class take a quiz, the responses made by the database itself; return how many."""
    from django.db import transaction

    from courses.assessment.models import Attempt
    from tests.bench.dataset import fast_writes, make_course, make_learners, make_questions, settle

    with fast_writes(), transaction.atomic():
        course = make_course(slug)
        made = make_questions(course, questions)
        people = make_learners(course, learners, slug)
        quiz = _quiz(course, made)
        asked = _asked(course)
        nothing: list[list[int]] = [[1]] * len(asked)
        insert(Attempt, [_attempt(person, quiz, asked, nothing) for person in people])
        _insert_responses(quiz, asked)
    settle()
    return learners * questions


def time_analysis(*, slug: str, rounds: int) -> dict[str, Any]:
    """Return the seconds of each analysis of the quiz, and some of what it says."""
    from courses.assessment.models import Quiz
    from courses.assessment.selectors.item_analysis import quiz_analysis

    quiz = Quiz.objects.get(course__slug=slug)
    seconds = []
    for _round in range(rounds):
        before = time.perf_counter()
        found = quiz_analysis(quiz)
        seconds.append(time.perf_counter() - before)
    return {
        "seconds": seconds,
        "attempts": found.attempts,
        "alpha": {"value": found.alpha.value, "n": found.alpha.n},
    }


COMMANDS = {
    "answer_quiz": answer_quiz,
    "time_regrade": time_regrade,
    "answer_much": answer_much,
    "time_analysis": time_analysis,
}


# --- Making ------------------------------------------------------------------------------
def _quiz(course: Any, questions: list[list[str]]) -> Any:
    from courses.assessment.models import Quiz, QuizSlot

    quiz = Quiz.objects.create(course=course, slug="quiz", title="Quiz", status="published")
    QuizSlot.objects.bulk_create(
        QuizSlot(quiz=quiz, question_id=name, position=position)
        for position, (name, _right, _wrong) in enumerate(questions)
    )
    return quiz


def _answer(course: Any, quiz: Any, people: list[Any], questions: list[list[str]]) -> None:
    """Write the attempts, responses, cards and logs of everybody."""
    from courses.assessment.models import Attempt, Response
    from courses.flashcards.models import Card, ReviewLog

    asked = _asked(course)
    rng = random.Random(11)
    attempts, responses, cards, logs = [], [], [], []
    histories = {right: _histories(right) for right in product((True, False), repeat=3)}
    for person in people:
        skill = rng.random()
        given = [[_chosen(rng, skill) for _ in range(rng.randint(1, 3))] for _ in asked]
        attempts.append(_attempt(person, quiz, asked, given))
        for (question, version, texts), letters in zip(asked, given, strict=True):
            history = histories[tuple((letter == 0) for letter in [*letters, 0, 0])[:3]]
            made = _rows(course, person, question, version, attempts[-1]["id"], texts, letters,
                         history[len(letters) - 1])  # fmt: skip
            responses.append(made[0])
            cards.append(made[1])
            logs += made[2]
    for model, rows in ((Attempt, attempts), (Response, responses), (Card, cards),
                        (ReviewLog, logs)):  # fmt: skip
        insert(model, rows)


def _asked(course: Any) -> list[tuple[Any, Any, list[str]]]:
    """Return each question with its version and the texts of its options, the right one first."""
    from courses.assessment.models import QuestionVersion

    versions = QuestionVersion.objects.filter(question__course=course).order_by("question__id")
    return [
        (question, version, [f"Answer {number} {letter}" for letter in "abcd"])
        for number, (question, version) in enumerate(versions.values_list("question_id", "pk"))
    ]


def _insert_responses(quiz: Any, asked: list[Any]) -> None:
    """Answer every question in every attempt, by one statement.

    The numbers of learner and question make a luck in [0, 1000) that looks like chance.
    """
    from django.db import connection

    from tests.bench.dataset import option_id

    sqlite = connection.vendor == "sqlite"
    made_id = "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()"
    build = "json_object" if sqlite else "jsonb_build_object"
    row = "(%s, %s, %s, %s)" if sqlite else "(%s::uuid, %s, %s, %s)"
    as_stored = quiz._meta.pk.get_db_prep_value
    options = [
        (as_stored(version, connection), place, pick, option_id(text))
        for place, (_question, version, texts) in enumerate(asked)
        for pick, text in enumerate(texts)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH options(version, place, pick, name) AS (VALUES {", ".join([row] * len(options))}),
            given AS (
              SELECT n.id, n.learner_id, n.started_at, s.version, s.place, CASE
                WHEN (n.rank * 7919 + s.place * 104729 + n.rank * s.place * 31) %% 1000
                  < 250 + n.rank %% 500 THEN 0
                ELSE 1 + (n.rank + s.place) %% 3 END AS pick
              FROM (SELECT id, learner_id, started_at, ROW_NUMBER() OVER (ORDER BY id) AS rank
                    FROM assessment_attempt WHERE quiz_id = %s) n
              CROSS JOIN (SELECT DISTINCT version, place FROM options) s
            )
            INSERT INTO assessment_response (learner_id, id, question_id, version_id, attempt_id,
              answer, credit, counted, hints_used, tries, confidence, digest, answered_at,
              received_at, duration_ms)
            SELECT g.learner_id, {made_id}, v.question_id, v.id, g.id, {build}('option', o.name),
              CASE WHEN g.pick = 0 THEN 1.0 ELSE 0.0 END,
              CASE WHEN g.pick = 0 THEN 1.0 ELSE 0.0 END,
              0, 1, '', %s, g.started_at, g.started_at, 4000 + g.pick * 1000
            FROM given g JOIN options o ON o.version = g.version AND o.pick = g.pick
            JOIN assessment_questionversion v ON v.id = g.version
            ORDER BY g.id, g.place
            """,
            [*(value for row in options for value in row), as_stored(quiz.pk, connection),
             "0" * 64],
        )  # fmt: skip


def _chosen(rng: random.Random, skill: float) -> int:
    return 0 if rng.random() < skill else rng.randrange(1, LETTERS)


def _attempt(person: Any, quiz: Any, asked: list[Any], given: list[list[int]]) -> dict[str, Any]:
    from courses.common.ids import new_id

    score = sum(letters[0] == 0 for letters in given) / len(given)
    return {
        "id": new_id(), "learner_id": person.pk, "quiz_id": quiz.pk, "number": 1, "seed": 7,
        "order": [str(version) for _question, version, _texts in asked], "points": [],
        "started_at": BEGUN, "submitted_at": BEGUN + timedelta(minutes=20), "deadline_at": None,
        "ended_by": "learner", "preview": False, "reached": 1, "raw_score": score, "score": score,
    }  # fmt: skip


def _histories(right: tuple[bool, ...]) -> list[list[Any]]:
    """Return the fold after each entry of a log whose answers were right or not."""
    from courses.common.ids import new_id
    from courses.flashcards.domain.folding import ANSWER, Entry, fold
    from courses.flashcards.domain.fsrs6 import Fsrs6

    model, entries, found = Fsrs6(), [], []
    for days, good in zip(DAYS, right, strict=True):
        at = BEGUN + timedelta(days=days)
        entries.append(Entry(new_id(), ANSWER, at, at, at.date(), 3 if good else 1))
        found.append(fold(entries, model=model))
    return [found[: count + 1] for count in range(len(DAYS))]


def _rows(
    course: Any, person: Any, question: Any, version: Any, attempt: Any, texts: list[str],
    letters: list[int], states: list[Any],
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:  # fmt: skip
    """Return the rows of a response, its card and the log of that."""
    from courses.common.ids import new_id
    from courses.flashcards.domain.folding import Schedule
    from courses.flashcards.parameters import DEFAULT_SET_ID
    from courses.flashcards.services.ledger import columns_of
    from tests.bench.dataset import option_id

    logs = []
    for number, letter in enumerate(letters):
        at = BEGUN + timedelta(days=DAYS[number])
        logs.append({
            "learner_id": person.pk, "id": new_id(), "kind": "answer",
            "place": "review" if number else "quiz", "question_id": question,
            "course_id": course.pk, "version_id": version, "target_id": None,
            "rating": 1 if letter else 3, "self_rated": False,
            "answer": {"option": option_id(texts[letter])}, "credit": float(letter == 0),
            "digest": "0" * 64, "served_at": None, "answered_at": at, "received_at": at,
            "local_day": at.date(), "duration_ms": 9000, "interval_days": 4,
            "due_at": at + timedelta(days=4), "parameters_id": DEFAULT_SET_ID, "said": None,
        })  # fmt: skip
    first, last = logs[0], logs[-1]
    schedule = Schedule(4, last["due_at"], last["received_at"])
    response = {
        "learner_id": person.pk, "id": first["id"], "question_id": question,
        "version_id": version, "marked_version_id": None, "attempt_id": attempt,
        "lesson_id": None, "answer": first["answer"], "credit": first["credit"],
        "counted": first["credit"], "hints_used": 0, "tries": 1, "first_answer": None,
        "confidence": "", "digest": first["digest"], "answered_at": BEGUN, "received_at": BEGUN,
        "duration_ms": 9000,
    }  # fmt: skip
    card = columns_of(states[-1], schedule) | {
        "learner_id": person.pk, "question_id": question, "course_id": course.pk,
        "parameters_id": DEFAULT_SET_ID, "suspended": False, "released": False,
        "queue_position": None, "created_at": BEGUN,
    }  # fmt: skip
    return response, card, logs


def insert(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, given by column, past the ORM's objects."""
    from django.db import connection

    fields = [field for field in model._meta.concrete_fields if field.column]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})",
            [[f.get_db_prep_save(row[f.column], connection) for f in fields] for row in rows],
        )


def owner(course: Any) -> Any:
    from courses.enrollment.models import Enrollment
    from tests.bench.dataset import make_learners

    (teacher,) = make_learners(course, 1, f"{course.slug}-teacher")
    Enrollment.objects.filter(user=teacher).update(role="owner", section=None)
    return teacher


def change_key(question: Any) -> None:
    """Make the second option the right one."""
    from courses.assessment.services import save_question
    from courses.common import clock

    current = question.current
    payload = json.loads(json.dumps(current.payload))
    for number, option in enumerate(payload["options"]):
        option.pop("correct", None)
        if number == 1:
            option["correct"] = True
    save_question(
        course=question.course, slug=question.slug, type_name=current.type, stem=current.stem,
        payload=payload, explanation=current.explanation, now=clock.now(),
    )  # fmt: skip
