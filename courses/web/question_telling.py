"""What is said at the head of the next page when a question was saved."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from courses.assessment.models import Question, QuestionVersion, Response
from courses.assessment.services.questions import SavedQuestion
from courses.enrollment import selectors
from courses.enrollment.models import Course
from courses.web.templatetags.web import gap


def tell_saved(request: HttpRequest, course: Course, saved: SavedQuestion) -> None:
    """Say what a save came to, and where to see what it means for answers that were given."""
    number = {"number": saved.version.number}
    if saved.change == "created":
        messages.success(request, _("The question is saved."))
    elif saved.change == QuestionVersion.Change.COSMETIC:
        messages.success(request, _("Saved as version %(number)d: wording only.") % number)
    elif saved.change is not None:
        messages.success(request, _("Saved as version %(number)d: the answer changed.") % number)
        _offer_regrade(request, course, saved.question)
    elif saved.moved:
        messages.success(request, _("Saved. What is asked stays as it was."))
    else:
        messages.info(request, _("Nothing was changed, so there is nothing to save."))


def _offer_regrade(request: HttpRequest, course: Course, question: Question) -> None:
    may = selectors.may(request.user, "grades.change", course)
    if may and Response.objects.filter(question=question).exists():
        words = _("It was answered before.")
        onward = _("See what a regrade would change")
        link = regrade_link(course, question)
        told = format_html('{}{}<a href="{}">{}</a>', words, gap(), link, onward)
        messages.info(request, told)


def regrade_link(course: Course, question: Question) -> str:
    """Return the address of the page on which a regrade of the question begins."""
    return f"{reverse('web:regrade-new', args=[course.slug])}?question={question.pk}"
