"""How single values are written in course files: the canonical spelling, and its reading."""

import math
import re

# A value that is not quoted means what the YAML 1.2 core schema says, and nothing else:
# no dates, no yes/no, no octal numbers.
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+|(?<=[0-9])\.)?([eE][-+]?[0-9]+)?")
MAX_DIGITS = 40
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

# Words and shapes that other YAML readers take for something else than text: quoted, always.
_MISREAD = re.compile(
    r"(?i:~|null|true|false|yes|no|on|off|y|n|[-+]?\.(inf|nan)|\.nan)"
    r"|[-+]?[0-9._,:]+([eE][-+]?[0-9]*)?|0[xob][0-9a-fA-F_]+"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?|=|<<"
)
_INDICATORS = set("-?:,[]{}#&*!|>'\"%@`")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}

Scalar = str | int | float | bool | None


class UnreadableNumber(ValueError):
    """A number that no figure needs: too long, or beyond what a float can hold."""


def read_plain(text: str) -> Scalar:
    """Return the value that `text`, written without quotes, stands for.

    Raises UnreadableNumber for numbers of more than 40 digits and for infinite ones.
    """
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if not NUMBER.fullmatch(text) or not any(character.isdigit() for character in text):
        return text
    if len(text) > MAX_DIGITS:
        raise UnreadableNumber(text)
    if INTEGER.fullmatch(text):
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        raise UnreadableNumber(text)
    return value


def write_scalar(value: Scalar, *, in_flow: bool = False) -> str:
    """Return the one-line spelling of `value`: plain where that is safe, else in double quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    return value if is_plain(value, in_flow=in_flow) else quoted(value)


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Return whether `text` reads back as itself, by every YAML reader, without quotes."""
    if not text or text != text.strip() or _MISREAD.fullmatch(text):
        return False
    if text[0] in _INDICATORS or text.startswith(("---", "...")):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    if in_flow and any(character in "[]{},:" for character in text):
        return False
    return not any(character in "\n\t\x85\xa0" for character in text) and not CONTROL.search(text)


def quoted(text: str) -> str:
    """Return `text` in double quotes, with everything escaped that YAML would change."""
    return '"' + "".join(_ESCAPES.get(c) or _escaped(c) for c in text) + '"'


def _escaped(character: str) -> str:
    if not CONTROL.match(character) and character != "\xa0":
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
