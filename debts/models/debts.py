"""A debt, the balances inside it, and what it asks for."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import OwnedQuerySet, Record, amount_field, currency_field
from debts.domain.terms import (
    MAX_APR,
    MAX_MONTHS,
    Accrual,
    BalanceBasis,
    MinimumGoesTo,
    MinimumRule,
    SegmentKind,
)
from transactions.models import Account

if TYPE_CHECKING:
    from debts.models.payments import DebtPayment


def choices_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """A domain enumeration as a field's choices."""
    return [(each.value, each.value.replace("_", " ")) for each in words]


SEGMENT_KINDS = choices_of(SegmentKind)


class Debt(Record):
    """Money owed to one lender, in one currency.

    Its segments say what was owed on ``balance_on``; payments after that day are replayed on top, so that the
    balance of any later day is derived. ``position`` is the person's own order.
    """

    class Kind(models.TextChoices):
        CREDIT_CARD = "credit_card"
        STUDENT = "student"
        AUTO = "auto"
        MORTGAGE = "mortgage"
        PERSONAL = "personal"
        MEDICAL = "medical"
        TAX = "tax"
        FAMILY = "family"
        LINE_OF_CREDIT = "line_of_credit"
        INSTALMENT = "instalment"

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAID_OFF = "paid_off"
        IN_COLLECTION = "in_collection"
        PAUSED = "paused"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="debts")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=14, choices=Kind)
    lender = models.CharField(max_length=100, blank=True)
    currency = currency_field()
    account = models.ForeignKey(
        Account,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="debts",
        help_text="The ledger's account of this debt, where it has one.",
    )
    status = models.CharField(max_length=13, choices=Status, default=Status.ACTIVE)
    opened_on = models.DateField(null=True, blank=True)
    balance_on = models.DateField(help_text="The day on which the segments' amounts were owed.")
    due_day = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    credit_limit = amount_field(null=True, blank=True)
    accrual = models.CharField(max_length=16, choices=choices_of(Accrual), default=Accrual.MONTHLY)
    minimum_rule = models.CharField(max_length=21, choices=choices_of(MinimumRule), default=MinimumRule.NONE)
    minimum_amount = amount_field(default=0)
    minimum_percent = models.DecimalField(max_digits=8, decimal_places=4, default=0)
    minimum_floor = amount_field(default=0)
    minimum_of = models.CharField(
        max_length=23, choices=choices_of(BalanceBasis), default=BalanceBasis.AFTER_INTEREST
    )
    minimum_months = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MAX_MONTHS)])
    minimum_goes_to = models.CharField(
        max_length=11, choices=choices_of(MinimumGoesTo), default=MinimumGoesTo.LOWEST_APR
    )
    monthly_fee = amount_field(default=0)
    annual_fee = amount_field(default=0)
    annual_fee_month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    late_fee = amount_field(default=0)
    notes = models.TextField(max_length=5000, blank=True)
    position = models.PositiveIntegerField(default=0)

    # Where ``debts_with_history`` has read them: its segments, and the payments that count.
    parts: list["BalanceSegment"]
    paid: list["DebtPayment"]

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="debt_name_unique_per_person",
                violation_error_code="DEBT_NAME_TAKEN",
                violation_error_message="You have a debt of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    minimum_amount__gte=0,
                    minimum_floor__gte=0,
                    monthly_fee__gte=0,
                    annual_fee__gte=0,
                    late_fee__gte=0,
                ),
                name="debt_amounts_not_negative",
                violation_error_message="Minimums and fees cannot be negative.",
            ),
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gt=0),
                name="debt_credit_limit_positive",
                violation_error_message="A credit limit is more than nothing.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_percent__gte=0, minimum_percent__lte=100),
                name="debt_minimum_percent_0_to_100",
                violation_error_message="The percentage of the minimum is from 0 to 100.",
            ),
        )
        indexes = (models.Index(fields=["user", "position", "id"], name="debt_by_position"),)

    def __str__(self) -> str:
        return self.name


class BalanceSegment(models.Model):
    """A part of a debt with a rate of its own; ``amount`` was owed on the debt's ``balance_on``.

    Until ``promo_until``, that day included, ``promo_apr`` holds, then ``apr``. With ``is_deferred`` no interest
    is charged until then, but all of it at ``apr``, at once, if the segment is not cleared by that day.
    """

    id = models.BigAutoField(primary_key=True)
    debt = models.ForeignKey(Debt, on_delete=models.CASCADE, related_name="segments")
    kind = models.CharField(max_length=9, choices=SEGMENT_KINDS, default=SegmentKind.PURCHASES)
    amount = amount_field()
    apr = models.DecimalField(max_digits=8, decimal_places=4, verbose_name="APR")
    promo_apr = models.DecimalField(
        max_digits=8, decimal_places=4, null=True, blank=True, verbose_name="promotional APR"
    )
    promo_until = models.DateField(null=True, blank=True)
    is_deferred = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="segment_amount_not_negative",
                violation_error_message="What is owed cannot be negative.",
            ),
            models.CheckConstraint(
                condition=Q(apr__gte=0, apr__lte=MAX_APR)
                & (Q(promo_apr__isnull=True) | Q(promo_apr__gte=0, promo_apr__lte=MAX_APR)),
                name="segment_apr_0_to_1000",
                violation_error_message="An APR is from 0 to 1000 percent.",
            ),
            models.CheckConstraint(
                condition=Q(promo_until__isnull=False) | Q(promo_apr__isnull=True, is_deferred=False),
                name="segment_promotion_has_an_end",
                violation_error_message="Say until when the promotion holds.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} at {self.apr} %"


class RateChange(models.Model):
    """A variable rate's next step: from ``on``, ``apr`` holds on the segment."""

    id = models.BigAutoField(primary_key=True)
    segment = models.ForeignKey(BalanceSegment, on_delete=models.CASCADE, related_name="rate_changes")
    on = models.DateField()
    apr = models.DecimalField(max_digits=8, decimal_places=4, verbose_name="APR")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["segment", "on"],
                name="rate_change_once_a_day",
                violation_error_message="A rate changes once a day.",
            ),
            models.CheckConstraint(
                condition=Q(apr__gte=0, apr__lte=MAX_APR),
                name="rate_change_apr_0_to_1000",
                violation_error_message="An APR is from 0 to 1000 percent.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.apr} % from {self.on}"
