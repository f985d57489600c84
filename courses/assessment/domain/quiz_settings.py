"""The rules of a quiz as an author writes them, in a form or a course file, checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from courses.assessment.domain.messages import gettext_noop
from courses.assessment.domain.problems import Checker
from courses.assessment.domain.review_options import checked_options
from courses.common.moments import read_moment

KINDS = ("practice", "graded")
GRADINGS = ("best", "latest", "first", "mean")
NAVIGATIONS = ("free", "sequential")
LONGEST_MINUTES = 7 * 24 * 60
MOST_ATTEMPTS = 100
LONGEST_PASSWORD = 100


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """The rules of a quiz; the defaults are those of practice without end.

    Costs and the pass mark are shares in [0, 1], None for none. `review` is as
    `ReviewOptions.as_json` gives it, empty for what is usual for the kind.
    """

    kind: str = "practice"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    time_limit_seconds: int | None = None
    attempts_allowed: int | None = None
    grading: str = "best"
    pass_mark: float | None = None
    shuffle: bool = False
    navigation: str = "free"
    password: str = ""
    review: dict[str, list[str]] = field(default_factory=dict)
    hint_cost: float | None = None
    second_try_cost: float | None = None
    confidence: bool = False

    def columns(self) -> dict[str, Any]:
        """Return the settings by the names of the model's fields, which are their own."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


# How each setting is called in a course file, in the order in which it is written there.
FILE_KEYS = {
    "kind": "kind",
    "opens_at": "opens_at",
    "closes_at": "closes_at",
    "time_limit_minutes": "time_limit_seconds",
    "attempts": "attempts_allowed",
    "grading": "grading",
    "pass_mark": "pass_mark",  # nosec B105  # a mark to pass, no password
    "shuffle": "shuffle",
    "navigation": "navigation",
    "password": "password",  # nosec B105  # the name of a setting
    "review": "review",
    "hint_cost": "hint_cost",
    "second_try_cost": "second_try_cost",
    "confidence": "confidence",
}


def checked_settings(check: Checker, raw: Mapping[str, object]) -> QuizSettings:
    """Return the settings of a mapping with keys of FILE_KEYS; problems are kept in `check`.

    What is left out, or None, is as usual. Moments are aware datetimes or ISO 8601 with an
    offset.
    """
    opens_at = _moment(check, raw.get("opens_at"), "opens_at")
    closes_at = _moment(check, raw.get("closes_at"), "closes_at")
    if opens_at and closes_at and closes_at <= opens_at:
        check.add("closes_at", "too_early", gettext_noop("A quiz closes after it opens."))
    minutes = _within(check, raw.get("time_limit_minutes"), "time_limit_minutes", LONGEST_MINUTES)
    attempts = _within(check, raw.get("attempts"), "attempts", MOST_ATTEMPTS)
    if attempts is not None and attempts != int(attempts):
        check.add("attempts", "not_whole", gettext_noop("Write a whole number."))
    password = raw.get("password")
    return QuizSettings(
        kind=_one_of(check, raw.get("kind"), "kind", KINDS),
        opens_at=opens_at,
        closes_at=closes_at,
        time_limit_seconds=None if minutes is None else round(minutes * 60),
        attempts_allowed=None if attempts is None else int(attempts),
        grading=_one_of(check, raw.get("grading"), "grading", GRADINGS),
        pass_mark=_share(check, raw.get("pass_mark"), "pass_mark"),
        shuffle=_flag(check, raw.get("shuffle"), "shuffle"),
        navigation=_one_of(check, raw.get("navigation"), "navigation", NAVIGATIONS),
        password=check.text(password, "password", longest=LONGEST_PASSWORD, optional=True),
        review=checked_options(check, raw.get("review"), "review"),
        hint_cost=_share(check, raw.get("hint_cost"), "hint_cost"),
        second_try_cost=_share(check, raw.get("second_try_cost"), "second_try_cost"),
        confidence=_flag(check, raw.get("confidence"), "confidence"),
    )


def settings_record(settings: QuizSettings) -> dict[str, Any]:
    """Return the settings as a course file has them: what is not as usual, in order."""
    usual = QuizSettings()
    record: dict[str, Any] = {}
    for key, name in FILE_KEYS.items():
        value = getattr(settings, name)
        if value != getattr(usual, name):
            record[key] = _written(key, value)
    return record


def _written(key: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    if key == "time_limit_minutes":
        minutes = timedelta(seconds=value) / timedelta(minutes=1)
        return int(minutes) if minutes.is_integer() else minutes
    return value


def _moment(check: Checker, value: object, path: str) -> datetime | None:
    if value is None or value == "":
        return None
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    try:
        return read_moment(text)
    except ValueError:
        check.add(
            path,
            "not_a_moment",
            gettext_noop("Write a moment with its offset: 2027-02-01T09:00+09:00."),
        )
        return None


def _within(check: Checker, value: object, path: str, most: int) -> float | None:
    if value is None or value == "":
        return None
    number = check.number(value, path)
    if number is not None and not 0 < number <= most:
        check.add(
            path,
            "out_of_range",
            gettext_noop("Write a number above 0, and of at most %(most)s."),
            most=most,
        )
        return None
    return number


def _share(check: Checker, value: object, path: str) -> float | None:
    if value is None or value == "":
        return None
    number = check.number(value, path)
    if number is not None and not 0 <= number <= 1:
        check.add(path, "out_of_range", gettext_noop("Write a share from 0 to 1, such as 0.5."))
        return None
    return None if number is None else float(number)


def _flag(check: Checker, value: object, path: str) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        check.add(path, "not_true_or_false", gettext_noop("Write true or false."))
        return False
    return value


def _one_of(check: Checker, value: object, path: str, known: tuple[str, ...]) -> str:
    if value is None or value == "":
        return known[0]
    if value not in known:
        check.add(
            path,
            "unknown",
            gettext_noop("This has no meaning here; write one of: %(known)s."),
            known=", ".join(known),
        )
        return known[0]
    return str(value)
