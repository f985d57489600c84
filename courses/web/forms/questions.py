"""A question as an author types it: the parts that all types have, and the type's own as YAML."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.accounts.forms import FirstErrorFocused
from courses.assessment.domain.authoring import (
    LONGEST_EXPLANATION,
    LONGEST_HINT,
    LONGEST_REASON,
    LONGEST_SLUG,
    LONGEST_STEM,
    MOST_HINTS,
    QuestionDraft,
)
from courses.assessment.domain.linting import RULE_NAMES
from courses.assessment.domain.types import skeleton
from courses.assessment.models import Question, QuestionVersion
from courses.content.models import Lesson, Topic
from courses.enrollment.models import Course
from courses.exchange.domain.writing import write_mapping
from courses.web.forms.fields import Prose, choose_from, split_words
from courses.web.rule_words import rule_label

# Far more than the longest question that any type allows.
LONGEST_PAYLOAD = 50_000
# Addresses of pages: a question of such a name would have none.
TAKEN_SLUGS = frozenset({"new", "check"})
_SPARE_SILENCES = 1
# Characters in a line of the field: no more than it shows.
_WIDTH = 72


class QuestionForm(FirstErrorFocused, forms.Form):
    """What an author types. What it means is `question_checking`'s to find out."""

    slug = Prose(
        label=_("Name in addresses"),
        longest=LONGEST_SLUG,
        help_text=_("Small letters a-z, digits and hyphens. It stays for good."),
    )
    stem = Prose(label=_("Stem"), longest=LONGEST_STEM, rows=3)
    payload = Prose(
        label=_("Answers"),
        longest=LONGEST_PAYLOAD,
        rows=14,
        strip=False,
        help_text=_(
            "The part of this type, written as in a course file: keys, colons, and two spaces "
            "further in for each level. Remarks after # are not kept."
        ),
    )
    explanation = Prose(
        label=_("Explanation"),
        longest=LONGEST_EXPLANATION,
        rows=4,
        required=False,
        help_text=_("Why the answer is right, told after it. Cite claims by their keys: [JR-013]."),
    )
    hints = Prose(
        label=_("Hints"),
        longest=MOST_HINTS * (LONGEST_HINT + 2) * 2,
        rows=3,
        required=False,
        help_text=_("One a line, at most three, the vaguest first."),
    )
    claims = Prose(
        label=_("Claims"),
        longest=2000,
        required=False,
        help_text=_("The keys of what the answer rests on, with commas between them."),
    )
    tags = Prose(
        label=_("Tags"), longest=1200, required=False, help_text=_("With commas between them.")
    )
    lesson = forms.ChoiceField(label=_("Lesson"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Question.Status.choices)
    change = forms.ChoiceField(
        label=_("What changed"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("Conclude it from the difference")),
            (QuestionVersion.Change.COSMETIC.value, _("Wording only: answers keep their marks")),
            (QuestionVersion.Change.ANSWER.value, _("Changes the answer")),
        ],
    )

    def __init__(self, *args: Any, course: Course, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        if is_new:
            del self.fields["change"]
        else:
            del self.fields["slug"]
        for name in ("stem", "payload", "explanation", "hints", "tags"):
            self.fields[name].widget.attrs["lang"] = course.language
        for name in ("slug", "claims", "payload"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"spellcheck": "false", "autocapitalize": "off"}
        shown = [self.initial.get("lesson"), self.initial.get("topic")]
        choose_from(self.fields["lesson"], course.language, _lessons(course, shown[0]))
        choose_from(self.fields["topic"], course.language, _topics(course, shown[1]))

    def typed(self, name: str) -> str:
        """Return what stands in a field, whether or not it is right so."""
        value = self.cleaned_data.get(name)
        if value is None and name in self.fields:
            value = self.fields[name].to_python(self.data.get(self.add_prefix(name)))
        return str(value or "")

    @property
    def tag_list(self) -> list[str]:
        return list(split_words(self.typed("tags"), ",、"))

    @property
    def claim_keys(self) -> list[str]:
        return list(split_words(self.typed("claims"), ",、; \n\t"))

    @property
    def hint_list(self) -> list[str]:
        return list(split_words(self.typed("hints"), "\n"))

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in TAKEN_SLUGS:
            raise forms.ValidationError(_("The site needs this name itself; choose another."))
        return slug


class SilenceForm(forms.Form):
    """One rule of the linter whose finding is a false alarm here, and why."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    reason = Prose(label=_("Why it is a false alarm here"), longest=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [("", _("None")), *((name, rule_label(name)) for name in RULE_NAMES)]
        self.fields["rule"].choices = known  # type: ignore[attr-defined]  # a ChoiceField


SilenceFormSet = forms.formset_factory(
    SilenceForm, extra=_SPARE_SILENCES, max_num=len(RULE_NAMES), absolute_max=2 * len(RULE_NAMES)
)
# Generic for the type checker only: Django's own class takes no parameter.
if TYPE_CHECKING:
    Silences: TypeAlias = forms.BaseFormSet[SilenceForm]
else:
    Silences = forms.BaseFormSet


def initial_of(question: Question, draft: QuestionDraft, claim_keys: list[str]) -> dict[str, Any]:
    """Return the form of a question as it is saved."""
    return {
        "stem": draft.stem,
        "payload": write_mapping(draft.payload, {}, airy=False, width=_WIDTH),
        "explanation": draft.explanation,
        # One a line: a hint of several lines would come back as several hints.
        "hints": "\n".join(" ".join(hint.split("\n")) for hint in draft.hints),
        "claims": ", ".join(claim_keys),
        "tags": ", ".join(draft.tags),
        "lesson": question.lesson.slug if question.lesson else "",
        "topic": question.topic.slug if question.topic else "",
        "status": question.status,
        "change": "",
    }


def initial_of_new(type_name: str, lesson_slug: str = "") -> dict[str, Any]:
    """Return the form of a question that is not written yet."""
    return {
        "payload": skeleton(type_name),
        "status": Question.Status.DRAFT.value,
        "lesson": lesson_slug,
    }


def _lessons(course: Course, shown: str | None) -> list[tuple[str, Any]]:
    lessons = Lesson.objects.filter(course=course).exclude(current=None).select_related("current")
    return [
        ("", _("None")),
        *(
            (lesson.slug, lesson.current.title if lesson.current else lesson.slug)
            for lesson in lessons.defer("current__body").order_by("position", "id")
            if lesson.status != Lesson.Status.ARCHIVED or lesson.slug == shown
        ),
    ]


def _topics(course: Course, shown: str | None) -> list[tuple[str, Any]]:
    topics = Topic.objects.filter(course=course).order_by("position", "id")
    return [
        ("", _("None")),
        *((one.slug, one.title) for one in topics if one.archived_at is None or one.slug == shown),
    ]
