"""What authors are told about mistakes in a lesson's text."""

from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

QUESTION_NEEDS_SLUG = gettext_lazy("A question block names one question: ::: question its-slug")
QUESTION_HAS_CONTENT = gettext_lazy(
    "A question block has no text of its own; the question is in the questions file."
)
QUESTION_NESTED = gettext_lazy("A question stands on its own, not inside another block or a list.")
FIGURE_NEEDS_NAME = gettext_lazy("A figure block names its file: ::: figure map.svg")
FIGURE_NEEDS_ALT = gettext_lazy(
    "The figure has no text alternative: add a line that begins with alt:"
)
ENTRY_NEEDS_DASH = gettext_lazy("An entry of a timeline begins with a dash: - 2022-02-24 | text")
ENTRY_NEEDS_BAR = gettext_lazy("An entry of a timeline is a date, a bar and a text.")
TIMELINE_EMPTY = gettext_lazy("The timeline has no entries.")
QUOTE_NEEDS_SPEAKER = gettext_lazy(
    "A quotation names who said it: ::: quote Speaker | where and when"
)
TITLE_IN_BODY = gettext_lazy("Headings begin at ##; the lesson's title is in its front matter.")
HEADING_SKIPS = gettext_lazy("This heading skips a level.")
IMAGE_IN_TEXT = gettext_lazy("Pictures come by a figure block, so that they have a caption.")
STRAY_CLOSING = gettext_lazy("This ::: closes nothing.")
TOO_DEEP = gettext_lazy("This is nested too deeply to be shown.")
RAW_HTML = gettext_lazy("HTML is not understood here and would be shown as it is written.")
QUESTION_TWICE = gettext_lazy("This question stands in the lesson twice.")
EMPTY_LESSON = gettext_lazy("The lesson has no text.")


def unclosed(name: str) -> str:
    return _("The block “%(name)s” is never closed: add a line with ::: at its end.") % {
        "name": name
    }


def empty(name: str) -> str:
    return _("The block “%(name)s” is empty.") % {"name": name}


def too_long(kilobytes: int) -> str:
    return _("The lesson is longer than %(kilobytes)d kB: divide it.") % {"kilobytes": kilobytes}


def not_a_date(text: str) -> str:
    return _(
        "“%(text)s” is no date: write 2022, 2022-02, 2022-02-24 or two of them with / between."
    ) % {"text": text}


def no_such_block(name: str, known: tuple[str, ...]) -> str:
    return _("There is no block “%(name)s”.%(hint)s") % {"name": name, "hint": hint(name, known)}


def no_such_claim(key: str, known: list[str]) -> str:
    return _("There is no claim “%(key)s” in this course.%(hint)s") % {
        "key": key,
        "hint": hint(key, known),
    }


def no_such_question(slug: str, known: list[str]) -> str:
    return _("There is no question “%(slug)s” in this course.%(hint)s") % {
        "slug": slug,
        "hint": hint(slug, known),
    }


def no_such_picture(name: str, known: list[str]) -> str:
    return _("There is no picture “%(name)s” among the course's media.%(hint)s") % {
        "name": name,
        "hint": hint(name, known),
    }


def hint(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return " Did you mean ...?" for the nearest known word, or nothing."""
    near = get_close_matches(word, known, n=1, cutoff=0.75)
    return " " + _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
