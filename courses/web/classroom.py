"""The class as its teacher sees it: what will be forgotten, what is weak, who studies."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from courses.accounts.models import User
from courses.assessment.models import Question
from courses.assessment.presenting import question_view
from courses.assessment.versions import get_versions, kept_version
from courses.content.models import Claim, Lesson, Topic
from courses.enrollment.domain import roles
from courses.enrollment.models import Course, Enrollment, Section
from courses.flashcards.selectors.classroom import (
    Activity,
    Standing,
    Tally,
    activity_of,
    most_missed,
    standing_of,
    study_days,
)
from courses.flashcards.selectors.queue import study_day
from courses.web.classroom_rows import (
    Ahead,
    Asked,
    ClassPage,
    LessonRow,
    MissedRow,
    RiskRow,
    StudentRow,
    TopicRow,
    share_of,
)

# How far ahead is looked where no exam is coming.
WITHOUT_EXAM = timedelta(days=30)
AT_RISK = 6
BINS = 20
# A fact that few have met says more about the plan of lessons than about memory.
_MET_BY = 0.2


def sections_with_counts(course: Course) -> list[Any]:
    """Return the sections of a course, each with its `students`, the largest first."""
    current = Q(
        enrollments__role=roles.STUDENT,
        enrollments__ended_at=None,
        enrollments__user__is_active=True,
    )
    counted = Section.objects.filter(course=course).annotate(
        students=Count("enrollments", filter=current)
    )
    return list(counted.order_by("-students", "name", "id"))


def students_of(section: Section) -> QuerySet[Enrollment]:
    """Return the enrolments of those who study in the section now."""
    return Enrollment.objects.current().filter(section=section, role=roles.STUDENT).order_by()


def ahead_of(section: Section, today: date) -> Ahead:
    """Return the day of the section's exam if it is still to come, else a day a month ahead."""
    exam_day = section.exam_date or section.course.exam_date
    if exam_day is not None and exam_day >= today:
        return Ahead(exam_day, is_exam=True)
    return Ahead(today + WITHOUT_EXAM, is_exam=False)


def asked_of(course: Course) -> list[Asked]:
    """Return the published questions of the course."""
    published = Question.objects.filter(
        course=course, status=Question.Status.PUBLISHED, current__isnull=False
    )
    rows = published.order_by("lesson__position", "position", "id")
    return [Asked(*row) for row in rows.values_list("pk", "topic_id", "lesson_id", "current_id")]


def class_page(teacher: User, section: Section, now: datetime) -> ClassPage:
    """Return how the class stands, in a number of queries that does not grow with it."""
    course, ahead = section.course, ahead_of(section, study_day(teacher, now))
    enrolled = students_of(section)
    people = list(User.objects.filter(pk__in=enrolled.values("user_id")).order_by("pk"))
    among, days = enrolled.values("user_id"), study_days(people, now)
    asked = asked_of(course)
    standing = standing_of(
        course,
        days,
        [(one.id, one.topic_id) for one in asked],
        among=among,
        day_ahead=ahead.day,
    )
    activity = activity_of(course, days, among=among)
    students = [_student(one, days[one.pk], standing, activity, len(asked)) for one in people]
    page = ClassPage(course, section, ahead, students)
    if not standing.last_days or not asked:
        return page
    lessons = {lesson.pk: lesson for lesson in _lessons(course)}
    missed = most_missed(course, among=among)
    stems = _stems(asked)
    return ClassPage(
        course=course,
        section=section,
        ahead=ahead,
        students=students,
        overall=share_of(standing.questions.values(), len(people)),
        lessons=_lesson_rows(lessons, asked, standing, len(people), _readers(course, among)),
        at_risk=_at_risk(asked, standing, lessons, stems, len(people)),
        topics=topic_rows(course, asked, standing),
        missed=[
            MissedRow(
                stems(one.question_id),
                lessons.get(_lesson_of(asked, one.question_id)),
                one.share,
                one.wrong,
                one.answers,
            )
            for one in missed
        ],
    )


def topic_rows(course: Course, asked: Sequence[Asked], standing: Standing) -> list[TopicRow]:
    """Return the topics that are asked: the one of which least is kept first, unmet ones last."""
    counts: defaultdict[UUID | None, int] = defaultdict(int)
    for one in asked:
        counts[one.topic_id] += 1
    titles: dict[UUID | None, str] = {None: ""}
    titles |= dict(Topic.objects.filter(course=course).order_by().values_list("pk", "title"))
    rows = []
    for topic_id, questions in counts.items():
        tallies = [
            tally
            for learner_id in standing.learners
            if (tally := standing.topics.get((learner_id, topic_id))) is not None
        ]
        rows.append(
            _topic_row(titles.get(topic_id, ""), tallies, questions * len(standing.learners))
        )
    return sorted(rows, key=lambda row: (1.0 if row.kept is None else row.kept, row.title))


def _topic_row(title: str, tallies: Sequence[Tally], pairs: int) -> TopicRow:
    """Return the row of a topic with so many pairs of a question and a student."""
    together, bins = Tally(), [0] * BINS
    kept = [tally.ahead / tally.met for tally in tallies]
    for tally, recall in zip(tallies, kept, strict=True):
        together.add(tally)
        bins[min(int(recall * BINS), BINS - 1)] += 1
    return TopicRow(
        title=title,
        now=together.mean_now(),
        ahead=together.ahead / pairs,
        kept=together.ahead / together.met if together.met else None,
        students=len(tallies),
        bins=tuple(bins),
        lowest=min(kept, default=0.0),
        highest=max(kept, default=0.0),
    )


def _student(
    person: User,
    today: date,
    standing: Standing,
    activity: dict[UUID, Activity],
    questions: int,
) -> StudentRow:
    tally = standing.learners[person.pk]
    last_day = standing.last_days.get(person.pk)
    return StudentRow(
        person=person,
        last_day=last_day,
        quiet_days=max((today - last_day).days, 0) if last_day else None,
        activity=activity[person.pk],
        cards=tally.met,
        now=tally.mean_now(),
        ahead=tally.ahead / questions if questions else 0.0,
    )


def _lesson_rows(
    lessons: dict[UUID, Lesson],
    asked: Sequence[Asked],
    standing: Standing,
    students: int,
    readers: dict[UUID, int],
) -> list[LessonRow]:
    """Return the lessons in their order; the one with most to win back is marked."""
    by_lesson: defaultdict[UUID | None, list[Tally]] = defaultdict(list)
    for one in asked:
        by_lesson[one.lesson_id].append(standing.questions[one.id])
    shares = {name: share_of(by_lesson[name], students) for name in lessons if by_lesson.get(name)}
    worst = max(shares, key=lambda name: shares[name].lost, default=None)
    return [
        LessonRow(
            lesson=lesson,
            number=number,
            readers=readers.get(name, 0),
            share=shares[name],
            teach_again=name == worst and shares[name].lost > 0,
        )
        for number, (name, lesson) in enumerate(lessons.items(), start=1)
        if name in shares
    ]


def _at_risk(
    asked: Sequence[Asked],
    standing: Standing,
    lessons: dict[UUID, Lesson],
    stems: Any,
    students: int,
) -> list[RiskRow]:
    """Return the questions that most students will have forgotten, of those met by some."""
    least = max(round(students * _MET_BY), 1)
    found = [(one, tally) for one in asked if (tally := standing.questions[one.id]).met >= least]
    found.sort(key=lambda pair: (pair[1].ahead - pair[1].met, pair[0].id))
    chosen = found[:AT_RISK]
    claims = _claim_keys([one for one, _tally in chosen])
    return [
        RiskRow(
            stem_html=stems(one.id),
            lesson=lessons.get(one.lesson_id) if one.lesson_id else None,
            claims=claims[one.id],
            met=tally.met,
            lost=round(tally.met - tally.ahead),
            recall=tally.ahead / tally.met,
        )
        for one, tally in chosen
    ]


def _claim_keys(asked: Sequence[Asked]) -> dict[UUID, tuple[str, ...]]:
    wanted = {one.id: kept_version(one.version_id).claim_ids for one in asked}
    every = {claim for ids in wanted.values() for claim in ids}
    keys = dict(Claim.objects.filter(pk__in=every).order_by().values_list("pk", "key"))
    return {name: tuple(keys[one] for one in ids if one in keys) for name, ids in wanted.items()}


def _stems(asked: Sequence[Asked]) -> Any:
    """Return a function from a question's id to the HTML of its stem; two queries at most."""
    versions = get_versions(one.version_id for one in asked)
    version_of = {one.id: versions[one.version_id] for one in asked}
    return lambda name: question_view(version_of[name], seed=0)["stem_html"]


def _lesson_of(asked: Sequence[Asked], question_id: UUID) -> Any:
    return next((one.lesson_id for one in asked if one.id == question_id), None)


def _lessons(course: Course) -> QuerySet[Lesson]:
    published = Lesson.objects.filter(
        course=course, status=Lesson.Status.PUBLISHED, current__isnull=False
    )
    listed = published.select_related("current").defer("current__body")
    return listed.order_by("position", "id")


def _readers(course: Course, among: Any) -> dict[UUID, int]:
    """Return how many of them have finished each lesson."""
    counted = Lesson.objects.filter(course=course).annotate(
        readers=Count(
            "progress",
            filter=Q(progress__finished_at__isnull=False, progress__learner_id__in=among),
        )
    )
    return dict(counted.order_by().values_list("pk", "readers"))
