"""A regrade whose worker is killed in the middle: nothing is lost, nothing counts twice."""

import pytest

from courses.assessment.models import Attempt, Question, Regrade, RegradedResponse, Response
from courses.assessment.services import regrades
from courses.common import clock
from courses.common.models import AuditEntry, Job
from courses.enrollment.models import Course
from courses.flashcards.models import Card, ReviewLog
from courses.flashcards.services import verify_memory
from tests.bench import answered
from tests.support.machines import machines_in
from tests.support.processes import wait_until

pytestmark = [
    pytest.mark.drill,
    pytest.mark.xdist_group("drills"),
    pytest.mark.django_db(transaction=True),
]
LEARNERS, QUESTIONS = 400, 10


@pytest.fixture
def machines(tmp_path, moved_clock):
    with machines_in(tmp_path) as started:
        yield started


def progress() -> int:
    return Job.objects.get(kind=regrades.APPLY).progress_done


def scores() -> dict[object, tuple[object, ...]]:
    rows = Attempt.objects.order_by().values_list("pk", "raw_score", "score")
    return {row[0]: row[1:] for row in rows}


def memory() -> dict[object, tuple[object, ...]]:
    columns = ("state", "stability", "difficulty", "reps", "lapses", "interval_days", "due_at")
    return {row[:2]: row[2:] for row in
            Card.objects.order_by().values_list("learner_id", "question_id", *columns)}  # fmt: skip


def state_of(regrade: Regrade) -> str:
    return Regrade.objects.values_list("state", flat=True).get(pk=regrade.pk)


def test_a_worker_killed_during_a_regrade_leaves_it_to_another(machines, moved_clock):
    answered.answer_quiz(learners=LEARNERS, questions=QUESTIONS, slug="drill")
    course = Course.objects.get(slug="drill")
    teacher = answered.owner(course)
    questions = list(Question.objects.filter(course=course))
    for question in questions:
        answered.change_key(question)
    before = scores(), memory()
    regrade = regrades.preview_regrade(
        teacher, course, [one.pk for one in questions], now=clock.now()
    )
    machines.broker()
    first = machines.worker(concurrency=1)
    machines.beat()

    regrades.apply_regrade(teacher, regrade.pk, now=clock.now())
    wait_until(lambda: progress() > 30, seconds=60)
    first.kill()
    first.wait()
    during = progress()
    moved_clock.move(minutes=5)  # the lease of the dead worker runs out
    machines.worker(concurrency=1)
    wait_until(lambda: state_of(regrade) == Regrade.State.APPLIED, seconds=120)

    regrade.refresh_from_db()
    found = regrade.outcome["apply"]
    assert 30 < during < LEARNERS
    assert Job.objects.get(kind=regrades.APPLY).attempts == 2
    assert found == regrade.preview
    assert Response.objects.filter(marked_version=None).count() == 0
    assert RegradedResponse.objects.count() == LEARNERS * QUESTIONS
    assert ReviewLog.objects.filter(kind="correction").count() == found["cards"]["reviews"]
    assert AuditEntry.objects.filter(action="regrade_applied").count() == 1
    assert list(verify_memory()) == []

    regrades.undo_regrade(teacher, regrade.pk, now=clock.now())
    wait_until(lambda: state_of(regrade) == Regrade.State.UNDONE, seconds=120)

    assert (scores(), memory()) == before
    assert list(verify_memory()) == []
