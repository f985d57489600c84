"""The questions of a course, and the form in which one is written, checked and saved."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.assessment.domain.types import type_names
from courses.assessment.errors import QuestionInvalid
from courses.assessment.models import Question
from courses.assessment.services.editing import EditConflict, Seen, edit_question
from courses.assessment.services.questions import SavedQuestion
from courses.common.clock import now
from courses.common.errors import NotFound
from courses.enrollment import selectors
from courses.enrollment.models import Course
from courses.web.answers import posted_number
from courses.web.forms.questions import QuestionForm, SilenceFormSet, Silences
from courses.web.people import signed_in
from courses.web.question_checking import Checked, check_form
from courses.web.question_editing import Editing, editing_of, editing_of_new
from courses.web.question_history import changed_since, history
from courses.web.question_list import as_query, filter_of, question_list, type_label
from courses.web.question_preview import preview
from courses.web.question_saving import saved_content
from courses.web.question_telling import tell_saved

_ROWS = 60
_DEFAULT_TYPE = "single_choice"
Bound = tuple[QuestionForm, Silences]


@login_required
@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the questions, narrowed to what is asked for."""
    course = _course(request, slug)
    chosen = filter_of(request.GET)
    listed = question_list(course, chosen)
    context = {
        "course": course,
        "listed": listed,
        "chosen": chosen,
        "rows": Paginator(listed.rows, _ROWS).get_page(request.GET.get("page")),
        "query": urlencode(as_query(chosen)),
        "statuses": Question.Status.choices,
    }
    return render(request, "web/teaching/questions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a new question of a type; a POST checks or saves it."""
    course = _course(request, slug)
    type_name = request.POST.get("type") or request.GET.get("type") or _DEFAULT_TYPE
    if type_name not in type_names():
        raise NotFound
    editing = editing_of_new(course, type_name, request.GET.get("lesson", "")[:100])
    return _editor(request, editing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, question_slug: str) -> HttpResponse:
    """Show the form of a question, with its versions; a POST checks or saves it."""
    course = _course(request, slug)
    return _editor(request, editing_of(course, question_slug))


@login_required
@require_POST
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is wrong with what is being typed, as HTML in JSON; nothing is saved."""
    course = _course(request, slug)
    name = request.POST.get("question", "")
    editing = editing_of(course, name) if name else None
    if editing is None:
        type_name = request.POST.get("type", "")
        editing = editing_of_new(course, type_name if type_name in type_names() else _DEFAULT_TYPE)
    form, silences, checked = _checked(request, editing)
    context = _told(editing, (form, silences), checked)
    return JsonResponse(
        {
            part: render_to_string(f"web/teaching/_{part}.html", context, request).strip()
            for part in ("findings", "preview", "concluded")
        }
    )


def _course(request: HttpRequest, slug: str) -> Course:
    """Return the course. Raises NotFound, and PermissionRefused for who may not edit it."""
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "course.edit", course)
    return course


def _editor(request: HttpRequest, editing: Editing) -> HttpResponse:
    if request.method != "POST":
        form = QuestionForm(
            initial=editing.initial, course=editing.course, is_new=editing.question is None
        )
        silences = SilenceFormSet(initial=editing.silences, prefix="silenced")
        return _page(request, editing, (form, silences))
    form, silences, checked = _checked(request, editing)
    if checked.draft is None or request.POST.get("do") == "check":
        return _page(request, editing, (form, silences), checked)
    try:
        saved = _save(request, editing, form, checked)
    except QuestionInvalid as invalid:
        form.add_error(None, str(invalid.message))
        return _page(request, editing, (form, silences), checked)
    except EditConflict as conflict:
        return _conflict(request, editing, (form, silences), checked, conflict)
    tell_saved(request, editing.course, saved)
    return redirect("web:question", editing.course.slug, saved.question.slug)


def _checked(request: HttpRequest, editing: Editing) -> tuple[QuestionForm, Silences, Checked]:
    """Return what was posted as forms, with every mistake at its field."""
    form = QuestionForm(
        request.POST,
        initial=editing.initial,
        course=editing.course,
        is_new=editing.question is None,
    )
    silences = SilenceFormSet(request.POST, initial=editing.silences, prefix="silenced")
    return form, silences, check_form(editing, form, silences)


def _save(
    request: HttpRequest, editing: Editing, form: QuestionForm, checked: Checked
) -> SavedQuestion:
    seen = Seen(posted_number(request.POST, "version"), request.POST.get("place", ""))
    return edit_question(
        seen=seen,
        author=signed_in(request),
        change=form.cleaned_data.get("change") or None,
        now=now(),
        **saved_content(editing, form, checked),
    )


def _conflict(
    request: HttpRequest, editing: Editing, bound: Bound, checked: Checked, conflict: EditConflict
) -> HttpResponse:
    """Show the form with all that was typed, and what changed meanwhile: a next save replaces."""
    form, _silences = bound
    if editing.question is None:
        form.add_error("slug", _("There is a question of this name already; choose another."))
        return _page(request, editing, bound, checked)
    meanwhile = {
        "sentence": conflict.message,
        "version": editing.question.current,
        "diff": changed_since(editing.question, posted_number(request.POST, "version")),
    }
    return _page(request, editing, bound, checked, meanwhile=meanwhile, status=conflict.status)


def _page(
    request: HttpRequest,
    editing: Editing,
    bound: Bound,
    checked: Checked | None = None,
    *,
    meanwhile: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form. One that comes back keeps what it had seen, until its author is told more."""
    question = editing.question
    comes_back = checked is not None and meanwhile is None
    context = _told(editing, bound, checked or _as_saved(editing, *bound)) | {
        "type_name": editing.type_name,
        "comes_back": checked is not None,
        "meanwhile": meanwhile,
        "statements": editing.statements,
        "seen": posted_number(request.POST, "version") if comes_back else editing.number,
        "place": request.POST.get("place", "") if comes_back else editing.place,
        "versions": history(question) if question else [],
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(request, "web/teaching/question.html", context, status=status)


def _as_saved(editing: Editing, form: QuestionForm, _silences: Any) -> Checked:
    """Return what is said of a question as it is saved: as if it had just been typed."""
    if editing.question is None:
        return Checked()
    data = editing.as_posted(form)
    typed = QuestionForm(data, course=editing.course, is_new=False)
    rows = SilenceFormSet(data, prefix="silenced")
    return check_form(editing, typed, rows)


def _told(editing: Editing, bound: Bound, checked: Checked) -> dict[str, Any]:
    """Return what the page, and the answer to a check, say of a form."""
    form, silences = bound
    told: dict[str, Any] = {
        "course": editing.course,
        "question": editing.question,
        "type_label": type_label(editing.type_name),
        "form": form,
        "silences": silences,
        "check": checked,
    }
    if checked.draft is not None:
        told["sample"] = preview(
            editing.course, checked.draft, [claim.pk for claim in checked.claims]
        )
    return told
