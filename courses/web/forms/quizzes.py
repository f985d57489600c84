"""A quiz as its teacher sets it up: its rules, and rows of questions and pools."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.accounts.forms import FirstErrorFocused
from courses.assessment.domain.authoring import LONGEST_SLUG
from courses.assessment.domain.quiz_settings import LONGEST_PASSWORD
from courses.assessment.domain.review_options import PHASES, TOLD
from courses.assessment.models import Quiz
from courses.assessment.services.quizzes import MOST_POINTS, MOST_QUESTIONS
from courses.web.forms.fields import PerCent, Prose, choose_from

TAKEN_SLUGS = frozenset({"new"})
QUESTION, POOL = "question", "pool"


class MomentField(forms.DateTimeField):
    """A date and a time of day in the zone of whoever is signed in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        self.error_messages["invalid"] = _("Choose a day and a time.")


class QuizForm(FirstErrorFocused, forms.Form):
    """The rules of a quiz, called as in a course file (`quiz_settings.FILE_KEYS`)."""

    slug = Prose(
        label=_("Name in addresses"),
        longest=LONGEST_SLUG,
        help_text=_("Small letters a-z, digits and hyphens. It stays for good."),
    )
    title = Prose(label=_("Title"), longest=200)
    lesson = forms.ChoiceField(label=_("Lesson"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Quiz.Status.choices)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Quiz.Kind.PRACTICE.value, _("Practice: tells everything after each answer")),
            (Quiz.Kind.GRADED.value, _("Graded: tells what is ticked below, when it is due")),
        ],
        widget=forms.RadioSelect,
    )
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"))
    time_limit_minutes = forms.FloatField(
        label=_("Time limit in minutes"),
        required=False,
        help_text=_("From the moment at which somebody begins."),
    )
    attempts = forms.IntegerField(
        label=_("Attempts"), required=False, help_text=_("Empty: any number.")
    )
    grading = forms.ChoiceField(label=_("Which attempt counts"), choices=Quiz.Grading.choices)
    pass_mark = PerCent(label=_("Pass mark in per cent"))
    navigation = forms.ChoiceField(label=_("Order of answering"), choices=Quiz.Navigation.choices)
    shuffle = forms.BooleanField(label=_("Ask the questions in a random order"), required=False)
    password = Prose(
        label=_("Password"),
        longest=LONGEST_PASSWORD,
        required=False,
        help_text=_("Typed by everybody who begins; read it out in class."),
    )
    hint_cost = PerCent(
        label=_("Cost of a hint in per cent"),
        help_text=_("Of what the question is worth, for each hint taken. Empty: no hints."),
    )
    second_try_cost = PerCent(
        label=_("Cost of a second try in per cent"),
        help_text=_("Of what the question is worth. Empty: no second try."),
    )
    confidence = forms.BooleanField(
        label=_("Ask how sure one is"),
        required=False,
        help_text=_("A sure answer earns more if it is right, and costs if it is wrong."),
    )

    def __init__(
        self, *args: Any, lessons: list[tuple[str, Any]], language: str, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for phase in PHASES:
            for told in TOLD:
                self.fields[review_name(phase, told)] = forms.BooleanField(required=False)
        if not is_new:
            del self.fields["slug"]
        choose_from(self.fields["lesson"], language, lessons)
        self.fields["title"].widget.attrs["lang"] = language
        self.fields["password"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        for name in ("time_limit_minutes", "attempts"):
            self.fields[name].widget.attrs |= {"min": "1"}

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in TAKEN_SLUGS:
            raise forms.ValidationError(_("The site needs this name itself; choose another."))
        return slug

    def told(self) -> dict[str, list[str]]:
        """Return what is ticked to be told, by the phase in which it is."""
        return {
            phase: [told for told in TOLD if self.cleaned_data.get(review_name(phase, told))]
            for phase in PHASES
        }


def review_name(phase: str, told: str) -> str:
    """Return the name of the checkbox for telling a thing in a phase."""
    return f"review-{phase}-{told}"


class SlotForm(forms.Form):
    """A row: a question, or how many to draw from which pool; and what each weighs."""

    what = forms.ChoiceField(
        choices=[(QUESTION, ""), (POOL, "")], widget=forms.HiddenInput, initial=QUESTION
    )
    question = forms.ChoiceField(label=_("Question"), required=False)
    draw = forms.IntegerField(
        label=_("Draw"), required=False, min_value=1, max_value=MOST_QUESTIONS
    )
    pool = forms.ChoiceField(label=_("From"), required=False)
    points = forms.FloatField(label=_("Points"), initial=1)

    def __init__(
        self, *args: Any, questions: list[Any], pools: list[Any], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self.fields["question"], language, questions)
        choose_from(self.fields["pool"], language, pools, own_groups=True)
        self.fields["points"].widget.attrs |= {"min": "0", "max": str(MOST_POINTS), "step": "any"}

    def has_changed(self) -> bool:
        """A spare row is filled in once a question or a pool is chosen in it."""
        names = {"question", "pool", "draw"}
        return bool(names.intersection(self.changed_data))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == POOL:
            if not data.get("pool") and "pool" not in self.errors:
                self.add_error("pool", _("Say what to draw from: a tag, a lesson or a topic."))
            if not data.get("draw") and "draw" not in self.errors:
                self.add_error("draw", _("Write how many to draw."))
        elif not data.get("question") and "question" not in self.errors:
            self.add_error("question", _("Choose a question, or remove the row."))
        return data


class _SlotFormSet(forms.BaseFormSet):
    """Rows with an order; the spare ones at the end are two questions and a pool."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if index is not None and not self.is_bound and index == self.total_form_count() - 1:
            kwargs["initial"] = {"what": POOL}
        return kwargs

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Remove")


SlotFormSet = forms.formset_factory(
    SlotForm,
    formset=_SlotFormSet,
    extra=3,
    can_order=True,
    can_delete=True,
    max_num=MOST_QUESTIONS + 3,
    absolute_max=MOST_QUESTIONS * 2,
)
if TYPE_CHECKING:
    Slots: TypeAlias = forms.BaseFormSet[SlotForm]
else:
    Slots = forms.BaseFormSet
