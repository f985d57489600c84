"""What a form without mistakes saves."""

from typing import Any

from django.db.models import Max

from courses.assessment.domain.authoring import silences_as_stored
from courses.assessment.models import Question
from courses.content.models import Lesson, Topic
from courses.enrollment.models import Course
from courses.web.forms.questions import QuestionForm
from courses.web.question_checking import Checked
from courses.web.question_editing import Editing


def saved_content(editing: Editing, form: QuestionForm, checked: Checked) -> dict[str, Any]:
    """Return a form without mistakes as `save_question` takes it."""
    draft = checked.draft
    assert draft is not None, "a form with mistakes is not saved"
    course = editing.course
    lesson = Lesson.objects.filter(course=course, slug=form.cleaned_data["lesson"]).first()
    topic = Topic.objects.filter(course=course, slug=form.cleaned_data["topic"]).first()
    return {
        "course": course,
        "slug": draft.slug,
        "type_name": draft.type,
        "stem": draft.stem,
        "payload": draft.payload,
        "explanation": draft.explanation,
        "tags": draft.tags,
        "hints": draft.hints,
        "silenced": silences_as_stored(draft),
        "claims": checked.claims,
        "lesson": lesson,
        "topic": topic,
        "position": _position(course, draft.slug, lesson),
        "status": form.cleaned_data["status"],
    }


def _position(course: Course, slug: str, lesson: Lesson | None) -> int:
    """Return where the question stands: where it stood, or last in the lesson it comes to."""
    found = Question.objects.filter(course=course, slug=slug).first()
    if found is not None and found.lesson_id == (lesson.pk if lesson else None):
        return found.position
    beside = Question.objects.filter(course=course, lesson=lesson).exclude(slug=slug)
    last = beside.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
