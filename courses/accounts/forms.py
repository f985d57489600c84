"""Forms about the person."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as theirs
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.accounts.names import tidy_name


class FirstErrorFocused(forms.BaseForm):
    """Leads to the first field that is wrong, without a script."""

    def full_clean(self) -> None:
        super().full_clean()
        wrong = [name for name in self.fields if name in self.errors]
        for name, field in self.fields.items() if wrong else ():
            field.widget.attrs["autofocus"] = name == wrong[0]


class InOurWords(FirstErrorFocused, forms.Form):
    """Labels that say what is asked for, and the rules of passwords told once.

    Placeholders go: they vanish when one starts to type.
    """

    words = {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "remember": _("Stay signed in"),
        "oldpassword": _("Present password"),
    }
    new_password = _("New password")
    again = _("New password, once more")
    rules = _("At least 8 characters, and nothing that is easy to guess.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"password1": self.new_password, "password2": self.again, **self.words}
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = said.get(name, field.label)
            if name == "password1":
                field.help_text = self.rules

    def full_clean(self) -> None:
        super().full_clean()
        if "password1" in self.errors:
            # What is wrong with it repeats the rules that matter.
            self["password1"].help_text = ""


class LoginForm(InOurWords, theirs.LoginForm):
    """An e-mail address, a password and how long to stay."""


class AddEmailForm(InOurWords, theirs.AddEmailForm):
    """One more address."""


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):
    """The present password and a new one, twice."""


class SetPasswordForm(InOurWords, theirs.SetPasswordForm):
    """A first password, twice."""


class ResetPasswordForm(InOurWords, theirs.ResetPasswordForm):
    """The address to which the link goes."""


class ResetPasswordKeyForm(InOurWords, theirs.ResetPasswordKeyForm):
    """A new password, twice, for who came by the link."""


class ReauthenticateForm(InOurWords, theirs.ReauthenticateForm):
    """The password once more."""

    words = {"password": _("Your password")}


class DeleteAccountForm(ReauthenticateForm):
    """The password once more, for who has one, and a tick: this cannot be undone."""

    sure = forms.BooleanField(
        label=_("Yes, delete my account. I know that this cannot be undone."),
        error_messages={"required": _("Tick this if you mean it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.user.has_usable_password():
            del self.fields["password"]


class SignupForm(InOurWords, theirs.SignupForm):
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
    new_password = _("Password")
    field_order = ["display_name", "email", "password1", "time_zone"]

    class Media:
        js = [forms.Script("accounts/time-zone.js", type="module")]

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
