"""Background work in the administration: what is owed, what gave up, and "Try again"."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.common import clock, outbox
from courses.common.models import Heartbeat, Job

Value = TypeVar("Value")


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Shows rows that only the site itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


KINDS = {
    "import_course": _("Import of a course"),
    "plan_day": _("Plan for a day"),
    "remind": _("Reminder by e-mail"),
    "demo_class": _("Demo class"),
}


def parsed(read: Callable[[str], Value], text: str) -> Value | None:
    """Return what `read` makes of `text`, None if it is not of that form."""
    try:
        return read(text)
    except ValueError:
        return None


def person_of(job: Job) -> UUID | None:
    """Return the id of the person whom a job is for: who asked, or whose day it is."""
    person, _colon, _day = job.slot.partition(":")
    return job.requested_by or (parsed(UUID, person) if _colon else None)


class KindFilter(admin.SimpleListFilter):
    """Jobs of one kind, by its name in words."""

    title = _("what")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, str(words)) for kind, words in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class JobList(ChangeList):
    """A page of jobs, with the people they are for read at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        jobs = list(self.result_list)
        people = get_user_model().objects.in_bulk({person_of(job) for job in jobs} - {None})
        for job in jobs:
            job.people = people
        self.result_list = jobs


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs, in words. Those that gave up are the dead letters: they used up their attempts."""

    list_display = ("what", "for_whom", "day", "how_it_stands", "due_at", "tries", "why")
    list_filter = ("state", KindFilter)
    search_fields = ("slot",)
    search_help_text = _("A person's e-mail address, a person's id or a day such as 2026-11-22.")
    ordering = ("-due_at", "id")
    show_full_result_count = False
    actions = ("try_again",)
    fields = (
        "what", "for_whom", "day", "how_it_stands", "due_at", "tries", "last_error",
        "created_at", "finished_at", "slot", "payload",
    )  # fmt: skip
    readonly_fields = ("what", "for_whom", "day", "how_it_stands", "tries")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Actions ask for it; the form of one job stays read-only.
        return obj is None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return JobList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Job], search_term: str
    ) -> tuple[QuerySet[Job], bool]:
        """Find the jobs of a person by their e-mail address too."""
        if "@" not in search_term:
            return super().get_search_results(request, queryset, search_term)
        email = search_term.strip().lower().replace("\0", "")
        person = get_user_model().objects.filter(email=email).first()
        if person is None:
            return queryset.none(), False
        theirs = Q(requested_by=person.pk) | Q(slot__startswith=f"{person.pk}:")
        return queryset.filter(theirs), False

    @admin.display(description=_("What"), ordering="kind")
    def what(self, job: Job) -> str:
        return str(KINDS.get(job.kind, job.kind.replace("_", " ")))

    @admin.display(description=_("For whom"))
    def for_whom(self, job: Job) -> str:
        person_id = person_of(job)
        known = getattr(job, "people", None)
        if known is None:
            known = get_user_model().objects.in_bulk([person_id] if person_id else [])
        return str(known.get(person_id, "-"))

    @admin.display(description=_("Day"))
    def day(self, job: Job) -> date | None:
        _person, _colon, day = job.slot.rpartition(":")
        return parsed(date.fromisoformat, day)

    @admin.display(description=_("State"), ordering="state")
    def how_it_stands(self, job: Job) -> str:
        if job.state == Job.State.WAITING and job.claimed_until and job.claimed_until > clock.now():
            return str(_("running"))
        return str(job.get_state_display())

    @admin.display(description=_("Tries"), ordering="attempts")
    def tries(self, job: Job) -> int:
        return job.attempts

    @admin.display(description=_("What went wrong"))
    def why(self, job: Job) -> str:
        last_line = (job.last_error.strip().splitlines() or [""])[-1]
        return Truncator(last_line).chars(80)

    @admin.action(description=_("Try again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        now = clock.now()
        dead = list(queryset.filter(state=Job.State.DEAD).values_list("pk", flat=True))
        for job_id in dead:
            outbox.revive(job_id, now=now)
        count = len(dead)
        self.message_user(
            request,
            ngettext("%(count)d job will be tried.", "%(count)d jobs will be tried.", count)
            % {"count": count},
        )


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """When each kind of process last worked."""

    list_display = ("name", "seen_at")
