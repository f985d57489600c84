"""Changing how a person studies, suspending them, erasing them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.accounts.signals import person_erasing, person_suspended, preferences_changed
from courses.common.errors import DomainError
from courses.common.models import AuditEntry, Job

# Whoever plans a learner's days or sends reminders must hear when one of these changes.
MOVES_THE_DAY = frozenset({"time_zone", "rollover_hour", "reminder_hour"})


class Preferences(TypedDict, total=False):
    """What people choose for themselves; fields of User."""

    display_name: str
    time_zone: str
    rollover_hour: int
    language: str
    minutes_per_day: int
    new_per_day: int
    reviews_per_day: int
    reminder_hour: int | None


class PreferencesInvalid(DomainError):
    """A preference is out of its range; `details["errors"]` lists messages by field."""

    code = "preferences_invalid"
    status = 422
    message = _("Some of these preferences cannot be kept.")


def save_preferences(user: User, *, now: datetime, **changes: Unpack[Preferences]) -> User:
    """Save the given preferences of `user` and return the person as saved.

    Sends `preferences_changed` when the zone, the rollover hour or the reminder changed.
    Raises PreferencesInvalid, and saves nothing, if any value is out of range.
    """
    unknown = set(changes) - Preferences.__optional_keys__
    if unknown:
        raise TypeError(f"not preferences: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        kept = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        changed = frozenset(name for name, value in changes.items() if getattr(kept, name) != value)
        for name in changed:
            setattr(kept, name, changes[name])  # type: ignore[literal-required]  # checked above
        _validate(kept, changed)
        if changed:
            kept.save(update_fields=sorted(changed))
        if changed & MOVES_THE_DAY:
            preferences_changed.send(User, user=kept, changed=changed, now=now)
    for name in changes:
        setattr(user, name, getattr(kept, name))
    return kept


def suspend(user: User, *, now: datetime) -> None:
    """Close the account of `user`: its sessions end at once and do not come back."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(
            is_active=False, session_epoch=F("session_epoch") + 1
        )
        user.refresh_from_db(fields=["is_active", "session_epoch"])
        person_suspended.send(User, user=user, now=now)


def reinstate(user: User) -> None:
    """Let a suspended person sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def erase_people(people: Iterable[User], *, now: datetime) -> None:
    """Remove people and all that is theirs, the append-only review log included."""
    people = sorted(people, key=lambda person: person.pk)
    with transaction.atomic():
        for user in people:
            lock_person(user.pk)
        _end_sessions({str(user.pk) for user in people})
        for user in people:
            person_erasing.send(User, user=user, now=now)
            Job.objects.filter(requested_by=user.pk).update(requested_by=None)
            AuditEntry.objects.filter(actor=user.pk).update(actor=None)
            user.delete()


def _end_sessions(user_ids: set[str]) -> None:
    """Delete the sessions of these people; who they belong to is inside the session."""
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) in user_ids
    ]
    Session.objects.filter(pk__in=theirs).delete()


def _validate(user: User, changed: frozenset[str]) -> None:
    others = [field.name for field in User._meta.fields if field.name not in changed]
    try:
        user.clean_fields(exclude=others)
    except ValidationError as error:
        raise PreferencesInvalid(errors=error.message_dict) from error
