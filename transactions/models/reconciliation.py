"""Balances held against what the bank says."""

from django.conf import settings
from django.db import models

from core.models import OwnedQuerySet, Record, amount_field
from transactions.models.accounts import Account


class Reconciliation(Record):
    """A statement's balance of an account at the end of a day; whether the ledger agrees is derived."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reconciliations"
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reconciliations")
    on = models.DateField()
    statement_balance = amount_field()
    notes = models.CharField(max_length=500, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "on"],
                name="reconciliation_once_a_day",
                violation_error_code="RECONCILIATION_EXISTS",
                violation_error_message="This account has a balance for this day already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} on {self.on}"
