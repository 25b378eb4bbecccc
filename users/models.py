"""Who a person is, how they live, and how they want to be spoken to."""

from datetime import date, datetime
from functools import cache
from typing import ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.domain.money import MoneyError, currency_of
from core.models import Record, amount_field, currency_field

# To list the zones is to walk a folder of hundreds of files.
_time_zones = cache(available_timezones)


def validate_time_zone(value: str) -> None:
    """An IANA zone name, such as ``Europe/Sofia``."""
    if value not in _time_zones():
        raise ValidationError(f"“{value[:40]}” is not an IANA time zone name.", code="unknown_time_zone")


def validate_currency(value: str) -> None:
    """An ISO 4217 code."""
    try:
        currency_of(value)
    except MoneyError as exc:
        raise ValidationError(str(exc), code="unknown_currency") from exc


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A person with a hashed password (none given: none works); the address is kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A member of staff who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def of_address(self, email: str) -> "models.QuerySet[User]":
        """The user of an address, whatever its case; by the index that keeps addresses unique."""
        return self.alias(address=Lower("email")).filter(address=email.strip().lower())

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.of_address(username or "").get()


class User(AbstractBaseUser, PermissionsMixin, Record):
    """A person who signs in by e-mail; staff among them may use the admin.

    ``token_version`` is carried in every token: raising it makes all of them worthless at once.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Use an ISO 3166 code such as DE.")],
    )
    base_currency = currency_field(default="EUR", validators=[validate_currency])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    locale = models.CharField(
        max_length=16,
        default="en",
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Use a language tag such as de-AT.")],
    )
    is_premium = models.BooleanField(default=False)
    is_verified = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    token_version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_code="EMAIL_ALREADY_EXISTS",
                violation_error_message="There is an account with this e-mail address already.",
            ),
        )

    def __str__(self) -> str:
        return self.email

    def today(self, now: datetime) -> date:
        """The person's day at an instant."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


class Profile(models.Model):
    """How a person lives, as far as a plan needs to know. Amounts are in the person's base currency."""

    class PayFrequency(models.TextChoices):
        WEEKLY = "weekly"
        FORTNIGHTLY = "fortnightly"
        SEMI_MONTHLY = "semi_monthly"
        FOUR_WEEKLY = "four_weekly"
        MONTHLY = "monthly"
        IRREGULAR = "irregular"

    class Employment(models.TextChoices):
        EMPLOYED = "employed"
        SELF_EMPLOYED = "self_employed"
        STUDENT = "student"
        RETIRED = "retired"
        UNEMPLOYED = "unemployed"
        OTHER = "other"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    monthly_income = amount_field(null=True, blank=True)
    pay_frequency = models.CharField(max_length=12, choices=PayFrequency, default=PayFrequency.MONTHLY)
    household_adults = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    household_children = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(30)])
    employment = models.CharField(max_length=13, choices=Employment, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(monthly_income__isnull=True) | Q(monthly_income__gte=0),
                name="profile_income_not_negative",
                violation_error_message="An income is not negative.",
            ),
        )

    def __str__(self) -> str:
        return f"Profile of {self.user_id}"


class Preferences(models.Model):
    """How and when a person wants to hear from the coach; quiet hours are in their own time zone."""

    class CoachingTone(models.TextChoices):
        GENTLE = "gentle"
        NEUTRAL = "neutral"
        DIRECT = "direct"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="preferences")
    notify_in_app = models.BooleanField(default=True)
    notify_by_email = models.BooleanField(default=True)
    notify_by_push = models.BooleanField(default=False)
    quiet_from = models.TimeField(default="21:00")
    quiet_until = models.TimeField(default="08:00")
    coaching_tone = models.CharField(max_length=7, choices=CoachingTone, default=CoachingTone.NEUTRAL)

    def __str__(self) -> str:
        return f"Preferences of {self.user_id}"


class Settings(models.Model):
    """How a client shows things to this person."""

    class Theme(models.TextChoices):
        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="settings")
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    week_starts_on = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(7)],
        help_text="ISO weekday, 1 is Monday.",
    )
    hide_amounts = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "settings"

    def __str__(self) -> str:
        return f"Settings of {self.user_id}"


class SignIn(Record):
    """One signed-in client: a family of refresh tokens of which only the latest works.

    A refresh token that was used before comes from a thief or from a client that was robbed: the whole
    family is revoked. Source: RFC 9700, section 4.14.2.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    current_token = models.CharField(max_length=32)
    scope = models.TextField()
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} since {self.created_at:%Y-%m-%d}"
