"""What the page of a claim shows besides its note: numbers as they are written, and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.content.models import Claim, Term

_YEAR = "year"  # the unit of numbers that are written without groups


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the claim, in the active language, and what it counts."""

    number: str
    unit: str
    what: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a thing by name; `slug` is that of the glossary's entry, if it has one."""

    name: str
    slug: str = ""


def figures_of(figures: Sequence[dict[str, Any]]) -> list[Figure]:
    """Return the figures of a claim for reading; a year stands without its unit."""
    return [_figure(figure) for figure in figures]


def named_in(claim: Claim, people: Sequence[str]) -> tuple[list[Named], list[Named]]:
    """Return the people of a claim, and what else the glossary explains by it; one query."""
    found = (
        Term.objects.filter(course_id=claim.course_id)
        .filter(Q(claims=claim) | Q(kind=Term.Kind.PERSON, term__in=people))
        .distinct()
        .order_by("term", "id")
        .values_list("term", "slug")
    )
    slugs = dict(found)
    others = [Named(term, slug) for term, slug in slugs.items() if term not in people]
    return [Named(name, slugs.get(name, "")) for name in people], others


def _figure(figure: dict[str, Any]) -> Figure:
    unit = str(figure.get("unit", ""))
    is_year = unit == _YEAR
    number = number_format(figure["value"], use_l10n=True, force_grouping=not is_year)
    if figure.get("approx"):
        number = _("about %(number)s") % {"number": number}
    return Figure(number, "" if is_year else unit, str(figure.get("what", "")))
