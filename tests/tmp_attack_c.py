import json
import pytest
from django.urls import reverse
from django.test.utils import CaptureQueriesContext
from django.db import connection
from tests.assessment.test_graded_quizzes import *
from tests.assessment.test_graded_quizzes import graded, begin, save, check, hand_in, asked
from tests.factories.assessment import PAYLOADS, ASKED_AT
from courses.common import clock
from courses.flashcards.selectors.histories import card_history
for n in list(globals()):
    if n.startswith("test_"): del globals()[n]
pytestmark = pytest.mark.django_db

def test_practice_release(course, student):
    qs = [make_question(course), make_question(course)]
    p = make_quiz(course, qs, now=NOON)
    at = begin(student, p)
    check(at, qs[0], WRONG["single_choice"])       # before; attempt stays open
    graded(course, qs, closes_at=NOON + 24*HOUR)
    print("PRACT-REL reserved", Question.objects.values_list("reserved", flat=True), Card.objects.values_list("released", flat=True))
    hand_in(at, NOON + HOUR)
    print("  released", list(Card.objects.values_list("released", flat=True)))
    print("  history key:", bool(card_history(student, qs[0].pk, NOON+HOUR).feedback))

def test_quiz_archived_open(course, student):
    q = make_question(course); quiz = graded(course, [q], closes_at=NOON+24*HOUR)
    at = begin(student, quiz)
    from courses.assessment.services import archive_missing_quizzes
    archive_missing_quizzes(course=course, keep=[], now=NOON)
    q.refresh_from_db(); print("ARCHIVED reserved", q.reserved)
    try: save(at, q, {}); 
    except Exception as e: print("  save", repr(e))
    save_quiz(course=course, slug=quiz.slug, title=quiz.title, questions=[q], settings=QuizSettings(kind="graded", closes_at=NOON+24*HOUR), now=NOON)
    print("  back", save(at, q, RIGHT["single_choice"]).revision)

def test_sequential_lookahead(course, student, client):
    a, b, c = [make_question(course, stem=f"STEM{n}") for n in "ABC"]
    for during in ([], ["score"]):
        quiz = make_quiz(course, [a, b, c], settings=QuizSettings(kind="graded", navigation="sequential", review={"during": during}), now=ASKED_AT)
        at = start_attempt(learner=student, quiz_id=quiz.pk, now=clock.now())
        client.force_login(student)
        r = client.post(reverse("web:attempt", args=[at.pk]), {"response": str(new_id()), "question": str(c.pk), "x": "\x01"})
        print("SEQ ctl", during, r.status_code, "STEMC" in r.content.decode())
        r = client.post(reverse("web:attempt", args=[at.pk]), {"response": str(new_id()), "question": str(c.pk), "x": "y"*25000})
        print("SEQ big", during, r.status_code, "STEMC" in r.content.decode())
        r = client.post(reverse("web:attempt", args=[at.pk]), {"response": str(new_id()), "question": str(c.pk), "option": "y"})
        print("SEQ plain", during, r.status_code)

def test_n_plus_one(course, student):
    quiz = graded(course, closes_at=NOON+24*HOUR)
    for n in (1, 5):
        while Attempt.objects.filter(learner=student).count() < n: hand_in(begin(student, quiz))
        with CaptureQueriesContext(connection, ) as ctx: quiz_overviews(course=course, user=student, now=NOON)
        print("NPLUS1", n, len(ctx))

def test_pool_shrinks(course, student):
    q = make_question(course, tags=["t"], slug="pq")
    quiz = make_quiz(course, [Slot(draw=1, pool="tag", value="t")], settings=QuizSettings(kind="graded", closes_at=NOON+24*HOUR), now=NOON)
    at = begin(student, quiz)
    q2 = make_question(course, tags=[], slug="pq")
    q.refresh_from_db(); print("POOL reserved after retag with open attempt", q.reserved)

def test_second_try_lost_ack_autosave(course, student):
    q = make_question(course)
    quiz = graded(course, [q], review={"during": ["score"]}, second_try_cost=0.5)
    at = begin(student, quiz); rid = new_id()
    s = check(at, q, WRONG["single_choice"], response_id=rid)   # ack lost
    save(at, q, WRONG["single_choice"], revision=s.revision, flagged=True)   # autosave
    out = check(at, q, WRONG["single_choice"], response_id=rid)  # page repeats the same request
    print("REPEAT-FIRST-TRY", type(out).__name__, getattr(getattr(out, "response", None), "tries", None))

def test_version_change_hint(course, student):
    q = make_question(course, "open_answer"); quiz = graded(course, [q]); at = begin(student, quiz)
    save(at, q, {"text": "abc"}); hand_in(at)
    r = Response.objects.get()
    print("OPEN", r.credit, r.counted)

def test_self_mark(course, assistant, student):
    q = make_question(course, "open_answer"); quiz = graded(course, [q]); at = begin(assistant, quiz)
    save(at, q, {"text": "abc"}); hand_in(at); r = Response.objects.get()
    m = mark_response(marker=assistant, learner_id=assistant.pk, response_id=r.id, levels=[1,2], now=NOON)
    print("SELFMARK", m.credit)
    print("SELFGRANT", grant_accommodation(actor=assistant, course=course, learner_id=assistant.pk, quiz=quiz, granted=Granted(extra_attempts=5), now=NOON).pk)

def test_queue_remaining(course, student):
    from courses.flashcards.services import serve_cards
    qs = [make_question(course) for _ in range(4)]
    quiz = graded(course, qs, review={"submitted": [], "closed": []})
    at = begin(student, quiz)
    for i, q in enumerate(qs): save(at, q, WRONG["single_choice"] if i < 3 else RIGHT["single_choice"])
    hand_in(at)
    from courses.flashcards.services import ensure_day_plans
    from courses.flashcards.selectors import today
    for h in (0, 1, 24, 72):
        t = NOON + h*HOUR
        ensure_day_plans(learner=student, now=t)
        print("REMAIN", h, next_cards(student, t), today(student, t))

def test_verify(course, student, owner):
    q, o = make_question(course), make_question(course, "open_answer")
    quiz = graded(course, [q, o], closes_at=NOON+HOUR); at = begin(student, quiz)
    save(at, q, RIGHT["single_choice"], confidence="sure"); save(at, o, RIGHT["open_answer"]); hand_in(at)
    r = Response.objects.get(question=o)
    for n, levels in enumerate([[1,2],[0,0],[1,1],[1,2]]):
        mark_response(marker=owner, learner_id=student.pk, response_id=r.id, levels=levels, now=NOON+n*HOUR)
        at.refresh_from_db(); print("MARK", at.score, Card.objects.filter(question=o).values_list("state","reps","released"))
    print("VERIFY", verify_memory())

def test_grading_ok(course, student):
    q = make_question(course); quiz = graded(course, [q], confidence=True)
    at = begin(student, quiz); hand_in(at); at.refresh_from_db(); print("UNANS", at.score, at.raw_score)

def test_erase(course, student, owner, assistant):
    from courses.accounts import services as acc
    print([n for n in dir(acc) if "eras" in n or "delet" in n])
    q, o = make_question(course), make_question(course, "open_answer")
    quiz = graded(course, [q, o], closes_at=NOON+HOUR); at = begin(student, quiz)
    save(at, q, RIGHT["single_choice"]); save(at, o, RIGHT["open_answer"]); hand_in(at)
    grant_accommodation(actor=assistant, course=course, learner_id=student.pk, quiz=quiz, granted=Granted(extra_attempts=5), now=NOON)
    r = Response.objects.get(question=o)
    mark_response(marker=assistant, learner_id=student.pk, response_id=r.id, levels=[1,2], comment="Dear X", now=NOON)
    at2 = begin(student, quiz); save(at2, q, {})
    from courses.accounts import erasing
