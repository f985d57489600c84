"""What the API says about things, as plain JSON values. `schemas` describes the same."""

from datetime import timedelta
from typing import Any

from courses.accounts.models import User
from courses.api.models import PersonalToken
from courses.assessment.domain.review_options import SCORE
from courses.assessment.models import Quiz, SavedAnswer
from courses.assessment.presenting import feedback_view, question_view, reading_problem, told_view
from courses.assessment.selectors import AttemptItem, AttemptPage, LessonQuestion, QuizOverview
from courses.assessment.selectors.markings import deciding_answer, mark_of_response, version_of
from courses.assessment.services import AnswerOutcome, SecondTry
from courses.assessment.versions import get_version
from courses.content.models import Claim, Lesson
from courses.content.rendering import HtmlPart, RenderedLesson, render_inline
from courses.content.selectors.claims import ClaimNote
from courses.enrollment.models import Course
from courses.flashcards.models import DayPlan
from courses.flashcards.outcomes import NextCard, Queue, ReviewOutcome, Today


def course(row: Course, *, studied: bool) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "title": row.title,
        "summary": row.summary,
        "language": row.language,
        "status": row.status,
        "access": row.access,
        "exam_date": row.exam_date,
        "studied": studied,
    }


def lesson(row: Any) -> dict[str, Any]:
    """A lesson in a list: a Lesson with the annotations of `published_lessons`."""
    return {
        "id": row.pk,
        "slug": row.slug,
        "title": row.current.title,
        "summary": row.current.summary,
        "objectives": row.current.objectives,
        "revision": row.current.number,
        "status": row.status,
        "started_at": row.started_at,
        "finished_at": row.finished_at,
    }


def lesson_text(
    row: Lesson,
    rendered: RenderedLesson,
    questions: dict[str, LessonQuestion],
    notes: list[ClaimNote],
) -> dict[str, Any]:
    """A whole lesson: prose as sanitised HTML, questions without their answers."""
    parts: list[dict[str, Any]] = []
    for part in rendered.parts:
        if isinstance(part, HtmlPart):
            parts.append({"kind": "html", "html": str(part.html)})
        elif part.slug in questions:
            parts.append({"kind": "question", **_asked(questions[part.slug])})
    shown = set(rendered.questions)
    return {
        **lesson(row),
        "course": row.course.slug,
        "headings": [
            {"level": heading.level, "title": heading.title, "anchor": heading.anchor}
            for heading in rendered.headings
        ],
        "parts": parts,
        "more_questions": [_asked(item) for slug, item in questions.items() if slug not in shown],
        "claims": [note.as_dict() for note in notes],
    }


def _asked(item: LessonQuestion) -> dict[str, Any]:
    """A question, and what its reader answered last, if they did."""
    feedback = None
    if item.last is not None:
        mark = mark_of_response(item.last, item.marking)
        feedback = feedback_view(version_of(item.last), item.last.answer, mark)
        feedback["comment"] = item.marking.comment if item.marking else ""
    return {"question": question_view(item.version, seed=item.seed), "last": feedback}


def claim(row: Claim, note: ClaimNote) -> dict[str, Any]:
    said = row.current
    assert said is not None, "course_claims gives claims with what they say"
    return {
        **note.as_dict(),
        "topic": said.topic.slug,
        "topic_title": said.topic.title,
        "figures": said.figures,
        "people": said.people,
    }


def card(next_card: NextCard) -> dict[str, Any]:
    return {
        "question": next_card.question,
        "served_at": next_card.served_at,
        "state": next_card.state,
        "preview": next_card.preview,
    }


def queue(found: Queue) -> dict[str, Any]:
    return {
        "cards": [card(each) for each in found.cards],
        "remaining": found.remaining,
        "next_at": found.next_at,
    }


def review(outcome: ReviewOutcome) -> dict[str, Any]:
    return {
        "review": outcome.id,
        "question": outcome.question_id,
        "rating": outcome.rating,
        "verdict": outcome.verdict,
        "credit": outcome.credit,
        "due_at": outcome.due_at,
        "interval_days": outcome.interval_days,
        "feedback": outcome.feedback,
    }


def response(outcome: AnswerOutcome) -> dict[str, Any]:
    """An answer in a lesson or an attempt, with what is to be learned from it."""
    given = outcome.response
    shown: dict[str, Any] = {"response": given.id, "question": given.question_id}
    if SCORE in outcome.told:
        shown |= {"verdict": outcome.mark.verdict, "credit": outcome.mark.credit}
    feedback = told_view(outcome.version, deciding_answer(given), outcome.mark, outcome.told)
    return shown | {"feedback": feedback}


def second_try(outcome: SecondTry) -> dict[str, Any]:
    """A first answer that was not right: nothing but that is told."""
    return {
        "question": outcome.version.question_id,
        "verdict": outcome.mark.verdict,
        "again": True,
        "revision": outcome.revision,
    }


def attempt(page: AttemptPage) -> dict[str, Any]:
    row = page.attempt
    return {
        "id": row.pk,
        "course": row.quiz.course.slug,
        "quiz": row.quiz.slug,
        "number": row.number,
        "started_at": row.started_at,
        "deadline_at": row.deadline_at,
        "submitted_at": row.submitted_at,
        "answered": page.answered,
        "remaining": page.remaining,
        "told": sorted(page.told),
        "questions": [_attempt_item(page, item) for item in _shown(page)],
    }


def saved_answer(row: SavedAnswer) -> dict[str, Any]:
    return {
        "answer": row.answer,
        "revision": row.revision,
        "saved_at": row.saved_at,
        "confidence": row.confidence,
        "flagged": row.flagged,
        "hints_used": row.hints_used,
        "problem": reading_problem(get_version(row.version_id), row.answer),
    }


def hint(text: str) -> dict[str, Any]:
    return {"hint_html": str(render_inline(text))}


def attempt_result(page: AttemptPage) -> dict[str, Any]:
    return {
        "id": page.attempt.pk,
        "submitted_at": page.attempt.submitted_at,
        "answered": page.answered,
        "earned": page.earned if page.score is not None else None,
        "possible": page.possible,
        "graded": page.graded,
        "awaiting": page.awaiting,
        "score": page.score,
    }


def _shown(page: AttemptPage) -> list[AttemptItem]:
    """The questions that may be seen now: in a quiz without a way back, the one at hand."""
    open_ = page.attempt.submitted_at is None
    if open_ and page.attempt.quiz.navigation == Quiz.Navigation.SEQUENTIAL:
        return [item for item in page.items if item.number == page.attempt.reached]
    return page.items


def _attempt_item(page: AttemptPage, item: AttemptItem) -> dict[str, Any]:
    feedback = None
    if item.response is not None and item.mark is not None and item.marked_by is not None:
        answer, told = item.given, page.told_of(item)
        feedback = told_view(item.marked_by, answer, item.mark, told) if told else None
    return {
        "number": item.number,
        "points": item.points,
        "question": question_view(item.version, seed=item.seed),
        "hints": len(item.version.hints) if page.attempt.quiz.hint_cost is not None else 0,
        "saved": saved_answer(item.saved) if item.saved else None,
        "feedback": feedback,
    }


def quiz(overview: QuizOverview) -> dict[str, Any]:
    return {
        "id": overview.quiz.pk,
        "slug": overview.quiz.slug,
        "title": overview.quiz.title,
        "kind": overview.quiz.kind,
        "lesson": overview.quiz.lesson.slug if overview.quiz.lesson else None,
        "questions": overview.question_count,
        "attempts": overview.attempts,
        "opens_at": overview.rules.opens_at,
        "closes_at": overview.rules.closes_at,
        "time_limit_seconds": _seconds(overview.rules.time_limit),
        "attempts_left": overview.attempts_left,
        "needs_password": bool(overview.quiz.password),
        "best": overview.best,
        "last": overview.last,
        "final": overview.final,
        "passed": overview.passed,
        "open_attempt": overview.open_attempt.pk if overview.open_attempt else None,
    }


def _seconds(limit: timedelta | None) -> int | None:
    return None if limit is None else round(limit.total_seconds())


def plan(row: DayPlan) -> dict[str, Any]:
    return {
        "course": row.course.slug,
        "day": row.day,
        "due": row.due_count,
        "new": row.new_count,
        "postponed": row.postponed_count,
        "seconds": row.seconds,
        "planned_at": row.planned_at,
    }


def person(user: User, day: Today) -> dict[str, Any]:
    return {
        "id": user.pk,
        "email": user.email,
        "name": user.display_name,
        "language": user.language,
        "time_zone": user.time_zone,
        "rollover_hour": user.rollover_hour,
        "minutes_per_day": user.minutes_per_day,
        "new_per_day": user.new_per_day,
        "reviews_per_day": user.reviews_per_day,
        "reminder_hour": user.reminder_hour,
        "today": {
            "due": day.due,
            "new": day.new,
            "done": day.done,
            "seconds": day.seconds,
            "next_at": day.next_at,
        },
    }


def token(row: PersonalToken) -> dict[str, Any]:
    """A token without its key, which is shown only where it is made."""
    return {
        "id": row.pk,
        "name": row.name,
        "scopes": row.scopes,
        "created_at": row.created_at,
        "last_used_at": row.last_used_at,
        "expires_at": row.expires_at,
        "revoked_at": row.revoked_at,
    }
