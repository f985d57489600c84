"""A person's own settings, their jobs, an end to reminders."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.accounts.models import User
from courses.accounts.services import PreferencesInvalid, save_preferences
from courses.common.clock import now
from courses.common.models import Job
from courses.flashcards.services import learner_of_stop_token
from courses.flashcards.services import stop_reminders as stop_reminders_of
from courses.web.forms.preferences import PreferencesForm
from courses.web.people import signed_in

_JOBS_SHOWN = 50


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    # A copy: what is refused must not show in the page's own head.
    form = PreferencesForm(
        request.POST or None, instance=User.objects.get(pk=signed_in(request).pk)
    )
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        with override(signed_in(request).language):
            messages.success(request, _("Your preferences are saved."))
        return redirect("web:preferences")
    return render(request, "web/preferences.html", {"form": form, "place": "account"})


def _saved(request: HttpRequest, form: PreferencesForm) -> bool:
    try:
        save_preferences(signed_in(request), now=now(), **form.cleaned_data)
    except PreferencesInvalid as error:
        form.add_error(None, ValidationError(cast(dict[str, Any], error.details["errors"])))
        return False
    return True


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    own = Job.objects.filter(requested_by=request.user.pk).order_by("-created_at", "-id")
    context = {"jobs": own[:_JOBS_SHOWN], "place": "account"}
    return render(request, "web/jobs.html", context)


@csrf_exempt  # mail programs post here by List-Unsubscribe-Post; the signed token is the proof
@require_http_methods(["GET", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, or end the reminders of the person whom the token names."""
    stopped = request.method == "POST"
    if stopped:
        stop_reminders_of(token=token, now=now())
    else:
        learner_of_stop_token(token)  # a link that stops nothing must not look as if it did
    return render(request, "web/stop_reminders.html", {"stopped": stopped})
