"""The form in which a quiz is set up: its rules, and what it asks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.assessment.domain.quiz_settings import QuizSettings
from courses.assessment.domain.review_options import PHASES, TOLD
from courses.assessment.errors import QuestionInvalid
from courses.assessment.models import Quiz
from courses.assessment.selectors import lint_quiz
from courses.assessment.services import SavedQuiz, save_quiz
from courses.common.clock import now
from courses.enrollment import selectors
from courses.enrollment.models import Course
from courses.web.forms.fields import first_error
from courses.web.forms.quizzes import QuizForm, SlotFormSet, Slots, review_name
from courses.web.people import signed_in
from courses.web.quiz_editing import (
    Setup,
    digest_of,
    initial_of,
    initial_of_new,
    place_problems,
    position_of,
    quiz_of,
    rows_of,
    saved_settings,
    settings_of,
    setup_of,
    slots_of,
    warnings_of,
)
from courses.web.quiz_words import PHASE_WORDS, TOLD_WORDS, linted_questions

Bound = tuple[QuizForm, Slots]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a new quiz; a POST saves it."""
    return _editor(request, _course(request, slug), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, quiz_slug: str) -> HttpResponse:
    """Show the form of a quiz, with what the linter finds in it; a POST saves it."""
    course = _course(request, slug)
    return _editor(request, course, quiz_of(course, quiz_slug))


def _course(request: HttpRequest, slug: str) -> Course:
    """Return the course. Raises NotFound, and PermissionRefused for who may not edit it."""
    course = selectors.course_for(request.user, slug)
    selectors.require(request.user, "course.edit", course)
    return course


def _editor(request: HttpRequest, course: Course, quiz: Quiz | None) -> HttpResponse:
    rows = rows_of(quiz) if quiz else []
    setup = setup_of(course, quiz, rows)
    initial = initial_of(quiz) if quiz else initial_of_new(request.GET.get("lesson", ""))
    posted = request.POST if request.method == "POST" else None
    form = QuizForm(
        posted, initial=initial, lessons=setup.lessons, language=course.language, is_new=not quiz
    )
    slots = SlotFormSet(posted, initial=rows, prefix="slots", form_kwargs=setup.rows())
    digest = digest_of(quiz, rows)
    if posted is None:
        rules = saved_settings(quiz) if quiz else None
        return _page(request, setup, quiz, (form, slots), digest=digest, rules=rules)
    # Both are looked at, so that every mistake is told at once.
    sound = all([form.is_valid(), slots.is_valid()])
    rules = settings_of(form, quiz)
    if not sound or form.errors:
        return _page(request, setup, quiz, (form, slots), rules=rules)
    return _saved(request, setup, quiz, (form, slots), rules, digest)


def _saved(
    request: HttpRequest,
    setup: Setup,
    quiz: Quiz | None,
    bound: Bound,
    rules: QuizSettings,
    digest: str,
) -> HttpResponse:
    """Save the quiz, unless another tab or somebody else did since the form was shown."""
    form, _rows = bound
    stale = request.POST.get("seen", "") != digest
    try:
        with transaction.atomic():
            saved = _save(setup, quiz, bound, rules)
            taken = quiz is None and not saved.created
            if saved.changed and (taken or stale):
                transaction.set_rollback(True)
    except QuestionInvalid as invalid:
        _place(bound, setup, invalid)
        return _page(request, setup, quiz, bound, rules=rules)
    if saved.changed and taken:
        form.add_error("slug", _("There is a quiz of this name already; choose another."))
        return _page(request, setup, quiz, bound, rules=rules)
    if saved.changed and stale:
        return _page(request, setup, quiz, bound, digest=digest, rules=rules, stale=True)
    if saved.created:
        messages.success(request, _("The quiz is saved."))
    elif saved.changed:
        messages.success(request, _("Saved. Attempts that are under way keep their questions."))
    else:
        messages.info(request, _("Nothing was changed, so there is nothing to save."))
    return redirect("web:quiz-edit", setup.course.slug, saved.quiz.slug)


def _save(setup: Setup, quiz: Quiz | None, bound: Bound, rules: QuizSettings) -> SavedQuiz:
    form, rows = bound
    data = form.cleaned_data
    slug = quiz.slug if quiz else data["slug"]
    there = quiz or Quiz.objects.filter(course=setup.course, slug=slug).first()
    lessons = setup.course.lessons.filter(slug=data["lesson"])
    return save_quiz(
        course=setup.course,
        slug=slug,
        title=data["title"],
        questions=slots_of(rows, setup)[0],
        settings=rules,
        lesson=lessons.first() if data["lesson"] else None,
        position=position_of(setup.course, there),
        status=data["status"],
        now=now(),
    )


def _place(bound: Bound, setup: Setup, invalid: QuestionInvalid) -> None:
    """Make the problems of a refused save errors of their fields and rows."""
    form, rows = bound
    _slots, kept = slots_of(rows, setup)
    elsewhere = []
    for problem in invalid.problems:
        head, _bracket, rest = problem.path.partition("[")
        if head != "questions" or not rest:
            elsewhere.append(problem)
            continue
        row = kept[int(rest.partition("]")[0])]
        name = problem.path.rpartition(".")[2]
        row.add_error(name if name in row.fields else None, _(problem.message.template)
                      % dict(problem.message.params))  # fmt: skip
    place_problems(form, elsewhere)


def _page(
    request: HttpRequest,
    setup: Setup,
    quiz: Quiz | None,
    bound: Bound,
    *,
    digest: str = "",
    rules: QuizSettings | None = None,
    stale: bool = False,
) -> HttpResponse:
    form, rows = bound
    first_error(form, *rows.forms)
    grid = [
        (PHASE_WORDS[phase], [(TOLD_WORDS[told], form[review_name(phase, told)]) for told in TOLD])
        for phase in PHASES
    ]
    context: dict[str, Any] = {
        "course": setup.course,
        "quiz": quiz,
        "form": form,
        "rows": rows,
        "stems": {slug: one.current.stem for slug, one in setup.questions.items() if one.current},
        "archived": [s for s, one in setup.questions.items() if one.status == "archived"],
        "grid": grid,
        "told": [TOLD_WORDS[told] for told in TOLD],
        "zone": signed_in(request).time_zone,
        "seen": digest or request.POST.get("seen", ""),
        "stale": stale,
        "warnings": warnings_of(rules, quiz) if rules else [],
        "linted": linted_questions(setup.questions, lint_quiz(quiz)) if quiz else [],
        "attempts": quiz.attempts.filter(preview=False).count() if quiz else 0,
        "has_errors": bool(form.errors) or any(rows.errors) or bool(rows.non_form_errors()),
    }
    return render(request, "web/teaching/quiz.html", context, status=409 if stale else 200)
