"""How a person budgets."""

from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from budgets.domain.envelopes import Mode
from budgets.domain.periods import PeriodKind
from core.models import OwnedQuerySet, amount_field


def choices_of(values: type[StrEnum]) -> list[tuple[str, str]]:
    """A domain's words as the choices of a column."""
    return [(each.value, each.value.replace("_", " ")) for each in values]


PERIOD_KINDS = choices_of(PeriodKind)


class BudgetSettings(models.Model):
    """What new periods begin with; amounts are in the person's base currency.

    ``anchor`` is a day on which a period begins. The parts of the split are per cent of the income; what they leave
    of 100 is not allotted. ``planned_on`` is the person's day of the last nightly run.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="budget_settings"
    )
    period = models.CharField(max_length=10, choices=PERIOD_KINDS, default=PeriodKind.MONTH)
    anchor = models.DateField(null=True, blank=True)
    needs = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    wants = models.PositiveSmallIntegerField(default=30, validators=[MaxValueValidator(100)])
    savings = models.PositiveSmallIntegerField(default=20, validators=[MaxValueValidator(100)])
    mode = models.CharField(max_length=8, choices=choices_of(Mode), default=Mode.SPREAD)
    buffer = amount_field(default=Decimal(0))
    planned_on = models.DateField(null=True, blank=True, editable=False, db_index=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "budget settings"
        constraints = (
            models.CheckConstraint(
                condition=Q(needs__lte=100 - F("wants") - F("savings")),
                name="budget_split_at_most_100",
                violation_error_code="SPLIT_OVER_100",
                violation_error_message="Needs, wants and savings are more than 100 %% together.",
            ),
            models.CheckConstraint(
                condition=Q(buffer__gte=0),
                name="budget_buffer_not_negative",
                violation_error_message="A buffer is not negative.",
            ),
        )

    def __str__(self) -> str:
        return f"Budget settings of {self.user_id}"
