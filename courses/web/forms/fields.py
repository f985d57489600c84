"""Fields that several forms for teachers share."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Prose(forms.CharField):
    """Text with plain line ends. What is too long is refused with a sentence, and never cut.

    The browser's own limit would cut a paste in silence, so the field does not tell it.
    """

    def __init__(self, *, longest: int, rows: int = 0, lang: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        if rows:
            self.widget = forms.Textarea(attrs={"rows": rows})
        self.widget.is_required = self.required

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.longest:
            said = _("This has %(length)s characters; shorten it to %(longest)s.")
            counted = {"length": len(value), "longest": self.longest}
            raise forms.ValidationError(said, code="too_long", params=counted)


class PerCent(forms.DecimalField):
    """A share in [0, 1], typed and shown in per cent; exact both ways."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, required=False, **kwargs)
        self.widget.attrs["step"] = "any"

    def prepare_value(self, value: Any) -> Any:
        return as_per_cent(value) if isinstance(value, float) else value

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else float(number / 100)


class CourseSelect(forms.Select):
    """Things of a course to choose from, in its language; "None" is ours.

    With `own_groups` the headings of its groups are in our language.
    """

    template_name = "web/teaching/select.html"

    def __init__(self, language: str, *, own_groups: bool = False) -> None:
        super().__init__()
        self.language = language
        self.own_groups = own_groups

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["group_language"] = "" if self.own_groups else self.language
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = self.language
        return option


def choose_from(
    field: forms.Field, language: str, choices: Iterable[Any], *, own_groups: bool = False
) -> None:
    """Let a field of choices choose from things of a course."""
    field.widget = CourseSelect(language, own_groups=own_groups)
    field.widget.is_required = field.required
    field.choices = list(choices)  # type: ignore[attr-defined]  # a ChoiceField


def as_per_cent(share: float) -> str:
    """Return a share in per cent, in figures: 0.25 as 25."""
    return f"{(Decimal(repr(share)) * 100).normalize():f}"


def first_error(*forms_in_order: forms.BaseForm) -> None:
    """Lead to the first field that is wrong; errors that were added late do not by themselves."""
    led = False
    for form in forms_in_order:
        for name in form.fields:
            wrong = not led and name in form.errors
            form.fields[name].widget.attrs["autofocus"] = wrong
            led = led or wrong


def split_words(text: str, separators: str) -> Iterator[str]:
    """Yield what stands between separators, without white space around it, nothing empty."""
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    yield from filter(None, (word.strip() for word in text.split(separators[0])))
