"""What the pages of regrades show: figures in words, the largest changes with names."""

from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.accounts.models import User
from courses.assessment.models import Question, Regrade
from courses.common.models import AuditEntry, Job

Figures = dict[str, Any]

_MOMENTS = ("due_before", "due_after")
_KINDS = ("preview_regrade", "apply_regrade", "undo_regrade")


def regrade_context(regrade: Regrade) -> dict[str, Any]:
    """Return a regrade with what it would change, or did, for its page; seven queries at most."""
    done = regrade.outcome.get("apply") or {}
    figures = done if regrade.applied_at else regrade.preview
    jobs = Job.objects.filter(kind__in=_KINDS, slot=str(regrade.pk)).exclude(state=Job.State.DONE)
    names = [UUID(name) for name in regrade.question_ids]
    questions = Question.objects.filter(pk__in=names).select_related("current")
    return {
        "regrade": regrade,
        "questions": list(questions.order_by("position", "id")),
        "computed": bool(figures),
        "sentences": [*_grades(figures.get("attempts")), *_cards(figures.get("cards"))],
        "grades": _changes(figures.get("attempts"), "up", "down"),
        "cards": _changes(figures.get("cards"), "cards"),
        "job": jobs.order_by("-created_at").first(),
        "undone": _undone(regrade.outcome.get("undo") or {}),
        "entries": list(AuditEntry.objects.filter(subject=str(regrade.pk)).order_by("at", "id")),
    }


def _grades(found: dict[str, Any] | None) -> list[str]:
    if not found:
        return []
    told = [
        ngettext(
            "%(changed)d of %(n)d answer is worth something else.",
            "%(changed)d of %(n)d answers are worth something else.",
            found["responses"],
        )
        % {"changed": found["changed"], "n": found["responses"]}
    ]
    told.append(
        _("Grades of attempts that rise: %(up)d. That fall: %(down)d. That stay: %(same)d.")
        % {"up": found["up"], "down": found["down"], "same": found["unchanged"]}
    )
    if found.get("held"):
        told.append(_("Held where they are, though they would fall: %(n)d.") % {"n": found["held"]})
    if found.get("mean_change") is not None:
        told.append(
            _("On average a grade that changes moves by %(mean)s points of a hundred.")
            % {"mean": f"{100 * found['mean_change']:+.1f}"}
        )
    return told


def _cards(found: dict[str, Any] | None) -> list[str]:
    if not found:
        return []
    told = [
        ngettext(
            "%(n)d card remembers differently.", "%(n)d cards remember differently.", found["cards"]
        )
        % {"n": found["cards"]}
    ]
    if found["sooner"] or found["later"]:
        told.append(
            _("Sooner than before come back: %(sooner)d. Later: %(later)d.")
            % {"sooner": found["sooner"], "later": found["later"]}
        )
    return told


def _changes(found: Figures | None, *counts: str) -> Figures:
    """Return the largest changes that a step lists, each with whose it is, and of how many.

    A card's has its question's slug and the moments at which it was and is due.
    """
    listed = found["changes"] if found else []
    people = User.objects.in_bulk([UUID(one["learner"]) for one in listed])
    names = [UUID(one["question"]) for one in listed if "question" in one]
    slugs = dict(Question.objects.filter(pk__in=names).values_list("pk", "slug")) if names else {}
    rows = [
        one
        | {"who": str(people[UUID(one["learner"])])}
        | {name: parse_datetime(one[name] or "") for name in _MOMENTS if name in one}
        | {"slug": slugs.get(UUID(one["question"]), "") if "question" in one else ""}
        for one in listed
        if UUID(one["learner"]) in people
    ]
    return {"rows": rows, "of": sum(found[name] for name in counts) if found else 0}


def _undone(found: dict[str, Any]) -> str:
    left = sum(step.get("left", 0) for step in found.values())
    if not left:
        return ""
    return _("%(n)d were changed again since, and stay as they are.") % {"n": left}
