"""Personal tokens: keys with which a person's own programs speak to the API."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.common.ids import new_id


class Scope(models.TextChoices):
    READ = "read", _("Read courses, lessons, plans and your progress")
    REVIEW = "review", _("Fetch your cards and answer for you")


class PersonalTokenQuerySet(models.QuerySet["PersonalToken"]):
    def valid_at(self, moment: datetime) -> Self:
        """Tokens that are neither revoked nor over, of people who are not suspended."""
        not_over = models.Q(expires_at=None) | models.Q(expires_at__gt=moment)
        return self.filter(not_over, revoked_at=None, user__is_active=True)


class PersonalToken(models.Model):
    """A revocable key. Only its SHA-256 is kept; the key itself is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_tokens"
    )
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalTokenQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name
