"""What a person's name may look like."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Control characters, and those that turn the text around them about: a name is shown
# beside other people's.
_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def validate_name(name: str) -> None:
    """Raise ValidationError if `name` holds characters that no name needs."""
    for character in name:
        if character in _FORBIDDEN or unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
            raise ValidationError(_("A name cannot contain control characters."))


def tidy_name(name: str) -> str:
    """Return `name` in composed form, with single spaces; raise ValidationError if unfit."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    validate_name(tidy)
    return tidy
