"""What comes round: bills, subscriptions, pay."""

from collections.abc import Iterable
from typing import TypedDict

from django.conf import settings
from django.db import models

from core.models import OwnedQuerySet, Record, amount_field, currency_field
from transactions.domain.recurring import Kind, Period
from transactions.models.classification import Merchant
from transactions.models.ledger import Transaction


class KeptChange(TypedDict):
    """A change of price as it is kept: the day in ISO 8601, amounts as decimal strings."""

    on: str
    before: str
    after: str


def _choices(values: Iterable[Kind] | Iterable[Period]) -> list[tuple[str, str]]:
    return [(each.value, each.value.replace("_", " ")) for each in values]


class RecurringSeries(Record):
    """Rows that come round, as found in the history, and what the person says of it.

    ``key`` recognises it when it is found again. ``expected`` is signed, outflow negative; ``spread`` is how far
    off such a forecast was in the median. A confirmed series stays when it is no longer found, a rejected one is
    never suggested again.
    """

    class Status(models.TextChoices):
        SUGGESTED = "suggested"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recurring_series"
    )
    key = models.CharField(max_length=200, editable=False)
    name = models.CharField(max_length=100)
    merchant = models.ForeignKey(
        Merchant, on_delete=models.SET_NULL, null=True, blank=True, related_name="recurring_series"
    )
    kind = models.CharField(max_length=12, choices=_choices(Kind))
    period = models.CharField(max_length=12, choices=_choices(Period))
    currency = currency_field()
    expected = amount_field()
    spread = amount_field()
    first_on = models.DateField()
    last_on = models.DateField()
    next_on = models.DateField(null=True, blank=True)
    tolerance_days = models.PositiveSmallIntegerField()
    price_changes: "models.JSONField[list[KeptChange], list[KeptChange]]" = models.JSONField(default=list)
    missed: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    is_ended = models.BooleanField(default=False)
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    reasons: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    status = models.CharField(max_length=9, choices=Status, default=Status.SUGGESTED)
    occurrences = models.ManyToManyField(Transaction, related_name="recurring_series")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "recurring series"
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="recurring_series_once"),)
        indexes = (models.Index(fields=["user", "next_on"], name="recurring_by_day"),)

    def __str__(self) -> str:
        return self.name
