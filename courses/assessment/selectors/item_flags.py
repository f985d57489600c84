"""What an author should look at in a question, by its figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from courses.assessment.domain.messages import Message, gettext_noop
from courses.assessment.domain.statistics import LEAST_FOR_DISCRIMINATION, Estimate
from courses.assessment.selectors.item_options import OptionChoice

# Within the error of a correlation from 30 to 100 answers this is no connection at all.
_HARDLY = 0.1
_ALMOST_ALL = 0.95
_HARDLY_ANYBODY = 0.15
# Haladyna and Downing (1993): a distractor that fewer than one in twenty choose does nothing.
_UNCHOSEN = 0.05


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark about a question; `code` is stable, `message` a sentence for its author."""

    code: str
    message: Message


def flags_of(
    facility: Estimate, discrimination: Estimate, options: Iterable[OptionChoice]
) -> tuple[Flag, ...]:
    """Return what is worth a look, the most urgent first; nothing from too few answers."""
    listed = list(options)
    return (*_of_discrimination(discrimination.value), *_of_options(listed),
            *_of_facility(facility.value))  # fmt: skip


def _of_discrimination(value: float | None) -> Iterator[Flag]:
    if value is None or value >= _HARDLY:
        return
    if value < 0:
        yield Flag(
            "negative_discrimination",
            Message(
                gettext_noop("Who does well otherwise gets this wrong more often: look at the key.")
            ),
        )
    else:
        yield Flag(
            "weak_discrimination",
            Message(gettext_noop("Who does well otherwise does hardly better here: is it clear?")),
        )


def _of_options(options: list[OptionChoice]) -> Iterator[Flag]:
    """Compare the distractors of a question with its key; the likeliest reason of a wrong key."""
    keys = [one.rest_mean.value for one in options if one.correct and not one.of]
    best = max((value for value in keys if value is not None), default=None)
    for option in options:
        mean = option.rest_mean
        # Of a part's many choices most are chosen by few, and rightly so.
        if option.correct or option.of:
            continue
        if best is not None and mean.value is not None and mean.value > best:
            yield Flag(
                "strong_choose_wrong",
                Message(
                    gettext_noop("Those who choose “%(option)s” do better otherwise than those "
                                 "who choose the key."),
                    {"option": option.text},
                ),
            )  # fmt: skip
        share = option.share.value
        if share is not None and share < _UNCHOSEN and option.share.n >= LEAST_FOR_DISCRIMINATION:
            yield Flag(
                "unchosen_option",
                Message(
                    gettext_noop("Hardly anybody chooses “%(option)s”: find a likelier one."),
                    {"option": option.text},
                ),
            )


def _of_facility(value: float | None) -> Iterator[Flag]:
    if value is not None and value >= _ALMOST_ALL:
        yield Flag("too_easy", Message(gettext_noop("Almost everybody gets this right.")))
    if value is not None and value <= _HARDLY_ANYBODY:
        yield Flag(
            "too_hard", Message(gettext_noop("Hardly anybody gets this right: was it taught?"))
        )
