"""What authors are told about mistakes in a lesson's text."""

from collections.abc import Collection
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
BEFORE_FIRST = gettext_lazy(
    "What is asked before reading stands at the very beginning of the lesson."
)
BEFORE_MANY = gettext_lazy("Ask at most five questions before the reading.")
PROMPT_NEEDS_QUESTION = gettext_lazy("A prompt asks something: ::: prompt Why did this change?")
PROMPT_CITES = gettext_lazy("A prompt’s question cites nothing; cite in the text below it.")
SECTION_NESTED = gettext_lazy(
    "A summary and its limits stand on their own, not inside another block or a list."
)
SECTION_TWICE = gettext_lazy("A lesson has one summary, and one section on limits.")
CHART_NEEDS_TITLE = gettext_lazy("A chart has a title: ::: chart Money for Ukraine")
CHART_NEEDS_UNIT = gettext_lazy(
    "The chart does not say what it counts: add a line like unit: billion US dollars"
)
CHART_NEEDS_MESSAGE = gettext_lazy(
    "The chart does not say what it shows: add a line that begins with message:"
)
CHART_EMPTY = gettext_lazy("The chart has no numbers: add lines like - Label | 5.5 [JR-015]")
CHART_LINE = gettext_lazy(
    "A chart begins with unit:, has lines like - Label | 5.5 [JR-015], and ends with message:"
)
CHART_ROW_NEEDS_BAR = gettext_lazy("A line of a chart is a label, a bar and a number.")
CHART_ROW_NEEDS_CLAIM = gettext_lazy("A number of a chart cites the claim it comes from.")
CHART_OVER_A_HUNDRED = gettext_lazy("A share cannot be more than 100 percent.")
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


def chart_value(text: str) -> str:
    return _("“%(text)s” is no number: write 5.5 or about 2000, and the unit above.") % {
        "text": text[:60]
    }


def chart_style(style: str) -> str:
    return _("A chart’s style is bars or dots, not “%(style)s”.") % {"style": style[:60]}


def chart_line_twice(name: str) -> str:
    return _("“%(name)s:” stands in the chart twice.") % {"name": name}


def chart_too_long(most: int) -> str:
    return _("The chart has more than %(most)d numbers: make it two.") % {"most": most}


def chart_dots(most: int) -> str:
    return _("Dots are whole and at most %(most)d: take style: bars for this number.") % {
        "most": most
    }


def chart_dots_together(most: int) -> str:
    return _("These are more than %(most)d dots in all: take style: bars.") % {"most": most}


def too_many_charts(most: int) -> str:
    return _("A lesson has at most %(most)d charts.") % {"most": most}


def no_such_block(name: str, hint: str) -> str:
    return _("There is no block “%(name)s”.%(hint)s") % {"name": name, "hint": hint}


def no_such_claim(key: str, hint: str) -> str:
    return _("There is no claim “%(key)s” in this course.%(hint)s") % {"key": key, "hint": hint}


def no_such_question(slug: str, hint: str) -> str:
    return _("There is no question “%(slug)s” in this course.%(hint)s") % {
        "slug": slug,
        "hint": hint,
    }


def no_such_picture(name: str, hint: str) -> str:
    return _("There is no picture “%(name)s” among the course's media.%(hint)s") % {
        "name": name,
        "hint": hint,
    }


def no_such_term(slug: str, hint: str) -> str:
    return _("There is no entry “%(slug)s” in the course's glossary.%(hint)s") % {
        "slug": slug,
        "hint": hint,
    }


class Hints:
    """Guesses what was meant by an unknown name, but only so often: each search takes a while."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._found: dict[str, str] = {}

    def near(self, word: str, known: Collection[str]) -> str:
        """Return " Did you mean ...?" for the nearest known word, or nothing."""
        if word in self._found:
            return self._found[word]
        if self._left <= 0:
            return ""
        self._left -= 1
        near = get_close_matches(word, sorted(known), n=1, cutoff=0.75)
        said = " " + _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
        self._found[word] = said
        return said
