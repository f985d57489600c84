"""People in the administration, and its door."""

from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from courses.accounts import services
from courses.accounts.addresses import follow_address
from courses.accounts.models import User
from courses.common import clock


def _already_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Lead administrators on; whoever else comes here was dealt with before."""
    return redirect("admin:index")


# The site's own sign-in: rate-limited, and the only place where a password is asked.
admin.site.login = secure_admin_login(_already_in)  # type: ignore[method-assign]
admin.site.site_header = format_lazy("{} · {}", settings.SITE_NAME, _("Administration"))
admin.site.site_title = settings.SITE_NAME
# Lists then fit a laptop's window; the front page is one click away.
admin.site.enable_nav_sidebar = False
# Roles in courses are enrolments; there are no other groups.
admin.site.unregister(Group)


def _tell(mail: str, user: User, words: dict[str, str] | None = None, **to: str) -> None:
    """Tell a person what an administrator did with their account, once it is done."""
    context = {"by_administrator": True, **(words or {})}
    transaction.on_commit(partial(get_adapter().send_notification_mail, mail, user, context, **to))


class PersonForm(UserChangeForm):
    """Refuses an address that somebody else has confirmed as theirs, also as a second one."""

    def clean_email(self) -> str | None:
        email: str | None = (self.cleaned_data["email"] or "").lower() or None
        confirmed = EmailAddress.objects.filter(email=email, verified=True)
        if email and confirmed.exclude(user=self.instance).exists():
            raise ValidationError(_("Somebody else has this address."))
        return email


class PasswordForm(AdminPasswordChangeForm):
    """Tells whoever listens for changed passwords, as the person's own form does."""

    def save(self, commit: bool = True) -> User:
        with transaction.atomic():
            user: User = super().save(commit)
            password_changed.send(User, request=None, user=user)
            _tell("account/email/password_changed", user)
        return user


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    """People. They sign themselves up; here they are looked up, suspended and reinstated."""

    form = PersonForm
    change_password_form = PasswordForm
    list_display = ("display_name", "email", "standing", "date_joined")
    list_filter = ("is_active", "is_staff", "is_demo")
    search_fields = ("display_name", "email")
    ordering = ("display_name", "id")
    filter_horizontal = ()
    readonly_fields = ("is_active", "is_demo", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("display_name", "email", "password")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "is_demo")}),
        (
            _("Study"),
            {
                "fields": (
                    "time_zone", "rollover_hour", "language", "minutes_per_day", "new_per_day",
                    "reviews_per_day", "reminder_hour",
                )
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )  # fmt: skip
    actions = ("suspend", "reinstate")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted in passing: erasing a person is a command of its own."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save a person; what moves their day goes through the service that tells others."""
        chosen = {
            name: form.cleaned_data.pop(name)
            for name in services.Preferences.__optional_keys__
            if name in form.changed_data
        }
        rest = [name for name in form.changed_data if name not in chosen and name != "password"]
        if rest:
            obj.save(update_fields=rest)
        if "email" in rest:
            self._follow_address(obj)
        services.save_preferences(obj, now=clock.now(), **chosen)

    def _follow_address(self, user: User) -> None:
        """Make the new address the one to sign in with, and tell the one that it replaces."""
        before = EmailAddress.objects.filter(user=user, primary=True).first()
        follow_address(user)
        if before is not None and user.email and before.email != user.email:
            addresses = {"from_email": before.email, "to_email": user.email}
            _tell("account/email/email_changed", user, addresses, email=before.email)

    @admin.display(description=_("Standing"))
    def standing(self, user: User) -> str:
        """Return what is special about a person, in words."""
        kinds = [
            (not user.is_active, _("suspended")),
            (user.is_staff or user.is_superuser, _("administrator")),
            (user.is_demo, _("demo")),
        ]
        separator = pgettext("between the entries of a list", ", ")
        return separator.join(str(word) for holds, word in kinds if holds) or "-"

    @admin.action(description=_("Suspend: end all sessions and close the account"))
    def suspend(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        assert isinstance(request.user, User)
        others = queryset.exclude(pk=request.user.pk)  # who locks themselves out needs a shell
        for user in others:
            services.suspend(user, now=clock.now())
        count = len(others)
        self.message_user(
            request,
            ngettext("%(count)d person was suspended.", "%(count)d people were suspended.", count)
            % {"count": count},
        )

    @admin.action(description=_("Let sign in again"))
    def reinstate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            services.reinstate(user)
