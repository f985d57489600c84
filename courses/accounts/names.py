"""What a person's name may look like."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control characters, and those that turn the text around them about: a name is shown
# beside other people's. What Unicode has not yet assigned (Cn) may stand in one: newer
# characters than Python's tables know are in use.
_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Co", "Zl", "Zp"}
_FORBIDDEN = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def validate_name(name: str) -> None:
    """Raise ValidationError if `name` holds characters that no name needs."""
    if any(map(_is_unfit, name)):
        raise ValidationError(_("A name cannot contain control characters."))


def tidy_name(name: str) -> str:
    """Return `name` in composed form, with single spaces; raise ValidationError if unfit."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    validate_name(tidy)
    return tidy


def _is_unfit(character: str) -> bool:
    if character in _FORBIDDEN or unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
        return True
    # noncharacters (Unicode, section 23.7): no version will ever assign these 66
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
