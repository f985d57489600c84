"""Background work in the administration: what is owed, what is dead, and "try again"."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.common import clock, outbox
from courses.common.models import Heartbeat, Job


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Shows rows that only the site itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs. Those in the state "dead" are the dead letters: they used up their attempts."""

    list_display = ("kind", "slot", "state", "due_at", "attempts", "finished_at", "last_error")
    list_filter = ("state", "kind")
    search_fields = ("slot",)
    ordering = ("-due_at", "id")
    show_full_result_count = False
    actions = ("try_again",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Actions ask for it; the form of one job stays read-only.
        return obj is None

    @admin.action(description=_("Try again: give dead letters all their attempts back"))
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
    list_display = ("name", "seen_at")
