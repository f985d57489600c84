"""Making, recognising and revoking personal tokens."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.accounts.locking import lock_person
from courses.accounts.models import User
from courses.api.models import PersonalToken, Scope
from courses.common.errors import DomainError, NotFound

# Constant, so that scanners for leaked secrets know one of ours when they see it.
PREFIX = "qs_"
MOST_PER_PERSON = 25
LONGEST_DAYS = 366
# A token in use would otherwise write a row at every request.
_USE_NOTED_EVERY = timedelta(hours=1)


class TooManyTokens(DomainError):
    """A person keeps a limited number of tokens in force."""

    code = "too_many_tokens"
    status = 409
    message = _("You have many tokens already. Revoke one that you no longer use.")


class TokenInvalid(DomainError):
    """A token needs a name, at least one known scope, and an end in the future, if any."""

    code = "token_invalid"
    status = 422
    message = _("A token needs a name, something it may do, and an end within a year.")


def create_token(
    *, user: User, name: str, scopes: Collection[str], expires_at: datetime | None, now: datetime
) -> tuple[PersonalToken, str]:
    """Return a new token and its key, which nobody can find out afterwards.

    Raises TokenInvalid, TooManyTokens.
    """
    name = " ".join(name.split())
    latest = now + timedelta(days=LONGEST_DAYS)
    in_time = expires_at is None or now < expires_at <= latest
    if not (name and len(name) <= 100 and scopes and set(scopes) <= set(Scope.values) and in_time):
        raise TokenInvalid
    key = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        lock_person(user.pk)  # two at once would both find room for the last one
        if PersonalToken.objects.valid_at(now).filter(user=user).count() >= MOST_PER_PERSON:
            raise TooManyTokens
        token = PersonalToken.objects.create(
            user=user,
            name=name,
            digest=digest_of(key),
            scopes=sorted(set(scopes)),
            created_at=now,
            expires_at=expires_at,
        )
    return token, key


def find_token(key: str, *, now: datetime) -> PersonalToken | None:
    """Return the token in force that `key` opens, with its user, and note its use."""
    valid = PersonalToken.objects.valid_at(now).select_related("user")
    token = valid.filter(digest=digest_of(key)).first()
    if token is None or not token.user.may_sign_in:
        return None
    _note_use(token, now)
    return token


def revoke_token(*, user: User, token_id: UUID, now: datetime) -> None:
    """End one of the user's tokens; doing it twice is doing it once. Raises NotFound."""
    mine = PersonalToken.objects.filter(user=user, pk=token_id)
    if not mine.filter(revoked_at=None).update(revoked_at=now) and not mine.exists():
        raise NotFound


def revoke_all(*, user: User, now: datetime) -> None:
    """End every token of the user."""
    PersonalToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now)


def digest_of(key: str) -> str:
    """Return the SHA-256 of a key, in hexadecimal.

    A plain hash is enough: a key has 256 random bits, there is nothing to guess.
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _note_use(token: PersonalToken, now: datetime) -> None:
    stale = now - _USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=stale)
        PersonalToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
