"""Every card is the fold of its log: found where it is not, and mended."""

import random
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.common.ids import new_id
from courses.flashcards.errors import NothingToUndo
from courses.flashcards.models import Card
from courses.flashcards.services import rebuild_memory, undo_last_review, verify_memory, verifying
from tests.factories.assessment import make_question
from tests.factories.flashcards import NOON, answer, card_of, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(student, owner, course):
    """Three questions that two learners have answered, undone and answered late."""
    questions = [make_question(course) for _ in range(3)]
    for learner in (student, owner):
        for question in questions:
            make_card(learner, question)
            answer(learner, question)
            answer(learner, question, at=NOON + timedelta(minutes=10))
        answer(learner, questions[0], at=NOON + timedelta(days=3), right=False)
        undo_last_review(learner=learner, undo_id=new_id(), now=NOON + timedelta(days=3, hours=1))
        late = NOON + timedelta(minutes=5)
        answer(learner, questions[1], at=late, now=NOON + timedelta(days=4))
        make_card(learner, make_question(course))
    return questions


def differing(**options):
    return {
        (found.learner_id, found.question_id): found.fields for found in verify_memory(**options)
    }


def test_cards_that_were_answered_undone_and_answered_late_are_their_folds(questions):
    assert differing() == {}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_cards_they_stay_their_folds(student, course, seed):
    rng = random.Random(seed)
    questions = [make_question(course) for _ in range(3)]
    for question in questions:
        make_card(student, question)
    now = NOON
    for _ in range(40):
        now += timedelta(minutes=rng.choice([0, 1, 11, 300, 1500, 9000]))
        late = now - timedelta(minutes=rng.choice([0, 0, 0, 30, 4000]))
        if rng.random() < 0.2:
            with suppress(NothingToUndo):
                undo_last_review(learner=student, undo_id=new_id(), now=now)
        else:
            student.time_zone = rng.choice(["Asia/Tokyo", "America/New_York"])
            right = rng.random() < 0.7
            answer(student, rng.choice(questions), right=right, at=late, now=now)

    assert differing() == {}


def test_a_card_that_was_tampered_with_is_found(student, questions):
    Card.objects.filter(learner=student, question=questions[0]).update(stability=99.0, lapses=7)

    assert differing() == {(student.pk, questions[0].pk): ("stability", "lapses")}


def test_a_card_of_an_older_schedule_is_found(student, questions):
    Card.objects.filter(learner=student, question=questions[2]).update(due_at=NOON)

    assert differing() == {(student.pk, questions[2].pk): ("due_at",)}


def test_a_card_with_memory_and_no_log_is_found(student, course):
    question = make_question(course)
    make_card(student, question, state=2, stability=5.0, difficulty=5.0, reps=1)

    assert differing()[student.pk, question.pk] == ("state", "stability", "difficulty", "reps")


def test_a_card_that_is_missing_is_found(student, questions):
    Card.objects.filter(learner=student, question=questions[0]).delete()

    assert differing() == {(student.pk, questions[0].pk): ("card",)}


def test_one_learner_at_a_time(student, owner, questions):
    Card.objects.update(reps=40)

    found = differing(learner_ids=[student.pk])

    assert {learner for learner, _question in found} == {student.pk}


def test_rebuilding_mends_what_differs_and_nothing_else(student, questions):
    before = {card.pk: card for card in Card.objects.all()}
    Card.objects.filter(learner=student, question=questions[0]).update(stability=99.0, state=1)
    Card.objects.filter(learner=student, question=questions[1]).delete()

    mended = list(rebuild_memory())

    assert len(mended) == 2
    assert differing() == {}
    after = {card.pk: card for card in Card.objects.all()}
    for pk, card in before.items():
        assert after[pk].stability == card.stability
        assert after[pk].due_at == card.due_at
    assert list(rebuild_memory()) == []


def test_a_rebuilt_card_in_steps_is_in_the_queue(student, course):
    question = make_question(course)
    make_card(student, question)
    answer(student, question)
    place = card_of(student, question).queue_position
    Card.objects.all().delete()

    list(rebuild_memory())

    assert card_of(student, question).queue_position == place


def test_learners_are_taken_in_batches(questions, monkeypatch):
    monkeypatch.setattr(verifying, "LEARNERS_AT_ONCE", 1)
    Card.objects.filter(question=questions[0]).update(reps=40)
    seen = []

    found = list(verify_memory(progress=lambda done, total: seen.append((done, total))))

    assert len(found) == 2
    assert [done for done, _total in seen] == list(range(1, seen[-1][1] + 1))


# --- Commands -----------------------------------------------------------------------------


def run(command, *arguments):
    out, err = StringIO(), StringIO()
    call_command(command, *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_verify_memory_says_that_all_is_well(questions):
    out, err = run("verify_memory")

    assert "Every card is the fold of its log." in out
    assert "learners" in err


def test_verify_memory_names_what_differs_and_leaves_with_status_1(student, questions):
    Card.objects.filter(learner=student, question=questions[0]).update(lapses=7)
    out = StringIO()

    with pytest.raises(SystemExit) as left:
        call_command("verify_memory", "--quiet", stdout=out, stderr=StringIO())

    assert left.value.code == 1
    assert f"learner {student.pk} question {questions[0].pk}: lapses" in out.getvalue()


def test_verify_memory_of_one_learner_by_address(student, owner, questions):
    Card.objects.filter(learner=owner).update(lapses=7)

    out, _err = run("verify_memory", "--learner", student.email, "--learner", str(student.pk))

    assert "Every card" in out


def test_verify_memory_of_nobody_known(db):
    with pytest.raises(CommandError, match="no learner"):
        run("verify_memory", "--learner", "nobody@example.org")


def test_rebuild_memory_mends_and_says_so(student, questions):
    Card.objects.filter(learner=student, question=questions[0]).update(lapses=7)

    first, _err = run("rebuild_memory", "--quiet")
    second, _err = run("rebuild_memory", "--quiet")

    assert "1 cards mended." in first
    assert "Nothing to mend." in second
