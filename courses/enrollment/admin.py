"""Courses, sections and enrolments in the administration."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.common import clock
from courses.enrollment.models import Course, Enrollment, Section
from courses.enrollment.services import enrol


class SectionInline(admin.TabularInline):
    model = Section
    extra = 0
    fields = ("name", "exam_date", "exam_target")
    show_change_link = True


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin):
    list_display = ("title", "slug", "status", "access", "language", "exam_date")
    list_filter = ("status", "access", "language")
    search_fields = ("title", "slug")
    readonly_fields = ("created_at",)
    inlines = (SectionInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Courses are archived: people's reviews rest on them."""
        return False


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ("name", "course", "exam_date")
    list_filter = ("course",)
    search_fields = ("name", "course__title")
    autocomplete_fields = ("course",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """As for enrolments."""
        return {}


class EnrollmentForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        """Refuse a section of another course."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        section = cleaned.get("section")
        if section is not None and section.course_id != getattr(cleaned.get("course"), "pk", None):
            self.add_error("section", _("This section belongs to another course."))
        return cleaned


@admin.register(Enrollment)
class EnrollmentAdmin(admin.ModelAdmin):
    """Who belongs where. Enrolments end; they are not deleted."""

    form = EnrollmentForm
    list_display = ("user", "role", "course", "section", "created_at", "ended_at")
    list_filter = ("role", "course")
    list_select_related = ("user", "course", "section")
    search_fields = ("user__email", "user__display_name", "course__title")
    autocomplete_fields = ("user", "course", "section")
    readonly_fields = ("created_at",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in nothing from the address: a made-up id there would break the form."""
        return {}

    def save_model(self, request: HttpRequest, obj: Enrollment, form: Any, change: bool) -> None:
        """Save a change; enrol anew through the service, which tells the other contexts."""
        if change:
            super().save_model(request, obj, form, change)
            return
        enrolment = enrol(obj.user, obj.course, obj.role, obj.section, now=clock.now())
        obj.pk, obj._state.adding = enrolment.pk, False
