"""Marking what no program can: a person chooses a level for each criterion of the rubric."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.accounts.models import User
from courses.assessment.domain.marks import Mark
from courses.assessment.domain.types import get_type
from courses.assessment.domain.types.open_answer import LevelsMissing, mark_by_rubric
from courses.assessment.models import Attempt, Marking, QuestionVersion, Response
from courses.assessment.selectors.markings import version_of
from courses.assessment.services.finishing import refresh_score, write_mark
from courses.assessment.signals import response_marked
from courses.common.errors import DomainError, NotFound
from courses.enrollment.selectors import require

LONGEST_COMMENT = 5000


class RubricIncomplete(DomainError):
    """A mark needs a level for every criterion."""

    code = "rubric_incomplete"
    status = 422
    message = _("Choose a level for every criterion.")


class CommentTooLong(DomainError):
    """A comment on an answer is bounded."""

    code = "comment_too_long"
    status = 422
    message = _("Shorten the comment to 5,000 characters.")


def mark_response(
    *,
    marker: User,
    learner_id: UUID,
    response_id: UUID,
    levels: Sequence[int],
    comment: str = "",
    now: datetime,
) -> Marking:
    """Mark an answer, or mark it again; the attempt's score and the card follow.

    `levels` names a level, from 0, for each criterion in their order. The same mark with the
    same comment again changes nothing. Raises NotFound, PermissionRefused, RubricIncomplete,
    CommentTooLong.
    """
    response = (
        Response.objects.filter(learner_id=learner_id, id=response_id)
        .select_related("question__course", "learner", "attempt__quiz")
        .first()
    )
    if response is None:
        raise NotFound
    require(marker, "learners.mark", response.question.course)
    if learner_id == marker.pk:  # nobody marks themselves, but for who answers for the course
        require(marker, "grades.change", response.question.course)
    version = version_of(response)
    if not get_type(version.type).marked_by_hand:
        raise NotFound
    if len(comment) > LONGEST_COMMENT:
        raise CommentTooLong
    try:
        mark = mark_by_rubric(version.payload, levels)
    except LevelsMissing as error:
        raise RubricIncomplete from error
    with transaction.atomic():
        return _write(marker, response, version, mark, list(levels), comment.strip(), now)


def _write(
    marker: User,
    response: Response,
    version: QuestionVersion,
    mark: Mark,
    levels: list[int],
    comment: str,
    now: datetime,
) -> Marking:
    # Two markers of one answer take turns; attempts before responses, as everywhere.
    if response.attempt_id is not None:
        locked = Attempt.objects.select_for_update(no_key=True, of=("self",))
        response.attempt = locked.select_related("quiz").get(pk=response.attempt_id)
    mine = Response.objects.filter(learner_id=response.learner_id, id=response.id)
    list(mine.select_for_update(no_key=True).order_by().values_list("id"))
    made = Marking.objects.filter(learner_id=response.learner_id, response_id=response.id)
    last = made.order_by("-marked_at", "-id").first()
    if last is not None and (last.levels, last.comment) == (levels, comment):
        return last
    marking = Marking.objects.create(
        learner_id=response.learner_id,
        response_id=response.id,
        question_id=response.question_id,
        levels=levels,
        credit=mark.credit,
        comment=comment,
        marker=marker,
        marked_at=now,
    )
    write_mark(response, mark, response.attempt)
    response.save(update_fields=["credit", "counted"])
    _carry_on(response, version, mark, now)
    return marking


def _carry_on(response: Response, version: QuestionVersion, mark: Mark, now: datetime) -> None:
    attempt = response.attempt
    if attempt is not None and attempt.submitted_at is not None:
        refresh_score(attempt)
    if attempt is None or not attempt.preview:
        response_marked.send(
            sender=Response, response=response, version=version, mark=mark, now=now
        )
