"""A person's finances on a day."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from core.models import OwnedQuerySet, Record, amount_field, currency_field

if TYPE_CHECKING:
    from decimal import Decimal


def ratio_field(help_text: str = "") -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A percentage or a number of months with one decimal; empty where there was nothing to divide by."""
    return models.DecimalField(max_digits=19, decimal_places=1, null=True, blank=True, help_text=help_text)


class Snapshot(Record):
    """Assets and debts of one day in ``currency``, the person's base currency then; one a day.

    ``income`` and ``spending`` are totals over so many full ``months`` before. ``answer`` holds the accounts and
    debts by name, and what is ``left_out`` because there is no rate to the currency.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snapshots", db_index=False
    )
    on = models.DateField()
    currency = currency_field()
    months = models.PositiveSmallIntegerField()
    income = amount_field()
    spending = amount_field()
    assets = amount_field()
    debts = amount_field()
    net_worth = amount_field()
    savings_rate = ratio_field("Per cent of the income.")
    months_of_runway = ratio_field()
    debt_to_income = ratio_field("Per cent of the income.")
    answer: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField(default=dict)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "on"], name="snapshot_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.on} {self.net_worth} {self.currency}"
