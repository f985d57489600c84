"""Small things that templates draw: meters, marks of a verdict, question forms."""

from datetime import timedelta
from math import floor

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from courses.assessment.showing import VERDICTS

register = template.Library()

_ROUNDING = 1e-6
# Languages that set no space between sentences.
WITHOUT_GAPS = {"ja"}

_JOBS = {
    "import_course": pgettext_lazy("job", "Importing a course"),
    "plan_day": pgettext_lazy("job", "Planning a day"),
    "remind": pgettext_lazy("job", "Sending a reminder"),
    "claim_guest": pgettext_lazy("job", "Taking over a visitor's answers"),
    "demo_class": pgettext_lazy("job", "Making the demo class"),
    "preview_regrade": pgettext_lazy("job", "Looking at what a new key would change"),
    "apply_regrade": pgettext_lazy("job", "Regrading by a new key"),
    "undo_regrade": pgettext_lazy("job", "Undoing a regrade"),
}
_STATES = {
    "open": pgettext_lazy("a question", "Open"),
    "saved": pgettext_lazy("a question", "Answered"),
    "awaiting": pgettext_lazy("a question", "To be marked"),
}
_RATED = {
    1: pgettext_lazy("self-rating", "You rated it: again"),
    2: pgettext_lazy("self-rating", "You rated it: hard"),
    3: pgettext_lazy("self-rating", "You rated it: good"),
    4: pgettext_lazy("self-rating", "You rated it: easy"),
}


@register.simple_tag
def gap() -> str:
    """Return what stands between two sentences that are translated apart, or inside one."""
    return "" if get_language() in WITHOUT_GAPS else " "


@register.simple_tag
def meter(done: float, total: float, label: str = "") -> SafeString:
    """Draw `done` of `total` as a bar; beside it the page says the same in figures."""
    share = 0 if not total else max(0.0, min(100.0, 100 * done / total))
    return format_html(
        '<svg class="meter" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="100%"></rect>'
        '<rect class="fill" width="{}%" height="100%"></rect></svg>{}',
        f"{share:.1f}",
        format_html('<span class="sr-only">{}</span>', label) if label else "",
    )


@register.filter
def percent(share: float | None) -> str:
    """Return a share in [0, 1] as whole per cent, a dash for none."""
    return "–" if share is None else _("%(number)d%%") % {"number": round(100 * share)}


@register.filter
def grade(share: float | None) -> str:
    """Return a grade in [0, 1] as per cent, to a tenth; a dash for none.

    Never rounded up: nobody is to read a pass mark that was not reached.
    """
    if share is None:
        return "–"
    tenths = floor(1000 * share + _ROUNDING)
    return _("%(number)s%%") % {"number": floatformat(tenths / 10, "-1")}


@register.filter
def duration_words(length: timedelta) -> str:
    """Return a length of time in minutes, or in hours and minutes."""
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    told = []
    if hours:
        told.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest or not hours:
        told.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(told)


@register.filter
def foreseen(share: float | None) -> str:
    """Return a predicted share as per cent, never as certainty: at most 99."""
    return percent(None if share is None else min(share, 0.99))


@register.filter
def verdict_label(verdict: str) -> str:
    return str(VERDICTS[verdict])


@register.filter
def state_label(state: str) -> str:
    """Return the word for a question's state in an attempt: a verdict, saved or open."""
    return str(_STATES.get(state) or VERDICTS[state])


@register.filter
def rated(rating: int) -> str:
    """Return how a learner rated a card (1 to 4), as a sentence about them."""
    return str(_RATED[rating])


@register.filter
def job_label(kind: str) -> str:
    return str(_JOBS.get(kind, kind.replace("_", " ")))


@register.filter
def unlocalised(number: float) -> str:
    """Return a number as SVG writes it, whatever the language."""
    return f"{number:g}"


@register.filter
def typed_words(answer: object) -> str:
    """Return what was typed into a question's fields, one after the other."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        return ", ".join(filter(None, map(typed_words, answer)))
    return str(answer or "").strip()
