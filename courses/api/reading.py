"""Reading the values of a request, collecting everything that is wrong before refusing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import RFC_4122, UUID

from django.utils.translation import gettext as _

from courses.api.problems import InvalidRequest
from courses.common.moments import EARLIEST, read_moment

T = TypeVar("T")
_LONGEST_MS = 2**31 - 1
_MISSING = object()


class Body:
    """A JSON object, read field by field; `check()` raises InvalidRequest for all at once."""

    def __init__(self, data: Any, *, pointer: str = "#") -> None:
        self._errors: list[dict[str, str]] = []
        self._pointer = pointer
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.refuse("", _("A JSON object is expected here."))

    def refuse(self, name: str, detail: str, code: str = "invalid") -> None:
        """Note that a field cannot be used."""
        pointer = f"{self._pointer}/{name}" if name else self._pointer
        self._errors.append({"pointer": pointer, "detail": detail, "code": code})

    def check(self) -> None:
        """Raise InvalidRequest if anything was refused."""
        if self._errors:
            raise InvalidRequest(self._errors)

    @property
    def errors(self) -> list[dict[str, str]]:
        return self._errors

    def anything(self, name: str) -> Any:
        """Return the field as it is; refuse its absence."""
        value = self._data.get(name, _MISSING)
        if value is _MISSING:
            self.refuse(name, _("This is missing."), "required")
            return None
        return value

    def uuid(self, name: str) -> UUID:
        return self._read(name, as_uuid, UUID(int=0))

    def uuid7(self, name: str) -> UUID:
        return self._read(name, as_uuid7, UUID(int=0))

    def moment(self, name: str) -> datetime:
        return self._read(name, as_moment, EARLIEST)

    def text(self, name: str) -> str:
        return self._read(name, as_text, "")

    def optional_uuid(self, name: str) -> UUID | None:
        return self._optional(name, as_uuid)

    def optional_moment(self, name: str) -> datetime | None:
        return self._optional(name, as_moment)

    def optional_text(self, name: str) -> str:
        return self._optional(name, as_text) or ""

    def flag(self, name: str) -> bool:
        return self._optional(name, as_flag) or False

    def milliseconds(self, name: str) -> int:
        return self._optional(name, as_milliseconds) or 0

    def uuids(self, name: str, *, most: int) -> list[UUID]:
        """Return a list of ids, empty if the field is absent."""

        def read(value: Any) -> list[UUID]:
            if not isinstance(value, list) or len(value) > most:
                raise ValueError(_("A list of at most %(most)d ids is expected.") % {"most": most})
            return [as_uuid(entry) for entry in value]

        return self._optional(name, read) or []

    def texts(self, name: str, *, most: int) -> list[str]:
        """Return a list of texts; refuse its absence."""

        def read(value: Any) -> list[str]:
            if not isinstance(value, list) or len(value) > most:
                raise ValueError(
                    _("A list of at most %(most)d texts is expected.") % {"most": most}
                )
            return [as_text(entry) for entry in value]

        return self._read(name, read, [])

    def whole(self, name: str, *, low: int, high: int, default: int) -> int:
        """Return a whole number within bounds, `default` if the field is absent."""

        def read(value: Any) -> int:
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                bounds = {"low": low, "high": high}
                raise ValueError(_("A whole number from %(low)d to %(high)d is expected.") % bounds)
            return value

        found = self._optional(name, read)
        return default if found is None else found

    def _optional(self, name: str, read: Callable[[Any], T]) -> T | None:
        if self._data.get(name) is None:
            return None
        try:
            return read(self._data[name])
        except ValueError as error:
            self.refuse(name, str(error))
            return None

    def _read(self, name: str, read: Callable[[Any], T], fallback: T) -> T:
        value = self._data.get(name, _MISSING)
        if value is _MISSING:
            self.refuse(name, _("This is missing."), "required")
            return fallback
        try:
            return read(value)
        except ValueError as error:
            self.refuse(name, str(error))
            return fallback


def as_uuid(value: Any) -> UUID:
    """Return an id in its canonical form only, so that one id has one spelling."""
    try:
        found = UUID(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or str(found) != value.lower():
        raise ValueError(_("An id such as 01931b0e-7c4a-7000-8000-000000000000 is expected."))
    return found


def as_uuid7(value: Any) -> UUID:
    """Return a client-made id. Version 7: it sorts by time, and two devices never meet."""
    found = as_uuid(value)
    if found.version != 7 or found.variant != RFC_4122:
        raise ValueError(_("A UUID of version 7 is expected."))
    return found


def as_moment(value: Any) -> datetime:
    """Return an ISO 8601 date-time with an offset, in UTC."""
    try:
        return read_moment(as_text(value))
    except ValueError:
        expected = _("A date and time with an offset is expected, such as 2026-11-22T09:00:00Z.")
        raise ValueError(expected) from None


def as_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("A text is expected."))
    return value


def as_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("true or false is expected."))
    return value


def as_milliseconds(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(_("A whole number of milliseconds is expected."))
    return min(value, _LONGEST_MS)


def idempotency_key(headers: Any) -> UUID:
    """Return the Idempotency-Key of a request. Raises InvalidRequest without a proper one."""
    value = headers.get("Idempotency-Key")
    try:
        if value is None:
            raise ValueError(_("The header Idempotency-Key is required: a UUID of version 7."))
        return as_uuid7(value.strip().strip('"'))
    except ValueError as error:
        row = {"pointer": "header:Idempotency-Key", "detail": str(error), "code": "required"}
        raise InvalidRequest([row]) from None
