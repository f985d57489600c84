"""Forms about the person."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.accounts.names import tidy_name


class SignupForm(BaseSignupForm):
    """Asks for a name, an e-mail address and a password.

    The time zone is the browser's: a script fills it in, and without one it is the site's.
    """

    display_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("Shown to your teachers. It need not be your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.CharField(
        required=False,
        max_length=64,
        widget=forms.HiddenInput(attrs={"data-browser-time-zone": ""}),
    )
    field_order = ["display_name", "email", "password1", "time_zone"]

    class Media:
        js = [forms.Script("accounts/time-zone.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Labels say what is asked for; placeholders vanish when one starts to type.
            field.widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Save the person; one who is there after all gets the mail that says so.

        That is an address signed up twice at the same moment, or one written in another
        case that did not come in by any form of ours.
        """
        try:
            with transaction.atomic():
                saved: tuple[Any, Any] = super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved

    def clean_display_name(self) -> str:
        return tidy_name(self.cleaned_data["display_name"])

    def clean_time_zone(self) -> str:
        """Keep the browser's zone if we know it; a strange one must not stop a sign-up."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if zone in available_timezones() else str(settings.LEARNER_TIME_ZONE)
