"""How a person wants to study."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.accounts.forms import FirstErrorFocused
from courses.accounts.models import User

# Generic for the type checker only: Django's own class takes no parameter.
if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm


@cache
def _places() -> tuple[str, ...]:
    """Return the zones that tzdata's `zone.tab` lists by country: places, and no old names."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    known = available_timezones()
    return tuple(sorted(row[2] for row in rows if len(row) > 2 and row[2] in known))


def _zone_choices(current: str) -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
    """Return the IANA zones by continent, and `current` even if it is none of those."""
    by_region: dict[str, list[tuple[str, str]]] = {}
    for name in _places():
        region, _separator, place = name.partition("/")
        by_region.setdefault(region, []).append((name, place.replace("_", " ")))
    plain = ["UTC"]
    if current not in plain and not any(
        current == name for zones in by_region.values() for name, _place in zones
    ):
        plain.append(current)
    return [*((name, name) for name in plain), *by_region.items()]


def _hours() -> list[tuple[int, str]]:
    return [(hour, f"{hour:02d}:00") for hour in range(24)]


class PreferencesForm(FirstErrorFocused, UserForm):
    """Edits what a person may choose about their own study."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Where you study: it decides when your day begins.")
    )
    rollover_hour = forms.TypedChoiceField(
        label=_("A day begins at"),
        coerce=int,
        help_text=_("A review after midnight still belongs to the evening before."),
    )
    language = forms.ChoiceField(label=_("Language of the pages"))
    reminder_hour = forms.TypedChoiceField(
        label=_("Reminder by e-mail"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Sent only on days on which something is due."),
    )

    class Meta:
        model = User
        fields = (
            "display_name",
            "language",
            "time_zone",
            "rollover_hour",
            "minutes_per_day",
            "new_per_day",
            "reviews_per_day",
            "reminder_hour",
        )
        labels = {
            "display_name": _("Name"),
            "minutes_per_day": _("Minutes a day"),
            "new_per_day": _("New cards a day"),
            "reviews_per_day": _("Reviews a day, at most"),
        }
        help_texts = {
            "display_name": _("As your teachers see it."),
            "minutes_per_day": _("What you would like to spend; the plan keeps to it."),
        }
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as ModelForm takes them
        self.fields["time_zone"].choices = _zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["time_zone"].widget.attrs["lang"] = "en"  # zones are named in English
        self.fields["rollover_hour"].choices = _hours()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["language"].choices = list(settings.LANGUAGES)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["reminder_hour"].choices = [("", _("None")), *_hours()]  # type: ignore[attr-defined]  # a ChoiceField
