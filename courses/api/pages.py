"""The page on which people make, see and revoke their personal tokens."""

from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.accounts.forms import FirstErrorFocused
from courses.accounts.models import User
from courses.api.models import PersonalToken, Scope
from courses.api.tokens import LONGEST_DAYS, create_token, revoke_token
from courses.common import clock
from courses.common.errors import DomainError, NotFound


class TokenForm(FirstErrorFocused, forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("What it is for, so that you know it again."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until it ends"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=90,
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the person's tokens; make one and show its key, in this answer only."""
    assert isinstance(request.user, User)
    now = clock.now()
    form = TokenForm(request.POST or None)
    key = None
    if request.method == "POST" and form.is_valid():
        key = _make(request.user, form, now)
        if key:
            form = TokenForm()
    in_force = PersonalToken.objects.valid_at(now).filter(user=request.user)
    listed = in_force.order_by("-created_at", "-id")
    context = {"form": form, "key": key, "tokens": listed, "place": "account"}
    return render(request, "api/tokens.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Revoke one of the person's tokens."""
    assert isinstance(request.user, User)
    try:
        revoke_token(user=request.user, token_id=token_id, now=clock.now())
    except NotFound:
        messages.error(request, _("There is no such token."))
    else:
        messages.success(request, _("The token was revoked. Nothing can use it any more."))
    return redirect("api:tokens")


def _make(user: User, form: TokenForm, now: datetime) -> str | None:
    wanted = form.cleaned_data
    try:
        _token, key = create_token(
            user=user,
            name=wanted["name"],
            scopes=wanted["scopes"],
            expires_at=now + timedelta(days=wanted["days"]),
            now=now,
        )
    except DomainError as error:
        form.add_error(None, str(error.message))
        return None
    return key
