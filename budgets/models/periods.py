"""Periods, and what each category may spend in them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from budgets.domain.envelopes import Mode, Pattern, Rollover
from budgets.domain.periods import Span
from budgets.models.settings import PERIOD_KINDS, choices_of
from core.models import OwnedQuerySet, Record, amount_field, currency_field
from transactions.models import Category


class BudgetPeriod(Record):
    """A stretch of the person's days with an income, both ends included; a closed one has its report."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="budget_periods", db_index=False
    )
    kind = models.CharField(max_length=10, choices=PERIOD_KINDS)
    first_on = models.DateField()
    last_on = models.DateField()
    currency = currency_field()
    income_expected = amount_field()
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    report: "models.JSONField[object, dict[str, object] | None]" = models.JSONField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "first_on"],
                name="budget_period_once",
                violation_error_code="PERIOD_EXISTS",
                violation_error_message="You have a budget that begins on this day already.",
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="budget_period_has_days"),
            models.CheckConstraint(
                condition=Q(income_expected__gte=0),
                name="budget_income_not_negative",
                violation_error_message="An income is not negative.",
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(report__isnull=False), name="budget_closed_with_report"
            ),
        )
        indexes = (
            models.Index(fields=["user", "last_on"], name="budget_period_by_end"),
            models.Index(fields=["last_on"], condition=Q(status="open"), name="budget_period_to_close"),
        )

    def __str__(self) -> str:
        return f"{self.first_on} to {self.last_on}"

    @property
    def span(self) -> Span:
        return Span(self.first_on, self.last_on)


class Allocation(Record):
    """What one category and those below it may spend in a period.

    ``planned`` holds the plan of each day in minor units and adds up to ``amount``, of which ``rolled_in`` came from
    the period before. ``by_hand`` are days that the person gave an amount, ``locked_days`` those that keep theirs.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="allocations", db_index=False
    )
    period = models.ForeignKey(
        BudgetPeriod, on_delete=models.CASCADE, related_name="allocations", db_index=False
    )
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="allocations")
    amount = amount_field()
    rolled_in = amount_field(default=0)
    priority = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)], help_text="1 is the most important."
    )
    is_essential = models.BooleanField()
    is_locked = models.BooleanField(default=False)
    rollover = models.CharField(max_length=7, choices=choices_of(Rollover), default=Rollover.NONE)
    pattern = models.CharField(max_length=9, choices=choices_of(Pattern), default=Pattern.EVEN)
    mode = models.CharField(max_length=8, choices=choices_of(Mode), blank=True)
    planned: "models.JSONField[list[int], list[int]]" = models.JSONField()
    by_hand: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict, blank=True)
    locked_days: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["period", "category"],
                name="allocation_once_a_period",
                violation_error_code="ALLOCATION_EXISTS",
                violation_error_message="This period has an allocation for this category already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="allocation_not_negative",
                violation_error_message="An allocation is not negative.",
            ),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=5),
                name="allocation_priority_1_to_5",
                violation_error_message="The priority is a number from 1 to 5.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.category} in {self.period}"
