"""A person's own settings, their jobs, an end to reminders, an end to it all."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.accounts.forms import DeleteAccountForm
from courses.accounts.models import User
from courses.accounts.services import PreferencesInvalid, save_preferences
from courses.common.clock import now
from courses.common.models import Job
from courses.enrollment.domain import roles
from courses.enrollment.selectors import owned_alone
from courses.enrollment.services import close_account
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
@require_http_methods(["GET", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask for the password, and erase the person."""
    person = User.objects.get(pk=signed_in(request).pk)
    posted = request.method == "POST"
    form = DeleteAccountForm(request.POST if posted else None, user=person)
    if posted:
        if refusal := consume_or_429(request, action="reauthenticate", user=person):
            return refusal
        if form.is_valid():
            return _farewell(request, person)
    context = {
        "form": form,
        "place": "leaving",
        "cards": person.cards.count(),
        "attempts": person.attempts.count(),
        "teaches": person.enrollments.filter(role__in=roles.AUTHORS, ended_at=None).exists(),
        "alone": owned_alone(person),
    }
    return render(request, "web/delete_account.html", context)


def _farewell(request: HttpRequest, person: User) -> HttpResponse:
    """Erase the person, end the session, and send the last mail."""
    name, email, language = person.display_name, person.email, person.language
    close_account(person, now=now())
    logout(request)
    messages.success(request, _("Your account is deleted, with all that was yours."))
    if email:
        gone = User(display_name=name, email=email, language=language)
        sign_up = request.build_absolute_uri(reverse("account_signup"))
        get_adapter().send_mail(
            "account/email/account_deleted", email, {"user": gone, "signup_url": sign_up}
        )
    return redirect("web:start")


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
