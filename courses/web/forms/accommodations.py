"""What one learner is granted: more time, other dates, further attempts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.accounts.forms import FirstErrorFocused
from courses.assessment.services import Granted
from courses.assessment.services.accommodations import LARGEST_FACTOR, MOST_EXTRA
from courses.web.forms.quizzes import MomentField

HERE, EVERYWHERE = "quiz", "course"


class GrantForm(FirstErrorFocused, forms.Form):
    """Replaces what was granted before in the same place."""

    scope = forms.ChoiceField(
        label=_("Where it holds"),
        choices=[
            (HERE, _("In this quiz")),
            (EVERYWHERE, _("In all quizzes of the course")),
        ],
        widget=forms.RadioSelect,
    )
    time_factor = forms.FloatField(
        label=_("How many times as long"),
        required=False,
        min_value=1,
        max_value=LARGEST_FACTOR,
        help_text=_("1.5 is half as long again."),
    )
    extra_attempts = forms.IntegerField(
        label=_("Further attempts"), required=False, min_value=0, max_value=MOST_EXTRA
    )
    opens_at = MomentField(label=_("Opens"), help_text=_("Instead of the quiz’s own moment."))
    closes_at = MomentField(label=_("Closes"), help_text=_("Instead of the quiz’s own moment."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_factor"].widget.attrs["step"] = "any"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("A quiz closes after it opens."))
        if not self.errors and not any(data.get(name) for name in _GRANTS):
            raise forms.ValidationError(_("Grant at least one thing, or leave it."))
        return data

    def granted(self) -> Granted:
        """Return what a form without mistakes grants."""
        return Granted(**{name: self.cleaned_data[name] or None for name in _GRANTS})


_GRANTS = ("time_factor", "opens_at", "closes_at", "extra_attempts")
