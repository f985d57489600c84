"""What the learner knows: predicted recall by topic, and the weeks ahead."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import fmean
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.common.days import day_start
from courses.content.models import Topic
from courses.enrollment.models import Course, Enrollment
from courses.flashcards.domain.scheduling import State
from courses.flashcards.models import Card
from courses.flashcards.outcomes import ForecastDay, TopicRecall
from courses.flashcards.parameters import memory_model
from courses.flashcards.selectors.queue import study_day


def recall_by_topic(learner: User, course: Course, now: datetime) -> list[TopicRecall]:
    """Return the mean predicted recall per topic, in the topics' order; those without last.

    Questions never reviewed do not count into the means, nor do cards in their (re)learning
    steps: minutes after an answer everything would seem to be remembered. The exam is the learner's
    section's, else the course's; a past one is none.
    """
    day = study_day(learner, now)
    exam_day = coming_exam(learner, course, day)
    recalled = _recall(learner, course, day, exam_day)
    published = Question.objects.filter(course=course, status=Question.Status.PUBLISHED)
    questions = dict(published.order_by().values_list("topic_id").annotate(count=Count("pk")))
    topics: list[Any] = [*Topic.objects.filter(course=course).order_by("position", "id"), None]
    return [
        _topic_recall(topic, questions.get(topic and topic.pk, 0), recalled, exam_day)
        for topic in topics
        if topic is not None or questions.get(None)
    ]


def forecast(
    learner: User, now: datetime, *, days: int = 14, course: Course | None = None
) -> list[ForecastDay]:
    """Return how many cards fall due on each of the next `days` local days, today first.

    Today holds all that is overdue; cards never reviewed and suspended ones count nowhere.
    """
    first = study_day(learner, now)
    ends = [
        day_start(
            first + timedelta(days=ahead + 1),
            zone=learner.time_zone,
            rollover_hour=learner.rollover_hour,
        )
        for ahead in range(days)
    ]
    mine = Card.objects.filter(learner_id=learner.pk, suspended=False, due_at__lt=ends[-1])
    if course is not None:
        mine = mine.filter(course=course)
    # Counted up to each day's end: one pass over the index of due dates.
    counts = mine.available_to(learner.pk).aggregate(
        **{f"by_{n}": Count("question_id", filter=Q(due_at__lt=end)) for n, end in enumerate(ends)}
    )
    totals = [0, *(counts[f"by_{n}"] for n in range(days))]
    return [
        ForecastDay(first + timedelta(days=ahead), totals[ahead + 1] - totals[ahead])
        for ahead in range(days)
    ]


def coming_exam(learner: User, course: Course, day: date) -> date | None:
    """Return the day of the exam of the learner's section, else the course's; a past one is none.

    One query.
    """
    sections = Enrollment.objects.of(learner).filter(course=course, section__isnull=False)
    own = sections.filter(section__exam_date__isnull=False).order_by("section__exam_date", "id")
    exam_day = own.values_list("section__exam_date", flat=True).first() or course.exam_date
    return None if exam_day is None or exam_day < day else exam_day


def _recall(
    learner: User, course: Course, day: date, exam_day: date | None
) -> dict[UUID | None, list[tuple[float, float] | None]]:
    """Return (recall now, recall at the exam) of every reviewed card, by topic.

    None for those in their steps.
    """
    rows = Card.objects.filter(
        learner_id=learner.pk,
        course=course,
        question__status=Question.Status.PUBLISHED,
        stability__isnull=False,
    ).order_by()
    found: defaultdict[UUID | None, list[tuple[float, float] | None]] = defaultdict(list)
    for topic_id, state, stability, last_day, parameters_id in rows.values_list(
        "question__topic_id", "state", "stability", "last_review_day", "parameters_id"
    ):
        if state != State.REVIEW:
            found[topic_id].append(None)
            continue
        assert stability is not None  # filtered
        assert last_day is not None  # comes with the stability
        model = memory_model(parameters_id)
        elapsed = max((day - last_day).days, 0)
        ahead = (exam_day - day).days if exam_day else 0
        found[topic_id].append(
            (
                model.retrievability(elapsed, stability),
                model.retrievability(elapsed + ahead, stability),
            )
        )
    return found


def _topic_recall(
    topic: Topic | None,
    questions: int,
    recalled: dict[UUID | None, list[tuple[float, float] | None]],
    exam_day: date | None,
) -> TopicRecall:
    reviewed = recalled.get(topic.pk if topic else None, [])
    pairs = [pair for pair in reviewed if pair is not None]
    return TopicRecall(
        topic=topic.slug if topic else None,
        title=topic.title if topic else "",
        cards=len(reviewed),
        questions=questions,
        now=fmean(now for now, _exam in pairs) if pairs else 0.0,
        at_exam=fmean(exam for _now, exam in pairs) if pairs and exam_day else None,
        learning=len(reviewed) - len(pairs),
    )
