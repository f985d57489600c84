"""A changed key carried through to grades: shown, applied, killed in the middle, undone."""

from datetime import timedelta

import pytest

from courses.accounts.services import erase_people
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.shuffling import option_id
from courses.assessment.errors import RegradeBusy, RegradeNotApplied, RegradeUndone
from courses.assessment.models import (
    Attempt,
    Marking,
    Quiz,
    Regrade,
    RegradedAttempt,
    RegradedResponse,
    Response,
    SavedAnswer,
)
from courses.assessment.regrading import rows, steps, tallies
from courses.assessment.regrading.tallies import Tally
from courses.assessment.selectors import attempt_page
from courses.assessment.selectors.regrades import (
    questions_on_revised_claims,
    questions_to_regrade,
    regrade_of,
    regrades_of,
)
from courses.assessment.services import (
    Draft,
    answer_in_attempt,
    regrades,
    save_answer,
    start_attempt,
    submit_attempt,
)
from courses.assessment.services.finishing import refresh_score
from courses.common import outbox
from courses.common.errors import NotFound, PermissionRefused
from courses.common.ids import new_id
from courses.common.models import AuditEntry, Job
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.services import verify_memory
from tests.factories.accounts import make_user
from tests.factories.assessment import (
    PAYLOADS,
    RIGHT,
    WRONG,
    answer_lesson,
    make_question,
    make_quiz,
)
from tests.factories.content import make_claim, make_lesson
from tests.factories.enrollment import enrol_as
from tests.factories.flashcards import NOON
from tests.factories.regrades import (
    LATER,
    carry_out,
    change_key,
    options_with_key,
    preview,
    take_back,
)

pytestmark = pytest.mark.django_db
KYOTO = options_with_key("Kyoto", "Tokyo", "Osaka")
TOKYO, OSAKA = RIGHT["single_choice"], {"option": option_id("Osaka")}


@pytest.fixture
def questions(course):
    """Two questions whose key is Tokyo, and one that is not regraded."""
    return [make_question(course) for _ in range(3)]


@pytest.fixture
def quiz(course, questions):
    return make_quiz(course, questions)


def begin(learner, quiz):
    return start_attempt(learner=learner, quiz_id=quiz.pk, now=NOON)


def give(attempt, question, raw, **fields):
    return answer_in_attempt(
        learner=attempt.learner,
        attempt_id=attempt.pk,
        question_id=question.pk,
        raw_answer=raw,
        **({"response_id": new_id(), "answered_at": NOON, "now": NOON} | fields),
    )


def sit(learner, quiz, *answers, submit=True):
    """Answer the questions of the quiz in their order; None leaves one open."""
    attempt = begin(learner, quiz)
    for slot, raw in zip(quiz.slots.order_by("position"), answers, strict=False):
        if raw is not None:
            give(attempt, slot.question, raw)
    if submit:
        submit_attempt(learner=learner, attempt_id=attempt.pk, now=NOON)
    attempt.refresh_from_db()
    return attempt


def stored(*, but=("received_at",)):
    """Return every row that a regrade may touch, by table and key."""
    tables = (Attempt, Response, Card)
    return {
        model.__name__: {
            row.pk: {
                field.attname: getattr(row, field.attname)
                for field in model._meta.concrete_fields
                if field.attname not in {*but, "pk"}
            }
            for row in model.objects.order_by()
        }
        for model in tables
    }


@pytest.fixture
def taken(student, quiz, questions):
    """The student's attempt: Tokyo, Kyoto, Tokyo; then Kyoto becomes the key of the first two."""
    attempt = sit(student, quiz, TOKYO, WRONG["single_choice"], TOKYO)
    for question in questions[:2]:
        change_key(question, KYOTO)
    return attempt


# --- Looking --------------------------------------------------------------------------
def test_a_preview_says_what_would_change_and_changes_nothing(owner, student, taken, questions):
    before = stored(but=())

    regrade = preview(owner, *questions[:2], reason="The capital moved.")

    found = regrade.preview["attempts"]
    assert stored(but=()) == before
    assert regrade.state == Regrade.State.PREVIEWED
    assert (found["responses"], found["changed"], found["left"]) == (2, 2, 0)
    assert (found["attempts"], found["up"], found["down"], found["unchanged"]) == (1, 0, 0, 1)
    assert regrade.preview["cards"]["reviews"] == 2
    assert regrade.preview["cards"]["cards"] == 2
    assert regrade.preview["cards"]["learners"] == 1


def test_the_preview_lists_the_largest_changes_with_ids_alone(owner, student, taken, questions):
    regrade = preview(owner, questions[0])

    found = regrade.preview["attempts"]
    assert found["down"] == found["falling"] == 1
    assert found["mean_change"] == pytest.approx(-1 / 3)
    assert found["largest_change"] == pytest.approx(-1 / 3)
    (change,) = found["changes"]
    assert change == {
        "learner": str(student.pk),
        "attempt": str(taken.pk),
        "before": pytest.approx(2 / 3),
        "after": pytest.approx(1 / 3),
    }


def test_what_is_applied_is_what_was_previewed(owner, student, assistant, quiz, taken, questions):
    sit(assistant, quiz, TOKYO, TOKYO, OSAKA)
    regrade = preview(owner, *questions)

    done = carry_out(owner, regrade)

    assert done.state == Regrade.State.APPLIED
    assert done.outcome["apply"] == done.preview


def test_much_is_looked_through_by_a_job(owner, taken, questions, monkeypatch):
    at_once = preview(owner, *questions[:2])
    monkeypatch.setattr(regrades, "RESPONSES_AT_ONCE", 1)

    regrade = preview(owner, *questions[:2])
    empty = regrade.preview
    outbox.run_due(regrades.PREVIEW, now=LATER)

    regrade.refresh_from_db()
    assert empty == {}
    assert regrade.preview == at_once.preview
    assert Job.objects.get(kind=regrades.PREVIEW).requested_by == owner.pk


def test_questions_that_wait_for_a_regrade_are_told(owner, course, taken, questions):
    change_key(questions[2], PAYLOADS["single_choice"] | {})  # the same: no version

    waiting = questions_to_regrade(course)
    carry_out(owner, preview(owner, questions[0]))

    assert [(one.question_id, one.responses) for one in waiting] == [
        (questions[0].pk, 1),
        (questions[1].pk, 1),
    ]
    assert [one.question_id for one in questions_to_regrade(course)] == [questions[1].pk]


# --- Applying -------------------------------------------------------------------------
def test_credits_worths_and_scores_follow_the_new_key(owner, taken, questions):
    carry_out(owner, preview(owner, questions[0]))

    taken.refresh_from_db()
    response = taken.responses.get(question=questions[0])
    assert (response.credit, response.counted) == (0.0, 0.0)
    assert response.marked_version_id == questions[0].current_id
    assert taken.raw_score == taken.score == pytest.approx(1 / 3)
    kept = RegradedResponse.objects.get()
    assert (kept.credit_before, kept.credit_after) == (1.0, 0.0)
    assert (kept.marked_before, kept.marked_after) == (None, questions[0].current_id)
    assert RegradedAttempt.objects.get().score_before == pytest.approx(2 / 3)


def test_a_grade_that_would_fall_is_held_where_that_was_promised(owner, taken, questions):
    regrade = preview(owner, questions[0], never_lower=True)

    carry_out(owner, regrade)

    taken.refresh_from_db()
    assert taken.raw_score == pytest.approx(1 / 3)
    assert taken.score == pytest.approx(2 / 3)
    found = regrade.outcome["apply"]["attempts"]
    assert (found["falling"], found["held"], found["down"], found["unchanged"]) == (1, 1, 0, 1)


def test_a_grade_that_was_held_falls_by_no_regrade_that_raises_it(owner, taken, questions):
    change_key(questions[2], KYOTO)
    carry_out(owner, preview(owner, questions[0], questions[2], never_lower=True))
    taken.refresh_from_db()
    held = (taken.raw_score, taken.score)

    regrade = carry_out(owner, preview(owner, questions[1]))

    taken.refresh_from_db()
    assert held == (0.0, pytest.approx(2 / 3))
    assert (taken.raw_score, taken.score) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert regrade.outcome["apply"]["attempts"]["falling"] == 0


def test_holding_may_be_decided_on_seeing_the_preview(owner, taken, questions):
    regrade = carry_out(owner, preview(owner, questions[0]), never_lower=True)

    assert regrade.never_lower
    taken.refresh_from_db()
    assert taken.score == pytest.approx(2 / 3)


def test_a_grade_that_rises_rises_where_none_may_fall(owner, taken, questions):
    carry_out(owner, preview(owner, questions[1], never_lower=True))

    taken.refresh_from_db()
    assert taken.score == taken.raw_score == pytest.approx(1.0)


def test_an_answer_in_a_lesson_is_marked_anew(student, owner, course):
    lesson = make_lesson(course, "first", body="::: question asked\n:::")
    question = make_question(course, slug="asked", lesson=lesson)
    given = answer_lesson(student, lesson, question, answered_at=NOON, now=NOON).response
    change_key(question, KYOTO)

    regrade = carry_out(owner, preview(owner, question))

    response = Response.objects.get(id=given.id)
    assert (response.credit, response.counted) == (0.0, None)
    assert regrade.outcome["apply"]["attempts"]["lesson_responses"] == 1


def test_costs_of_hints_tries_and_confidence_come_off_the_new_credit(
    student, owner, course, questions
):
    rules = QuizSettings(second_try_cost=0.25, hint_cost=0.1, confidence=True)
    quiz = make_quiz(course, questions[:1], settings=rules)
    attempt = begin(student, quiz)
    give(attempt, questions[0], OSAKA, confidence="unsure")
    given = give(attempt, questions[0], WRONG["single_choice"], confidence="sure").response
    submit_attempt(learner=student, attempt_id=attempt.pk, now=NOON)
    Response.objects.filter(id=given.id).update(hints_used=1)
    change_key(questions[0], KYOTO)

    carry_out(owner, preview(owner, questions[0]))

    # The first try, given as unsure, was wrong; of a guess's third the second adds 1 - 0.1 - 0.25.
    assert Response.objects.get(id=given.id).counted == pytest.approx(-2 / 3 + 0.65 / 3)


def test_a_first_try_that_was_right_all_along_counts_as_one_try(student, owner, course, questions):
    quiz = make_quiz(course, questions[:1], settings=QuizSettings(second_try_cost=0.5))
    attempt = begin(student, quiz)
    give(attempt, questions[0], WRONG["single_choice"])  # Kyoto
    given = give(attempt, questions[0], TOKYO).response
    submit_attempt(learner=student, attempt_id=attempt.pk, now=NOON)
    before = stored()
    change_key(questions[0], KYOTO)

    regrade = carry_out(owner, preview(owner, questions[0]))

    response = Response.objects.get(id=given.id)
    attempt.refresh_from_db()
    page = attempt_page(learner=student, attempt_id=attempt.pk, now=LATER)
    assert (response.credit, response.counted, attempt.score) == (1.0, 1.0, 1.0)
    assert page.items[0].mark.verdict == "right"
    assert page.items[0].given == WRONG["single_choice"]
    assert ReviewLog.objects.get(target_id=given.id).rating == 3
    take_back(owner, regrade)
    after = stored()
    assert after["Attempt"] == before["Attempt"]
    assert after["Response"] == before["Response"]


def test_a_regrade_that_says_nothing_new_leaves_what_was_worth_once(
    student, owner, course, questions
):
    rules = QuizSettings(second_try_cost=0.5, hint_cost=0.5)
    quiz = make_quiz(course, questions[:1], settings=rules)
    attempt = begin(student, quiz)
    give(attempt, questions[0], WRONG["single_choice"])  # Kyoto
    given = give(attempt, questions[0], TOKYO).response
    submit_attempt(learner=student, attempt_id=attempt.pk, now=NOON)
    Response.objects.filter(id=given.id).update(hints_used=1)
    change_key(questions[0], KYOTO)
    carry_out(owner, preview(owner, questions[0]))
    Quiz.objects.update(hint_cost=0.0)

    carry_out(owner, preview(owner, questions[0]))

    assert Response.objects.get(id=given.id).counted == 0.5


def test_what_a_new_key_says_of_the_first_of_two_tries_counts(student, owner, course):
    question = make_question(course, "multiple_response")
    quiz = make_quiz(course, [question], settings=QuizSettings(second_try_cost=0.5))
    attempt = begin(student, quiz)
    names = [option["text"] for option in PAYLOADS["multiple_response"]["options"]]
    first, second = ({"options": [option_id(name)]} for name in names[::-1][:2])
    give(attempt, question, first)
    given = give(attempt, question, second).response
    submit_attempt(learner=student, attempt_id=attempt.pk, now=NOON)
    # Right is what the first try had, and another: of the second nothing changes.
    options = [{"text": name} for name in names]
    options[-1]["correct"] = options[0]["correct"] = True
    change_key(question, {"options": options})

    carry_out(owner, preview(owner, question))

    response = Response.objects.get(id=given.id)
    assert (given.credit, given.counted) == (response.credit, 0.0)
    assert response.counted == 0.5


def test_open_attempts_are_marked_anew_and_get_no_score(student, owner, quiz, questions):
    attempt = sit(student, quiz, TOKYO, submit=False)
    change_key(questions[0], KYOTO)

    regrade = carry_out(owner, preview(owner, questions[0]))
    attempt.refresh_from_db()
    during = attempt.score
    submit_attempt(learner=student, attempt_id=attempt.pk, now=LATER)

    attempt.refresh_from_db()
    assert during is None
    assert regrade.outcome["apply"]["attempts"]["open_attempts"] == 1
    assert attempt.score == 0.0


def test_a_look_of_an_author_counts_nowhere(editor, owner, quiz, questions):
    attempt = start_attempt(learner=editor, quiz_id=quiz.pk, now=NOON, preview=True)
    give(attempt, questions[0], TOKYO)
    submit_attempt(learner=editor, attempt_id=attempt.pk, now=NOON)
    change_key(questions[0], KYOTO)

    regrade = carry_out(owner, preview(owner, questions[0]))

    assert regrade.outcome["apply"]["attempts"]["responses"] == 0
    assert not RegradedResponse.objects.exists()


@pytest.mark.parametrize("type_name", ["open_answer", "flashcard"])
def test_what_no_key_judges_is_left_alone(student, owner, course, type_name):
    question = make_question(course, type_name)
    quiz = make_quiz(course, [question, make_question(course)])
    sit(student, quiz, RIGHT[type_name], TOKYO)
    rubric = PAYLOADS["open_answer"]["rubric"][:1]
    change_key(question, {"rubric": rubric} if type_name == "open_answer" else {"back": "Another"})
    before = stored(but=())

    regrade = carry_out(owner, preview(owner, question))

    assert stored(but=()) == before
    assert regrade.outcome["apply"]["attempts"]["left"] == 1


def test_answers_of_another_form_are_left_alone(student, owner, quiz, questions):
    attempt = sit(student, quiz, TOKYO, TOKYO, TOKYO)
    change_key(questions[0], PAYLOADS["numeric"], "numeric")

    regrade = carry_out(owner, preview(owner, questions[0]))

    attempt.refresh_from_db()
    assert attempt.score == 1.0
    assert regrade.outcome["apply"]["attempts"]["left"] == 1


def test_an_answer_that_only_the_old_version_knew_is_wrong(student, owner, quiz, questions):
    sit(student, quiz, OSAKA)
    change_key(questions[0], options_with_key("Kyoto", "Tokyo", "Nara"))

    carry_out(owner, preview(owner, questions[0]))

    assert Response.objects.get().credit == 0.0


def test_a_new_wording_alone_changes_what_is_shown_and_no_grade(student, owner, quiz, questions):
    sit(student, quiz, TOKYO)
    with_note = [dict(one) for one in PAYLOADS["single_choice"]["options"]]
    with_note[2]["feedback"] = "No more."
    change_key(questions[0], {"options": with_note})

    regrade = carry_out(owner, preview(owner, questions[0]))

    assert Response.objects.get().marked_version_id == questions[0].current_id
    found = regrade.outcome["apply"]["attempts"]
    assert (found["responses"], found["changed"], found["attempts"]) == (1, 0, 0)


def test_who_answered_by_the_new_key_is_left_as_they_are(student, owner, quiz, questions):
    change_key(questions[0], KYOTO)
    sit(student, quiz, TOKYO)
    before = stored(but=())

    carry_out(owner, preview(owner, questions[0]))

    assert stored(but=()) == before


def test_a_run_marks_by_the_versions_of_its_beginning(student, owner, quiz, questions, taken):
    regrade = preview(owner, questions[0])
    regrades.apply_regrade(owner, regrade.pk, now=LATER)
    marked_by = questions[0].current_id
    change_key(questions[0], options_with_key("Osaka", "Kyoto", "Tokyo"))

    outbox.run_due(regrades.APPLY, now=LATER)

    response = Response.objects.get(question=questions[0])
    assert response.marked_version_id == marked_by


# --- Twice, killed, together ----------------------------------------------------------
def test_applying_twice_is_applying_once(owner, taken, questions):
    regrade = carry_out(owner, preview(owner, *questions[:2]))
    before = stored(but=())

    carry_out(owner, regrade)
    Job.objects.filter(kind=regrades.APPLY).update(state=Job.State.WAITING, claimed_until=None)
    outbox.run_due(regrades.APPLY, now=LATER)

    assert stored(but=()) == before
    assert AuditEntry.objects.count() == 1
    assert Job.objects.filter(kind=regrades.APPLY).count() == 1


def test_a_batch_taken_twice_changes_nothing_more(owner, student, taken, questions):
    regrade = carry_out(owner, preview(owner, *questions[:2]))
    before, log = stored(but=()), ReviewLog.objects.count()

    Regrade.objects.filter(pk=regrade.pk).update(state=Regrade.State.RUNNING, reached=None)
    Job.objects.filter(kind=regrades.APPLY).update(state=Job.State.WAITING, claimed_until=None)
    outbox.run_due(regrades.APPLY, now=LATER + timedelta(days=1))

    assert stored(but=()) == before
    assert ReviewLog.objects.count() == log
    assert RegradedResponse.objects.count() == 2


@pytest.fixture
def class_of_five(course, quiz, questions):
    """Five learners who answered in an attempt; then the key of all questions changes."""
    people = [make_user(f"learner-{number}@example.org") for number in range(5)]
    for person in people:
        enrol_as(person, course)
        sit(person, quiz, TOKYO, WRONG["single_choice"], WRONG["single_choice"])
    for question in questions:
        change_key(question, KYOTO)
    return people


@pytest.fixture
def kill(monkeypatch):
    """Have the nth batch of a run die after its first step, or after its last."""
    monkeypatch.setattr(regrades, "LEARNERS_AT_ONCE", 2)

    def at(batch, *, after="attempts"):
        calls = []
        doomed = next(one for one in steps.steps() if one.name == after)

        def dying(run):
            def run_and_die(task, learner_ids):
                calls.append(learner_ids)
                tally = run(task, learner_ids)
                if len(calls) == batch:
                    raise KeyboardInterrupt
                return tally

            return run_and_die

        monkeypatch.setitem(
            steps._steps,
            doomed.name,
            steps.Step(
                doomed.name, doomed.learners, doomed.preview,
                dying(doomed.apply), dying(doomed.undo),
            ),
        )  # fmt: skip
        return calls

    return at


def run_again(kind, moment=LATER):
    """Run the job as the worker does that takes it once the lease is out."""
    Job.objects.filter(kind=kind).update(claimed_until=None)
    outbox.run_due(kind, now=moment)


@pytest.mark.parametrize("after", ["attempts", "cards"])
@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_run_killed_in_the_middle_goes_on_where_it_was(
    owner, class_of_five, questions, kill, batch, after
):
    wanted = preview(owner, *questions)
    calls = kill(batch, after=after)
    regrades.apply_regrade(owner, wanted.pk, now=LATER)
    with pytest.raises(KeyboardInterrupt):
        outbox.run_due(regrades.APPLY, now=LATER)
    left = Response.objects.filter(marked_version=None).count()

    run_again(regrades.APPLY, LATER + timedelta(minutes=5))

    wanted.refresh_from_db()
    assert left == (5 - 2 * (batch - 1)) * 3
    assert wanted.state == Regrade.State.APPLIED
    assert wanted.outcome["apply"] == wanted.preview
    # The batch that died was taken once more, and none of those before it.
    assert [len(one) for one in calls] == [len(one) for one in calls[:batch]] + [
        len(one) for one in calls[batch - 1 : batch]
    ] + [[2, 2, 1][number] for number in range(batch, 3)]
    assert RegradedResponse.objects.count() == 15
    assert ReviewLog.objects.filter(kind="correction").count() == wanted.preview["cards"]["reviews"]
    assert AuditEntry.objects.count() == 1
    assert list(verify_memory()) == []


@pytest.mark.parametrize("batch", [1, 3])
def test_an_undo_killed_in_the_middle_goes_on_where_it_was(
    owner, class_of_five, questions, kill, batch
):
    before = stored()
    regrade = carry_out(owner, preview(owner, *questions))
    kill(batch)
    regrades.undo_regrade(owner, regrade.pk, now=LATER)
    with pytest.raises(KeyboardInterrupt):
        outbox.run_due(regrades.UNDO, now=LATER)

    run_again(regrades.UNDO)

    regrade.refresh_from_db()
    assert regrade.state == Regrade.State.UNDONE
    assert stored() == before
    assert list(verify_memory()) == []


def test_a_run_whose_lease_was_lost_changes_nothing(owner, class_of_five, questions, monkeypatch):
    monkeypatch.setattr(regrades, "LEARNERS_AT_ONCE", 2)
    regrade = preview(owner, *questions)
    regrades.apply_regrade(owner, regrade.pk, now=LATER)
    late = Job.objects.get(kind=regrades.APPLY)
    stale = Regrade.objects.get(pk=regrade.pk)
    outbox.run_due(regrades.APPLY, now=LATER)
    before = stored(but=())

    task = regrades._task(stale, LATER)
    with pytest.raises(outbox.ClaimLost):
        regrades._take_batch(stale, task, [class_of_five[0].pk], "apply", [])
    regrades.carry_out(late, LATER)

    assert stored(but=()) == before


def test_one_regrade_of_a_course_runs_at_a_time(owner, taken, questions):
    first, second = preview(owner, questions[0]), preview(owner, questions[1])
    regrades.apply_regrade(owner, first.pk, now=LATER)

    with pytest.raises(RegradeBusy):
        regrades.apply_regrade(owner, second.pk, now=LATER)

    outbox.run_due(regrades.APPLY, now=LATER)
    assert carry_out(owner, second).state == Regrade.State.APPLIED


def test_a_regrade_whose_job_gave_up_is_taken_up_again(owner, taken, questions):
    regrade = preview(owner, questions[0])
    regrades.apply_regrade(owner, regrade.pk, now=LATER)
    Job.objects.filter(kind=regrades.APPLY).update(state=Job.State.DEAD)

    assert carry_out(owner, regrade).state == Regrade.State.APPLIED


# --- Undoing --------------------------------------------------------------------------
def test_undoing_puts_every_row_back(owner, class_of_five, questions):
    before = stored()
    regrade = carry_out(owner, preview(owner, *questions))
    applied = stored()

    undone = take_back(owner, regrade)

    assert applied != before
    assert stored() == before
    assert undone.state == Regrade.State.UNDONE
    assert undone.outcome["undo"]["attempts"] == {
        "responses": 15, "restored": 15, "left": 0, "attempts": 5, "recomputed": 0,
        "changes": [], "kept": undone.outcome["undo"]["attempts"]["kept"],
    }  # fmt: skip
    assert undone.outcome["undo"]["cards"]["left"] == 0
    assert list(verify_memory()) == []


def test_held_grades_are_put_back_too(owner, taken, questions):
    before = stored()
    regrade = carry_out(owner, preview(owner, questions[0], never_lower=True))

    take_back(owner, regrade)

    assert stored() == before


def test_undoing_holds_nothing_that_only_the_regrade_held(owner, taken, questions):
    regrade = carry_out(owner, preview(owner, questions[0], never_lower=True))
    # Another answer is marked anew meanwhile, by a person.
    taken.responses.filter(question=questions[2]).update(credit=0.0, counted=0.0)
    taken.refresh_from_db()
    refresh_score(taken)
    assert (taken.raw_score, taken.score) == (0.0, pytest.approx(1 / 3))

    take_back(owner, regrade)

    taken.refresh_from_db()
    assert taken.score == taken.raw_score == pytest.approx(1 / 3)


def test_what_another_regrade_changed_since_is_left(owner, student, taken, questions):
    first = carry_out(owner, preview(owner, *questions[:2]))
    change_key(questions[0], options_with_key("Osaka", "Kyoto", "Tokyo"))
    carry_out(owner, preview(owner, questions[0]))

    undone = take_back(owner, first)

    found = undone.outcome["undo"]["attempts"]
    assert (found["restored"], found["left"]) == (1, 1)
    earned = dict(taken.responses.values_list("question_id", "credit"))
    assert [earned[one.pk] for one in questions] == [0.0, 0.0, 1.0]
    taken.refresh_from_db()
    assert taken.score == taken.raw_score == pytest.approx(1 / 3)
    assert list(verify_memory()) == []


def test_an_attempt_changed_since_gets_the_score_of_its_responses(owner, taken, questions):
    first = carry_out(owner, preview(owner, questions[0]))
    second = carry_out(owner, preview(owner, questions[1]))

    undone = take_back(owner, first)
    taken.refresh_from_db()
    between = taken.score
    take_back(owner, second)

    taken.refresh_from_db()
    assert undone.outcome["undo"]["attempts"]["recomputed"] == 1
    assert between == pytest.approx(1.0)
    assert taken.score == taken.raw_score == pytest.approx(2 / 3)


def test_an_attempt_handed_in_between_is_scored_again(student, owner, quiz, questions):
    attempt = sit(student, quiz, TOKYO, submit=False)
    change_key(questions[0], KYOTO)
    regrade = carry_out(owner, preview(owner, questions[0]))
    submit_attempt(learner=student, attempt_id=attempt.pk, now=LATER)

    take_back(owner, regrade)

    attempt.refresh_from_db()
    assert attempt.score == pytest.approx(1 / 3)


def test_only_what_was_carried_out_is_undone_and_that_once(owner, taken, questions):
    regrade = preview(owner, questions[0])
    with pytest.raises(RegradeNotApplied):
        regrades.undo_regrade(owner, regrade.pk, now=LATER)
    carry_out(owner, regrade)
    take_back(owner, regrade)
    before = stored(but=())

    take_back(owner, regrade)

    assert stored(but=()) == before
    with pytest.raises(RegradeUndone):
        regrades.apply_regrade(owner, regrade.pk, now=LATER)


# --- Who may, and what is on record ---------------------------------------------------
@pytest.mark.parametrize("who", ["student", "assistant", "reviewer", "editor"])
def test_only_owners_change_grades(people, course, questions, who):
    regrade = preview(people["owner"], questions[0])
    actor = people[who]

    for act in (
        lambda: preview(actor, questions[0]),
        lambda: regrades.apply_regrade(actor, regrade.pk, now=LATER),
        lambda: regrades.undo_regrade(actor, regrade.pk, now=LATER),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_teachers_of_other_courses_find_nothing(other_teacher, other_course, owner, questions):
    regrade = preview(owner, questions[0])

    with pytest.raises(NotFound):
        regrades.apply_regrade(other_teacher, regrade.pk, now=LATER)
    with pytest.raises(NotFound):
        regrades.preview_regrade(other_teacher, other_course, [questions[0].pk], now=LATER)
    with pytest.raises(NotFound):
        regrades.preview_regrade(owner, questions[0].course, [], now=LATER)


def test_the_audit_log_tells_who_did_what_in_figures(owner, course, taken, questions):
    regrade = carry_out(owner, preview(owner, questions[0]))
    take_back(owner, regrade)

    undone, applied = AuditEntry.objects.all()
    assert (applied.action, undone.action) == ("regrade_applied", "regrade_undone")
    assert applied.actor == undone.actor == owner.pk
    assert applied.course_id == course.pk
    assert applied.subject == str(regrade.pk)
    assert applied.details["attempts"]["changed"] == 1
    assert applied.details["cards"]["reviews"] == 1
    assert undone.details["attempts"]["restored"] == 1
    assert str(taken.learner_id) not in str(applied.details)


def test_the_job_is_shown_with_its_progress_to_who_asked_for_it(owner, class_of_five, questions):
    carry_out(owner, preview(owner, *questions))

    job = Job.objects.get(kind=regrades.APPLY)
    assert job.requested_by == owner.pk
    assert (job.progress_done, job.progress_total) == (5, 5)
    assert job.state == Job.State.DONE


def test_regrades_of_a_course_are_listed_the_latest_first(owner, course, other_course, questions):
    first = preview(owner, questions[0])
    second = preview(owner, questions[1], now=LATER + timedelta(hours=1))

    assert [one.pk for one in regrades_of(course)] == [second.pk, first.pk]
    assert regrade_of(course, first.pk) == first
    with pytest.raises(NotFound):
        regrade_of(other_course, first.pk)


# --- Steps and their figures ----------------------------------------------------------
def test_contexts_register_their_steps_in_order():
    assert [step.name for step in steps.steps()] == ["attempts", "cards"]
    with pytest.raises(ValueError, match="already"):
        steps.register_step(
            "cards", learners=list, preview=print, apply=print, undo=print
        )  # fmt: skip


def test_figures_add_up_batch_by_batch(monkeypatch):
    monkeypatch.setattr(tallies, "LISTED", 50)
    total = Tally.of("seen", measured=["change"])
    for first in (1, 31, 61):
        part = Tally.of("seen", measured=["change"])
        for value in range(first, first + 30):
            part.count("seen")
            part.measure("change", -value if value == 90 else value)
            part.note(before=0.0, after=float(value))
        total = Tally.from_json(total.as_json())
        total.add(part)

    figures = total.as_json()
    assert figures["seen"] == 90
    assert figures["mean_change"] == pytest.approx((sum(range(1, 90)) - 90) / 90)
    assert figures["largest_change"] == -90
    assert [change["after"] for change in figures["changes"]] == list(range(90, 40, -1))
    assert Tally.of("seen", measured=["change"]).figures() == {
        "seen": 0, "mean_change": None, "largest_change": 0.0,
    }  # fmt: skip


# --- Claims that change ---------------------------------------------------------------
def test_a_revised_claim_names_its_questions_until_they_are_looked_at(owner, course):
    claims = [make_claim(course, key, now=NOON) for key in ("TT-901", "TT-902")]
    asked = make_question(course, slug="asked", claims=claims, now=NOON)
    make_question(course, slug="other", claims=claims[:1], now=NOON)
    make_question(course, slug="draft", claims=claims[1:], now=NOON, status="draft")
    assert questions_on_revised_claims(course) == []

    make_claim(course, "TT-902", statement="It was in 1875.", now=NOON + timedelta(minutes=1))

    (shaken,) = questions_on_revised_claims(course)
    assert (shaken.question_id, shaken.slug, shaken.claims) == (asked.pk, "asked", ["TT-902"])
    preview(owner, asked)
    assert questions_on_revised_claims(course) == []


# --- Erasing people -------------------------------------------------------------------
def test_an_erase_leaves_nothing_of_a_regraded_learner(owner, student, course, taken, questions):
    other = make_user("other@example.org")
    enrol_as(other, course)
    sit(other, taken.quiz, TOKYO)
    regrade = carry_out(owner, preview(owner, *questions))
    written = make_question(course, "open_answer")
    attempt = begin(student, make_quiz(course, [written], settings=QuizSettings(kind="graded")))
    save_answer(
        learner=student, attempt_id=attempt.pk, question_id=written.pk, save_id=new_id(),
        draft=Draft({"text": "So far"}), now=NOON,
    )  # fmt: skip
    Marking.objects.create(
        learner=student, response_id=new_id(), question=written, levels=[0, 0], credit=0.0,
        marker=owner, marked_at=NOON,
    )  # fmt: skip
    assert SavedAnswer.objects.count() == 1

    learner_id = student.pk

    erase_people([student], now=LATER)

    left = Regrade.objects.get()
    assert not SavedAnswer.objects.exists()
    assert not Marking.objects.exists()
    assert not RegradedResponse.objects.filter(learner=learner_id).exists()
    assert not RegradedAttempt.objects.filter(attempt__learner=learner_id).exists()
    assert str(learner_id) not in f"{left.preview}{left.outcome}"
    assert take_back(owner, regrade).state == Regrade.State.UNDONE


def test_an_erase_takes_the_name_out_of_the_audit_log(owner, taken, questions, student):
    carry_out(owner, preview(owner, questions[0]))
    Marking.objects.create(
        learner=student, response_id=new_id(), question=questions[0], levels=[0], credit=0.0,
        marker=owner, marked_at=NOON,
    )  # fmt: skip

    erase_people([owner], now=LATER)

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.details["attempts"]["changed"]) == (None, 1)
    assert Regrade.objects.get().requested_by is None
    assert Marking.objects.get().marker is None


def test_the_statement_of_what_is_kept_names_every_column():
    columns = [field.column for field in RegradedResponse._meta.concrete_fields]

    assert sorted(rows._KEPT) == sorted(name for name in columns if name != "id")
