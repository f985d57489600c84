"""People: how they sign in, and when, where and how much they want to study."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from courses.accounts.names import validate_name
from courses.common import clock
from courses.common.ids import new_id


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone from the list, for example Asia/Tokyo."))


def validate_language(code: str) -> None:
    """Raise ValidationError unless the site speaks the language."""
    if code not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose a language from the list."))


def default_time_zone() -> str:
    return str(settings.LEARNER_TIME_ZONE)


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are kept in lower case."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_active` False means suspended; `is_demo` may be removed by one command.

    A person who came by an LMS may have no e-mail address; identity there is the
    platform's subject, never the address.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    display_name = models.CharField(
        _("name"), max_length=150, blank=True, validators=[validate_name]
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session of this person."
    )
    date_joined = models.DateTimeField(_("here since"), default=clock.now, editable=False)

    time_zone = models.CharField(
        _("time zone"), max_length=64, default=default_time_zone, validators=[validate_time_zone]
    )
    rollover_hour = models.PositiveSmallIntegerField(
        _("day starts at"), default=4, validators=[MaxValueValidator(23)]
    )
    language = models.CharField(
        _("language"), max_length=10, default="en", validators=[validate_language]
    )
    minutes_per_day = models.PositiveSmallIntegerField(
        _("minutes a day"), default=15, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    new_per_day = models.PositiveSmallIntegerField(
        _("new cards a day"), default=10, validators=[MaxValueValidator(500)]
    )
    reviews_per_day = models.PositiveSmallIntegerField(
        _("reviews a day"), default=200, validators=[MaxValueValidator(5000)]
    )
    reminder_hour = models.PositiveSmallIntegerField(
        _("reminder at"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(
                condition=models.Q(rollover_hour__lte=23), name="user_rollover_hour"
            ),
        ]
        ordering = ["display_name", "id"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.display_name or self.email or str(self.pk)

    def clean(self) -> None:
        """Keep the address in lower case, and none as none: an empty one is not unique."""
        super().clean()
        self.email = self.email.lower() if self.email else None

    @property
    def is_administrator(self) -> bool:
        """Whether this person administers the whole site; no lesser staff exists."""
        return self.is_active and (self.is_staff or self.is_superuser)

    @property
    def may_sign_in(self) -> bool:
        """Whether this person may be signed in: not suspended, and demo people only at home.

        A database that was tried out and carried over into production brings them along,
        an administrator among them.
        """
        return self.is_active and (settings.DEVELOPMENT or not self.is_demo)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_administrator or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_administrator or super().has_module_perms(app_label)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password and the epoch: they end when either changes."""
        return salted_hmac(
            "courses.accounts.models.User.session",
            f"{self.password}/{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
