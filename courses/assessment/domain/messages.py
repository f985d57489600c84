"""Sentences the pure domain says to people: English templates, translated where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Return `message` as it is; the name makes `makemessages` collect it for translation."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with named gaps, in gettext's %-format: `%(name)s`, and `%%` for a per cent."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.template % dict(self.params)


class Markdown(str):
    """Inline Markdown by an author. Under the key `x` it is shown as rendered `x_html`."""

    __slots__ = ()


class Plain(str):
    """Text that is shown as it is. Under the key `x` it is shown as escaped `x_html` beside `x`."""

    __slots__ = ()


class Period(str):
    """A date as exact as it is known (ISO 8601): `x`, in words as `x_text` and as `x_html`."""

    __slots__ = ()
