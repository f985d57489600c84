"""Graded quizzes: beginning, saving, time, hints, second tries, what is told, what is reserved."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from courses.accounts.models import User
from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.shuffling import option_id
from courses.assessment.domain.sitting import GRACE
from courses.assessment.errors import (
    AlreadyAnswered,
    AnsweredTogether,
    AnswerRefused,
    AttemptAlreadySubmitted,
    NoAttemptsLeft,
    NoMoreHints,
    OutOfOrder,
    QuestionReserved,
    QuizClosed,
    QuizNotOpen,
    SaveConflict,
    TimeIsUp,
    TooManyGuesses,
    WrongPassword,
)
from courses.assessment.jobs import sweep_attempts
from courses.assessment.models import Attempt, Question, Quiz, Response, SavedAnswer
from courses.assessment.selectors import attempt_page, quiz_overviews
from courses.assessment.services import (
    Draft,
    Granted,
    SecondTry,
    Slot,
    answer_in_attempt,
    answer_in_lesson,
    close_if_over,
    grant_accommodation,
    mark_response,
    save_answer,
    save_quiz,
    saving,
    start_attempt,
    submit_attempt,
    take_hint,
    walk_on,
    withdraw_accommodation,
)
from courses.common import outbox
from courses.common.errors import NotFound, PermissionRefused
from courses.common.ids import new_id
from courses.enrollment.models import Course
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.selectors.histories import card_history
from courses.flashcards.selectors.queue import next_cards
from courses.flashcards.services import verify_memory
from tests.factories.assessment import RIGHT, WRONG, make_question, make_quiz
from tests.factories.content import make_lesson

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2027-02-01T12:00:00+00:00")
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def graded(course: Course, questions: Any = None, **settings: Any) -> Quiz:
    asked = questions if questions is not None else [make_question(course), make_question(course)]
    return make_quiz(course, asked, settings=QuizSettings(kind="graded", **settings), now=NOON)


def begin(learner: User, quiz: Quiz, now: datetime = NOON, **more: Any) -> Attempt:
    return start_attempt(learner=learner, quiz_id=quiz.pk, now=now, **more)


def save(
    attempt: Attempt, question: Question, answer: object, now: datetime = NOON, **draft: Any
) -> SavedAnswer:
    save_id = draft.pop("save_id", None) or new_id()
    return save_answer(
        learner=attempt.learner,
        attempt_id=attempt.pk,
        question_id=question.pk,
        save_id=save_id,
        draft=Draft(answer, **draft),
        now=now,
    )


def check(attempt: Attempt, question: Question, answer: object, **more: Any) -> Any:
    return answer_in_attempt(
        learner=attempt.learner,
        response_id=more.pop("response_id", None) or new_id(),
        attempt_id=attempt.pk,
        question_id=question.pk,
        raw_answer=answer,
        answered_at=NOON,
        now=more.pop("now", NOON),
        **more,
    )


def hand_in(attempt: Attempt, now: datetime = NOON) -> Attempt:
    return submit_attempt(learner=attempt.learner, attempt_id=attempt.pk, now=now)


def asked(attempt: Attempt) -> list[Question]:
    page = attempt_page(learner=attempt.learner, attempt_id=attempt.pk, now=NOON)
    return [item.version.question for item in page.items]


# --- Beginning ------------------------------------------------------------------------
def test_a_quiz_is_begun_while_it_is_open(course: Course, student: User):
    quiz = graded(course, opens_at=NOON, closes_at=NOON + HOUR)

    with pytest.raises(QuizNotOpen) as early:
        begin(student, quiz, NOON - SECOND)
    with pytest.raises(QuizClosed):
        begin(student, quiz, NOON + HOUR)

    assert early.value.details == {"opens_at": NOON}
    assert begin(student, quiz).deadline_at == NOON + HOUR


def test_no_more_attempts_than_are_allowed(course: Course, student: User):
    quiz = graded(course, attempts_allowed=1)
    first = begin(student, quiz)

    assert begin(student, quiz) == first
    hand_in(first)
    with pytest.raises(NoAttemptsLeft):
        begin(student, quiz)


def test_the_password_opens_it_and_cannot_be_tried_out(course: Course, student: User):
    quiz = graded(course, password="vermilion")

    for _guess in range(10):
        with pytest.raises(WrongPassword):
            begin(student, quiz, password="indigo")
    with pytest.raises(TooManyGuesses):
        begin(student, quiz, password="vermilion")

    with pytest.raises(TooManyGuesses):  # nor where a new window of five minutes begins
        begin(student, quiz, NOON + timedelta(minutes=5), password="vermilion")
    later = NOON + timedelta(minutes=10)
    assert begin(student, quiz, later, password=" vermilion ").number == 1


def test_a_preview_needs_the_right_to_see_keys_and_counts_nowhere(
    course: Course, student: User, owner: User
):
    quiz = graded(course, closes_at=NOON, attempts_allowed=1, password="seal")
    Quiz.objects.update(status=Quiz.Status.DRAFT)

    with pytest.raises(PermissionRefused):
        begin(student, quiz, preview=True)
    attempt = begin(owner, quiz, preview=True)
    save(attempt, asked(attempt)[0], RIGHT["single_choice"])
    hand_in(attempt)

    assert attempt.preview
    assert not Card.objects.filter(learner=owner).exists()
    Quiz.objects.update(status=Quiz.Status.PUBLISHED)
    (overview,) = quiz_overviews(course=course, user=owner, now=NOON)
    assert (overview.attempts, overview.best) == (0, None)


def test_a_pool_is_drawn_once_and_stays(course: Course, student: User):
    lesson = make_lesson(course)
    for number in range(8):
        make_question(course, slug=f"tagged-{number}", tags=["gas"], lesson=lesson)
    fixed = Question.objects.get(slug="tagged-0")
    quiz = graded(
        course,
        [
            fixed,
            Slot(draw=2, pool="tag", value="gas"),
            Slot(draw=9, pool="lesson", value=lesson.slug),
        ],
        attempts_allowed=9,
    )

    first = begin(student, quiz)
    again = asked(first)
    hand_in(first)
    others = {tuple(q.slug for q in asked(begin_and_hand_in(student, quiz))) for _ in range(6)}

    assert len(again) == len(set(again)) == 8
    assert again == asked(first)
    assert len(others) > 1


def begin_and_hand_in(student: User, quiz: Quiz) -> Attempt:
    return hand_in(begin(student, quiz))


def test_shuffled_questions_stay_as_they_were(course: Course, student: User):
    questions = [make_question(course) for _ in range(8)]
    quiz = graded(course, questions, shuffle=True)

    attempt = begin(student, quiz)

    assert asked(attempt) == asked(attempt)
    assert set(asked(attempt)) == set(questions)


# --- Saving ---------------------------------------------------------------------------
def test_an_answer_is_saved_until_it_is_handed_in(course: Course, student: User):
    attempt = begin(student, graded(course))
    one, two = asked(attempt)

    saved = save(attempt, one, WRONG["single_choice"], flagged=True)
    saved = save(attempt, one, RIGHT["single_choice"], revision=saved.revision)

    assert (saved.revision, saved.flagged, saved.answer) == (2, False, RIGHT["single_choice"])
    assert not Response.objects.exists()
    assert hand_in(attempt).score == 0.5
    response = Response.objects.get()
    assert (response.question, response.credit, response.counted) == (one, 1.0, 1.0)
    assert ReviewLog.objects.get().id == response.id
    assert two.pk not in Card.objects.values_list("question_id", flat=True)


def test_the_same_save_again_changes_nothing(course: Course, student: User):
    attempt = begin(student, graded(course))
    one, save_id = asked(attempt)[0], new_id()

    first = save(attempt, one, RIGHT["single_choice"], save_id=save_id)
    again = save(attempt, one, RIGHT["single_choice"], save_id=save_id)

    assert (first.pk, first.revision) == (again.pk, again.revision)


def test_a_save_upon_what_is_old_is_refused_with_what_stands_there(course: Course, student: User):
    attempt = begin(student, graded(course))
    one = asked(attempt)[0]
    save(attempt, one, RIGHT["single_choice"])

    with pytest.raises(SaveConflict) as refused:
        save(attempt, one, WRONG["single_choice"])

    assert refused.value.details == {"answer": RIGHT["single_choice"], "revision": 1}
    assert SavedAnswer.objects.get().answer == RIGHT["single_choice"]


@pytest.mark.parametrize(
    "answer", ["text", [1], {"option": "x" * 60_000}, {"text": "a\x00b"}, {"a": {"b": "\ud800"}}]
)
def test_what_no_answer_can_be_is_refused(course: Course, student: User, answer: object):
    attempt = begin(student, graded(course))

    with pytest.raises(AnswerRefused):
        save(attempt, asked(attempt)[0], answer)


def test_what_cannot_be_read_is_kept_and_earns_nothing(course: Course, student: User):
    attempt = begin(student, graded(course, [make_question(course, "numeric")]))

    save(attempt, asked(attempt)[0], {"value": "thirteen or so"})

    assert hand_in(attempt).score == 0.0
    (item,) = attempt_page(learner=student, attempt_id=attempt.pk, now=NOON).items
    assert (item.response, item.saved.answer) == (None, {"value": "thirteen or so"})


def test_another_learner_saves_nothing_here(course: Course, student: User, owner: User):
    attempt = begin(student, graded(course))

    with pytest.raises(NotFound):
        save_answer(
            learner=owner,
            attempt_id=attempt.pk,
            question_id=asked(attempt)[0].pk,
            save_id=new_id(),
            draft=Draft({}),
            now=NOON,
        )


def test_handed_in_takes_no_more(course: Course, student: User):
    one = make_question(course, hints=["Once a village."])
    attempt = begin(student, graded(course, [one], hint_cost=0.1))
    hand_in(attempt)

    with pytest.raises(AttemptAlreadySubmitted):
        save(attempt, one, {})
    with pytest.raises(AttemptAlreadySubmitted):
        take_hint(learner=student, attempt_id=attempt.pk, question_id=one.pk, number=1, now=NOON)


def test_a_quiz_that_tells_nothing_yet_checks_nothing(course: Course, student: User):
    attempt = begin(student, graded(course))

    with pytest.raises(AnsweredTogether):
        check(attempt, asked(attempt)[0], RIGHT["single_choice"])


def test_what_was_checked_is_final(course: Course, student: User):
    attempt = begin(student, graded(course, review={"during": ["score"]}))
    one = asked(attempt)[0]
    check(attempt, one, RIGHT["single_choice"])

    with pytest.raises(AlreadyAnswered):
        save(attempt, one, WRONG["single_choice"])


def test_without_a_way_back_only_the_question_at_hand_is_answered(course: Course, student: User):
    attempt = begin(student, graded(course, navigation="sequential"))
    one, two = asked(attempt)

    with pytest.raises(OutOfOrder):
        save(attempt, two, RIGHT["single_choice"])
    save(attempt, one, RIGHT["single_choice"])
    for _twice in range(2):
        walk_on(learner=student, attempt_id=attempt.pk, number=1, now=NOON)
    with pytest.raises(OutOfOrder):
        save(attempt, one, WRONG["single_choice"], revision=1)
    save(attempt, two, RIGHT["single_choice"])

    assert hand_in(attempt).score == 1.0


def test_what_is_left_meanwhile_takes_no_late_save(
    course: Course, student: User, monkeypatch: pytest.MonkeyPatch
):
    attempt = begin(student, graded(course, navigation="sequential"))
    one, _two = asked(attempt)
    hold = saving.hold

    def late(*args: Any) -> None:
        walk_on(learner=student, attempt_id=attempt.pk, number=1, now=NOON)
        hold(*args)

    monkeypatch.setattr(saving, "hold", late)

    with pytest.raises(OutOfOrder):
        save(attempt, one, RIGHT["single_choice"])
    assert not SavedAnswer.objects.exists()


# --- Time -----------------------------------------------------------------------------
def test_the_deadline_hands_in_what_was_saved_though_nobody_is_there(course: Course, student: User):
    attempt = begin(student, graded(course, time_limit_seconds=600))
    save(attempt, asked(attempt)[0], RIGHT["single_choice"], NOON + timedelta(minutes=9))
    deadline = NOON + timedelta(minutes=10)

    assert outbox.run_due("close_attempt", now=deadline + GRACE - SECOND) == 0
    assert outbox.run_due("close_attempt", now=deadline + GRACE) == 1

    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.ended_by) == (deadline, "deadline")
    assert attempt.score == 0.5
    assert Response.objects.get().answered_at == NOON + timedelta(minutes=9)


def test_a_late_autosave_counts_within_the_grace_and_later_ones_do_not(
    course: Course, student: User
):
    attempt = begin(student, graded(course, time_limit_seconds=600))
    one = asked(attempt)[0]
    deadline = NOON + timedelta(minutes=10)

    save(attempt, one, RIGHT["single_choice"], deadline + GRACE)
    with pytest.raises(TimeIsUp):
        save(attempt, one, WRONG["single_choice"], deadline + GRACE + SECOND, revision=1)

    assert hand_in(attempt, deadline + HOUR).submitted_at == deadline
    assert Response.objects.get().credit == 1.0


def test_the_sweep_finds_what_no_row_was_left_for(course: Course, student: User):
    attempt = begin(student, graded(course, time_limit_seconds=60))
    outbox.run_due("close_attempt", now=NOON)

    sweep_attempts(NOON + HOUR)

    attempt.refresh_from_db()
    assert attempt.submitted_at == NOON + timedelta(seconds=60)


def test_a_start_after_the_deadline_begins_the_next_attempt(course: Course, student: User):
    quiz = graded(course, time_limit_seconds=60, attempts_allowed=2)
    first = begin(student, quiz)

    second = begin(student, quiz, NOON + HOUR)

    first.refresh_from_db()
    assert (first.ended_by, second.number) == ("deadline", 2)


def test_more_time_moves_the_deadline_of_an_attempt_that_goes_on(
    course: Course, student: User, owner: User
):
    quiz = graded(course, time_limit_seconds=600, closes_at=NOON + 5 * HOUR)
    attempt = begin(student, quiz)

    given = grant_accommodation(
        actor=owner, course=course, learner_id=student.pk, quiz=quiz,
        granted=Granted(time_factor=2.0, extra_attempts=1), now=NOON,
    )  # fmt: skip

    attempt.refresh_from_db()
    assert attempt.deadline_at == NOON + timedelta(minutes=20)
    assert outbox.run_due("close_attempt", now=NOON + timedelta(minutes=11)) == 0
    for _twice in range(2):
        withdraw_accommodation(actor=owner, course=course, accommodation_id=given.pk, now=NOON)
    attempt.refresh_from_db()
    assert attempt.deadline_at == NOON + timedelta(minutes=10)


@pytest.mark.parametrize("pressed", [False, True])
def test_more_time_in_the_last_moment_is_more_time(
    course: Course, student: User, owner: User, pressed: bool
):
    attempt = begin(student, graded(course, time_limit_seconds=600))
    late = NOON + timedelta(minutes=10) + GRACE
    read_before = Attempt.objects.get(pk=attempt.pk)
    grant_accommodation(
        actor=owner, course=course, learner_id=student.pk, quiz=attempt.quiz,
        granted=Granted(time_factor=2.0), now=late - SECOND,
    )  # fmt: skip

    if pressed:
        assert hand_in(attempt, late).ended_by == "learner"
    else:
        assert not close_if_over(read_before, now=late)
        assert Attempt.objects.get(pk=attempt.pk).submitted_at is None


def test_a_teacher_who_gives_everybody_longer_reaches_who_is_in_it(course: Course, student: User):
    quiz = graded(course, time_limit_seconds=600)
    attempt = begin(student, quiz)

    save_quiz(
        course=course, slug=quiz.slug, title=quiz.title, now=NOON,
        questions=[slot.question for slot in quiz.slots.order_by("position")],
        settings=QuizSettings(kind="graded", time_limit_seconds=1200),
    )  # fmt: skip

    attempt.refresh_from_db()
    assert attempt.deadline_at == NOON + timedelta(minutes=20)


def test_a_student_grants_nobody_anything(course: Course, student: User):
    with pytest.raises(PermissionRefused):
        grant_accommodation(
            actor=student, course=course, learner_id=student.pk, quiz=None,
            granted=Granted(time_factor=2.0), now=NOON,
        )  # fmt: skip


# --- Help and confidence --------------------------------------------------------------
def test_a_hint_costs_once_however_often_it_is_read(course: Course, student: User):
    question = make_question(course, hints=["An *old* name.", "It begins with T."])
    attempt = begin(student, graded(course, [question], hint_cost=0.2))

    def hint(number: int) -> str:
        return take_hint(
            learner=student, attempt_id=attempt.pk, question_id=question.pk, number=number, now=NOON
        )

    with pytest.raises(NoMoreHints):
        hint(2)
    assert hint(1) == hint(1) == "An *old* name."
    save(attempt, question, RIGHT["single_choice"])
    assert hint(2) == "It begins with T."
    with pytest.raises(NoMoreHints):
        hint(3)

    assert hand_in(attempt).score == pytest.approx(0.6)
    assert ReviewLog.objects.get().rating == 2  # right, but hard


def test_a_quiz_without_hints_gives_none(course: Course, student: User):
    question = make_question(course, hints=["No."])
    attempt = begin(student, graded(course, [question]))

    with pytest.raises(NoMoreHints):
        take_hint(
            learner=student, attempt_id=attempt.pk, question_id=question.pk, number=1, now=NOON
        )


def test_a_second_try_tells_nothing_and_costs_its_share(course: Course, student: User):
    question = make_question(course)
    quiz = graded(course, [question], second_try_cost=0.25, review={"during": ["score"]})
    attempt, first_id = begin(student, quiz), new_id()

    first = check(attempt, question, WRONG["single_choice"], response_id=first_id)
    repeated = check(attempt, question, WRONG["single_choice"], response_id=first_id)
    second = check(attempt, question, RIGHT["single_choice"])

    assert isinstance(first, SecondTry)
    assert isinstance(repeated, SecondTry)
    assert (second.response.credit, second.response.counted) == (1.0, 0.75)
    assert (second.response.tries, second.response.first_answer) == (2, WRONG["single_choice"])
    assert hand_in(attempt).score == 0.75


@pytest.mark.parametrize("checked", [True, False])
def test_a_second_try_that_is_worse_takes_nothing_away(
    course: Course, student: User, checked: bool
):
    question = make_question(course, "cloze")
    quiz = graded(course, [question], second_try_cost=0.25, review={"during": ["score"]})
    attempt = begin(student, quiz)
    first = check(attempt, question, {"gaps": {"year": "1854", "town": "Osaka"}})

    if checked:
        check(attempt, question, {"gaps": {"year": "1868", "town": "Osaka"}})
    else:  # left standing, and taken when it is handed in
        worse = {"gaps": {"year": "1868", "town": "Osaka"}}
        save(attempt, question, worse, revision=first.revision)

    assert isinstance(first, SecondTry)
    assert hand_in(attempt).score == pytest.approx(first.mark.credit)
    assert first.mark.credit > 0


@pytest.mark.parametrize("left", [{"gaps": {}}, {}, {"gaps": {"no": "such"}}])
def test_a_second_try_that_says_nothing_takes_nothing_away(
    course: Course, student: User, left: dict[str, Any]
):
    question = make_question(course, "cloze")
    quiz = graded(course, [question], second_try_cost=0.25, review={"during": ["score"]})
    attempt = begin(student, quiz)
    first = check(attempt, question, {"gaps": {"year": "1854", "town": "yokohama"}})
    save(attempt, question, left, revision=first.revision)

    assert hand_in(attempt).score == pytest.approx(2 / 3)
    assert Response.objects.get().tries == 1


def test_nobody_gets_out_of_what_they_were_sure_of(course: Course, student: User):
    wrong, right = make_question(course), make_question(course)
    quiz = graded(
        course, [wrong, right], second_try_cost=0.25, confidence=True, review={"during": ["score"]}
    )
    attempt = begin(student, quiz)
    check(attempt, right, RIGHT["single_choice"], confidence="sure")
    first = check(attempt, wrong, WRONG["single_choice"], confidence="sure")
    save(attempt, wrong, {}, revision=first.revision)

    assert hand_in(attempt).score == 0.0  # the mean of 1 and -2
    assert Response.objects.get(question=wrong).counted == -2.0


def test_a_second_try_tells_nothing_that_may_not_be_told(course: Course, student: User):
    question = make_question(course)
    quiz = graded(course, [question], second_try_cost=0.25, review={"during": ["explanation"]})

    outcome = check(begin(student, quiz), question, WRONG["single_choice"])

    assert outcome.response.tries == 1
    assert outcome.told == {"explanation"}


def test_confidence_counts_where_it_is_asked_for(course: Course, student: User):
    question = make_question(course)
    quiz = graded(course, [question], review={"during": ["score"]})
    attempt = begin(student, quiz)
    save(attempt, question, WRONG["single_choice"], confidence="sure")

    outcome = check(attempt, question, WRONG["single_choice"], confidence="sure")

    assert SavedAnswer.objects.get().confidence == ""
    assert outcome.response.confidence == ""


@pytest.mark.parametrize("type_name", [name for name in RIGHT if name != "flashcard"])
def test_nothing_is_no_answer_and_uses_up_no_try(course: Course, student: User, type_name: str):
    question = make_question(course, type_name)
    quiz = graded(course, [question], second_try_cost=0.25, review={"during": ["score"]})
    attempt = begin(student, quiz)

    with pytest.raises(AnswerRefused, match="no answer here yet"):
        check(attempt, question, {})

    assert not SavedAnswer.objects.filter(tries__gt=0).exists()
    outcome = check(attempt, question, RIGHT[type_name])
    assert outcome.response.tries == 1


def test_right_at_once_needs_no_second_try(course: Course, student: User):
    question = make_question(course)
    quiz = graded(course, [question], second_try_cost=0.25, review={"during": ["score"]})

    outcome = check(begin(student, quiz), question, RIGHT["single_choice"])

    assert outcome.response.counted == 1.0


def test_a_confident_error_comes_back_before_everything(course: Course, student: User):
    sure, unsure = make_question(course), make_question(course)
    quiz = graded(
        course,
        [unsure, sure],
        confidence=True,
        review={"submitted": ["score", "answers", "explanation"]},
    )
    attempt = begin(student, quiz)
    save(attempt, unsure, WRONG["single_choice"], confidence="unsure")
    save(attempt, sure, WRONG["single_choice"], confidence="sure")

    assert hand_in(attempt).score == 0.0
    cards = next_cards(student, NOON + HOUR, limit=2).cards
    assert [card.question_id for card in cards] == [sure.pk, unsure.pk]


def test_a_confident_error_is_one_though_the_second_try_was_right(course: Course, student: User):
    sure, unsure = make_question(course), make_question(course)
    quiz = graded(
        course, [unsure, sure], confidence=True, second_try_cost=0.25,
        review={"during": ["score", "answers", "explanation"]},
    )  # fmt: skip
    attempt = begin(student, quiz)
    for question, level in ((unsure, "unsure"), (sure, "sure")):
        check(attempt, question, WRONG["single_choice"], confidence=level)
        check(attempt, question, RIGHT["single_choice"])

    hand_in(attempt)

    page = attempt_page(learner=student, attempt_id=attempt.pk, now=NOON)
    assert {item.version.question_id: item.confident_error for item in page.items} == {
        sure.pk: True, unsure.pk: False,
    }  # fmt: skip
    cards = next_cards(student, NOON + HOUR, limit=2).cards
    assert [card.question_id for card in cards] == [sure.pk, unsure.pk]


# --- What is told ---------------------------------------------------------------------
def told(attempt: Attempt, now: datetime = NOON) -> set[str]:
    return set(attempt_page(learner=attempt.learner, attempt_id=attempt.pk, now=now).told)


def test_what_is_told_follows_the_phase(course: Course, student: User):
    attempt = begin(student, graded(course, closes_at=NOON + HOUR))

    assert told(attempt) == set()
    hand_in(attempt)
    assert told(attempt) == {"score"}
    assert told(attempt, NOON + HOUR + GRACE) == {"score", "answers", "explanation"}


def test_nothing_is_told_while_somebody_may_still_sit_it(
    course: Course, student: User, owner: User
):
    quiz = graded(course, closes_at=NOON + HOUR)
    attempt = hand_in(begin(student, quiz))
    grant_accommodation(
        actor=owner, course=course, learner_id=student.pk, quiz=quiz,
        granted=Granted(closes_at=NOON + 9 * HOUR), now=NOON,
    )  # fmt: skip

    assert told(attempt, NOON + 2 * HOUR) == {"score"}
    assert "answers" in told(attempt, NOON + 9 * HOUR + GRACE)


# --- What is reserved -----------------------------------------------------------------
def test_a_question_of_a_graded_quiz_is_asked_nowhere_else_until_its_answers_open(
    course: Course, student: User
):
    lesson = make_lesson(course)
    question = make_question(course, lesson=lesson)
    quiz = graded(course, [question], closes_at=NOON + HOUR)

    def in_the_lesson(now: datetime) -> None:
        answer_in_lesson(
            learner=student, response_id=new_id(), lesson_id=lesson.pk, question_id=question.pk,
            raw_answer=RIGHT["single_choice"], answered_at=now, now=now,
        )  # fmt: skip

    practice = make_quiz(course, [question, make_question(course)], now=NOON)
    assert question not in asked(begin(student, practice))
    with pytest.raises(NotFound):
        in_the_lesson(NOON)
    attempt = begin(student, quiz)
    save(attempt, question, WRONG["single_choice"])
    hand_in(attempt)
    assert next_cards(student, NOON + 30 * timedelta(minutes=1)).cards == []

    assert outbox.run_due("release_questions", now=NOON + HOUR) == 0
    assert outbox.run_due("release_questions", now=NOON + HOUR + GRACE) == 1
    cards = next_cards(student, NOON + 2 * HOUR).cards
    assert [card.question_id for card in cards] == [question.pk]
    in_the_lesson(NOON + 2 * HOUR)


def test_who_was_shown_the_answers_may_review_them(course: Course, student: User, owner: User):
    question = make_question(course)
    quiz = graded(course, [question], review={"submitted": ["score", "answers", "explanation"]})
    attempt = begin(student, quiz)
    save(attempt, question, WRONG["single_choice"])
    hand_in(attempt)

    assert Card.objects.get().released
    assert [card.question_id for card in next_cards(student, NOON + HOUR).cards] == [question.pk]
    Question.objects.update(reserved=False)
    graded(course, [question])
    assert next_cards(student, NOON + HOUR).cards == []


def test_a_review_would_explain_what_may_not_be_explained_yet(course: Course, student: User):
    question = make_question(course)
    told = {"submitted": ["score", "answers"], "closed": ["explanation"]}
    attempt = begin(student, graded(course, [question], closes_at=NOON + HOUR, review=told))
    save(attempt, question, WRONG["single_choice"])
    hand_in(attempt)

    assert not Card.objects.get().released
    with pytest.raises(NotFound):
        card_history(student, question.pk, NOON)


def test_an_open_answer_may_be_reviewed_once_it_is_marked(
    course: Course, student: User, owner: User
):
    question = make_question(course, "open_answer")
    told = {"submitted": ["score", "answers", "explanation"]}
    attempt = begin(student, graded(course, [question], review=told))
    save(attempt, question, RIGHT["open_answer"])
    hand_in(attempt)

    by_hand(attempt, owner, [1, 2])

    assert Card.objects.get().released


def test_practice_tells_nothing_of_what_is_reserved_meanwhile(course: Course, student: User):
    question = make_question(course, hints=["It is a capital."])
    practice = make_quiz(course, [question], settings=QuizSettings(hint_cost=0.1), now=NOON)
    attempt = begin(student, practice)
    save(attempt, question, WRONG["single_choice"])
    graded(course, [question])

    with pytest.raises(QuestionReserved):
        save(attempt, question, RIGHT["single_choice"], revision=1)
    with pytest.raises(QuestionReserved):
        take_hint(
            learner=student, attempt_id=attempt.pk, question_id=question.pk, number=1, now=NOON
        )
    hand_in(attempt)

    assert not Response.objects.exists()
    assert not Card.objects.exists()


def test_a_pool_reserves_what_may_be_drawn_from_it(course: Course):
    graded(course, [Slot(draw=1, pool="tag", value="gas")])

    fresh = make_question(course, tags=["gas"])

    assert Question.objects.get(pk=fresh.pk).reserved
    assert not Question.objects.get(pk=make_question(course).pk).reserved


def test_memory_is_the_fold_of_the_log_after_all_this(course: Course, student: User):
    quiz = graded(course, confidence=True, hint_cost=0.1)
    attempt = begin(student, quiz)
    for question in asked(attempt):
        save(attempt, question, WRONG["single_choice"], confidence="sure")
    hand_in(attempt)

    assert list(verify_memory()) == []


# --- Answers that a person marks ------------------------------------------------------
@pytest.fixture
def written(course: Course, student: User) -> Attempt:
    essay = make_question(course, "open_answer")
    attempt = begin(student, graded(course, [make_question(course), essay]))
    one, two = asked(attempt)
    save(attempt, one, RIGHT["single_choice"])
    save(attempt, two, RIGHT["open_answer"])
    return hand_in(attempt)


def by_hand(attempt: Attempt, marker: User, levels: list[int], **more: Any) -> None:
    response = Response.objects.get(question__current__type="open_answer")
    mark_response(
        marker=marker, learner_id=attempt.learner_id, response_id=response.id, levels=levels,
        now=NOON + HOUR, **more,
    )  # fmt: skip


def test_an_open_answer_counts_once_it_is_marked(written: Attempt, owner: User, student: User):
    page = attempt_page(learner=student, attempt_id=written.pk, now=NOON)
    assert (written.score, page.awaiting) == (None, 1)
    assert ReviewLog.objects.count() == 1

    by_hand(written, owner, [1, 1], comment="Well argued.")

    written.refresh_from_db()
    assert written.score == pytest.approx((1 + 3 / 4) / 2)
    assert ReviewLog.objects.count() == 2
    page = attempt_page(learner=student, attempt_id=written.pk, now=NOON)
    assert (page.awaiting, page.items[1].marking.comment) == (0, "Well argued.")


def test_marked_again_the_log_is_corrected(written: Attempt, owner: User):
    by_hand(written, owner, [1, 2])
    by_hand(written, owner, [1, 2])
    by_hand(written, owner, [0, 0])

    written.refresh_from_db()
    assert written.score == 0.5
    kinds = ReviewLog.objects.order_by("received_at").values_list("kind", flat=True)
    assert list(kinds) == ["answer", "answer", "correction"]
    assert list(verify_memory()) == []


def test_a_student_marks_nobody(written: Attempt, student: User):
    with pytest.raises(PermissionRefused):
        by_hand(written, student, [1, 2])


def test_an_empty_open_answer_is_worth_nothing_at_once(course: Course, student: User):
    attempt = begin(student, graded(course, [make_question(course, "open_answer")]))
    save(attempt, asked(attempt)[0], {"text": "  "})

    assert hand_in(attempt).score == 0.0


def test_weights_count(course: Course, student: User):
    one, two = make_question(course), make_question(course)
    attempt = begin(student, graded(course, [Slot(one, points=3), two]))
    save(attempt, one, {"option": option_id("Tokyo")})

    assert hand_in(attempt).score == 0.75
