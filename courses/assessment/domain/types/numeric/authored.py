"""What an author writes for a number: how exact it must be, in which units, with which scale."""

from typing import Any

from courses.assessment.domain.messages import gettext_noop
from courses.assessment.domain.numbers import folded_text
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.units import same_unit

_LONGEST_UNIT = 40
_MOST_FIGURES = 10


def checked_tolerance(check: Checker, tolerance: object, value: float | None) -> dict[str, Any]:
    """Return the one tolerance that the author gives."""
    if tolerance is None:
        check.add(
            "tolerance",
            "missing",
            gettext_noop("Say how exact an answer must be: absolute or relative (0 for exactly)."),
        )
        return {}
    known = ("absolute", "relative", "significant_figures")
    fields = check.mapping(tolerance, "tolerance", known=known)
    if isinstance(tolerance, dict) and len(fields) != 1:
        check.add(
            "tolerance",
            "not_one",
            gettext_noop("Give one tolerance: absolute, relative or significant_figures."),
        )
    for kind, margin in fields.items():
        path = f"tolerance.{kind}"
        if kind == "significant_figures":
            _check_figures(check, margin, path)
            continue
        checked = check.number(margin, path, least=0)
        if kind == "relative" and checked is not None and checked >= 1:
            check.add(
                path, "too_large", gettext_noop("A relative tolerance is a share below 1 (0.05).")
            )
        if kind == "relative" and value == 0:
            check.add(path, "of_zero", gettext_noop("A share of 0 is 0; use absolute instead."))
    if value == 0 and "significant_figures" in fields:
        check.add(
            "tolerance.significant_figures",
            "of_zero",
            gettext_noop("0 has no significant figures; use absolute instead."),
        )
    return fields


def _check_figures(check: Checker, figures: object, path: str) -> None:
    if type(figures) is not int or not 1 <= figures <= _MOST_FIGURES:
        check.add(
            path,
            "out_of_range",
            gettext_noop("Write a whole number of figures from 1 to %(most)s."),
            most=_MOST_FIGURES,
        )


def checked_unit(check: Checker, unit: object, path: str, *, optional: bool = False) -> str:
    """Return the name of a unit, without digits: they would be read as part of the number."""
    text = check.text(unit, path, longest=_LONGEST_UNIT, optional=optional)
    if any(character.isdecimal() for character in text):
        check.add(path, "digits", gettext_noop("Write a unit without digits."))
    return text


def checked_units(check: Checker, units: object, main: str) -> list[dict[str, Any]]:
    """Return the other units that a number may be given in, each with its factor unless 1."""
    if not main:
        check.add(
            "unit",
            "missing",
            gettext_noop("Say with “unit” what the value is in; “units” are the others."),
        )
    listed: list[dict[str, Any]] = []
    for index, entry in enumerate(check.sequence(units, "units", least=1, most=12)):
        path = f"units[{index}]"
        fields = check.mapping(entry, path, known=("name", "factor"))
        checked: dict[str, Any] = {"name": checked_unit(check, fields.get("name"), f"{path}.name")}
        if "factor" in fields:
            checked["factor"] = _checked_factor(check, fields["factor"], f"{path}.factor")
        named = folded_text(checked["name"])
        names = [folded_text(name) for name in (main, *(unit["name"] for unit in listed))]
        if named and any(same_unit(named, name) for name in names):
            check.add(f"{path}.name", "duplicate", gettext_noop("This unit stands here already."))
        listed.append(checked)
    return listed


def _checked_factor(check: Checker, factor: object, path: str) -> float | int:
    number = check.number(factor, path)
    if number is not None and not 1e-12 <= number <= 1e12:
        check.add(
            path,
            "out_of_range",
            gettext_noop("Write how many of the value’s unit one of these is: above 0."),
        )
    return number or 1


def checked_interval(check: Checker, interval: object) -> dict[str, Any]:
    """Return the scale of the interval score: the score at which nothing is earned any more."""
    fields = check.mapping(interval, "interval", known=("scale",))
    scale = check.number(fields.get("scale"), "interval.scale")
    if scale is not None and scale < 1e-9:
        check.add("interval.scale", "too_small", gettext_noop("Write a number above 0."))
    return {"scale": scale}
