"""What the page of a quiz's figures shows: each figure with its n, or why there is none yet."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.assessment.domain.messages import Message
from courses.assessment.domain.statistics import Estimate
from courses.assessment.presenting import question_view
from courses.assessment.selectors.item_analysis import ItemAnalysis, QuizAnalysis
from courses.assessment.wording import sentence
from courses.content.rendering import render_inline


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is shown; `told` is a dash where there are too few answers for it."""

    label: str
    told: str
    n: int
    help: str = ""


def quiz_figures(analysis: QuizAnalysis) -> list[Figure]:
    """Return the figures of the quiz as a whole."""
    return [
        _figure(_("Mean score"), analysis.mean, _percent),
        _figure(_("Standard deviation"), analysis.deviation, _percent),
        _figure(
            _("Cronbach's alpha"),
            analysis.alpha,
            _decimal,
            _("How well the questions measure one thing; from 0.7 on they do."),
        ),
        _figure(_("KR-20"), analysis.kr20, _decimal),
        _figure(
            _("Standard error"),
            analysis.standard_error,
            _percent,
            _("A score is that uncertain, up or down, two times out of three."),
        ),
    ]


def item_rows(items: tuple[ItemAnalysis, ...] | list[ItemAnalysis]) -> list[dict[str, Any]]:
    """Return each question with its figures, its options and what to look at."""
    return [
        {
            "number": number,
            "slug": item.slug,
            "question_id": item.question_id,
            "stem": question_view(item.version, seed=0)["stem_html"],
            "n": item.n,
            "facility": _told(item.facility, _percent),
            "discrimination": _told(item.discrimination, _decimal),
            "unanswered": _told(item.unanswered, _percent),
            "seconds": _told(item.mean_seconds, _seconds),
            "timed": item.mean_seconds.n,
            "options": [
                {
                    "of": _option(option.of) if option.of else "",
                    "text": _option(option.text),
                    "correct": option.correct,
                    "count": option.count,
                    "share": option.share.value,
                    "told": _told(option.share, _percent),
                }
                for option in item.options
            ],
            "flags": [sentence(flag.message) for flag in item.flags],
        }
        for number, item in enumerate(items, start=1)
    ]


def _option(text: str | Message) -> str:
    return sentence(text) if isinstance(text, Message) else str(render_inline(text))


def _figure(label: str, estimate: Estimate, tell: Any, help_: str = "") -> Figure:
    return Figure(label, _told(estimate, tell), estimate.n, help_)


def _told(estimate: Estimate, tell: Any) -> str:
    return "–" if estimate.value is None else str(tell(estimate.value))


def _percent(value: float) -> str:
    return _("%(number)d%%") % {"number": round(100 * value)}


def _decimal(value: float) -> str:
    return f"{value:.2f}"


def _seconds(value: float) -> str:
    return _("%(n)d s") % {"n": round(value)}
