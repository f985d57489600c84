"""Reading JSON that may be hostile: its size, depth and characters are checked first."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from courses.api.problems import TooLarge

MAX_BYTES = 64 * 1024
MAX_DEPTH = 50
_MAX_DIGITS = 20
# Possessive, and ending with the text at the latest: what was read is never read again.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
# What PostgreSQL cannot store in text or jsonb: NUL, and halves of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class GuardedJSONParser(BaseParser):
    """JSON only, as large as the view's `max_bytes` allows and no deeper than MAX_DEPTH."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body. Raises TooLarge or ParseError, never RecursionError."""
        view = (parser_context or {}).get("view")
        limit = getattr(view, "max_bytes", MAX_BYTES)
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(limit)
        return parse_json(raw)


def parse_json(raw: bytes) -> Any:
    """Return the value that `raw` (UTF-8) holds. Raises ParseError saying what is wrong."""
    if too_deep(raw):
        raise ParseError(_("The JSON is nested too deeply."), code="json_too_deep")
    try:
        value = _decoder.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        detail = _("This is not valid JSON: %(reason)s") % {"reason": error}
        raise ParseError(detail, code="json_invalid") from error
    # Only an escape can smuggle these in: raw ones are not UTF-8, or not JSON.
    if b"\\u" in raw and _has_unstorable(value):
        detail = _("The JSON contains characters that cannot be stored (NUL, lone surrogates).")
        raise ParseError(detail, code="json_characters")
    return value


def too_deep(raw: bytes) -> bool:
    """Tell whether brackets outside of strings nest deeper than MAX_DEPTH."""
    if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH:
        return False
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", raw)):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError("a number is too large")
    return value


def _short_int(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError("a number is too long")
    return int(digits)


_decoder = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_float=_finite, parse_int=_short_int
)


def _has_unstorable(value: Any) -> bool:
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is not None
    if isinstance(value, dict):
        return any(_has_unstorable(key) or _has_unstorable(held) for key, held in value.items())
    if isinstance(value, list):
        return any(map(_has_unstorable, value))
    return False
