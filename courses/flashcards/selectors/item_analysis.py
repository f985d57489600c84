"""What the answers on the review page tell of the questions of a course."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.assessment.selectors.item_analysis import ItemAnalysis, analysed, marked_by_current
from courses.assessment.selectors.lesson_analysis import grouped
from courses.enrollment.models import Course
from courses.flashcards.models import ReviewLog


def review_analysis(course: Course, *, first_only: bool = True) -> list[ItemAnalysis]:
    """Return the analysis of each question of the course that was reviewed.

    Over the first review of each learner, or all: later ones tell more of what was learned than
    of the question. What was taken back and what learners rated themselves do not count. Options
    are marked by the current key.
    """
    reviews = _standing().filter(course=course, self_rated=False)
    if first_only:
        earlier = _standing().filter(
            Q(answered_at__lt=OuterRef("answered_at"))
            | Q(answered_at=OuterRef("answered_at"), id__lt=OuterRef("id")),
            learner_id=OuterRef("learner_id"),
            question_id=OuterRef("question_id"),
        )
        reviews = reviews.exclude(Exists(earlier.order_by()))
    return analysed(marked_by_current(grouped(course, reviews)))


def _standing() -> QuerySet[ReviewLog]:
    """Return the answers on the review page that were not taken back."""
    undone = ReviewLog.objects.filter(
        learner_id=OuterRef("learner_id"),
        question_id=OuterRef("question_id"),
        kind=ReviewLog.Kind.UNDO,
        target_id=OuterRef("id"),
    )
    answers = ReviewLog.objects.filter(kind=ReviewLog.Kind.ANSWER, place=ReviewLog.Place.REVIEW)
    return answers.exclude(Exists(undone.order_by()))
