"""Accounts with what they hold."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from core.domain.money import DECIMAL_PLACES, MAX_DIGITS
from transactions.models import Account, Transaction

AMOUNT: "DecimalField[Any, Any]" = DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)


def accounts_with_balances() -> QuerySet[Account]:
    """Accounts with ``balance`` (opening balance and posted rows) and ``pending`` (rows not yet booked)."""
    return Account.objects.annotate(
        balance=F("opening_balance") + _sum(Transaction.Status.POSTED),
        pending=_sum(Transaction.Status.PENDING),
    )


def _sum(status: str) -> Any:
    live = Q(transactions__deleted_at=None, transactions__status=status)
    total = Sum("transactions__account_amount", filter=live, output_field=AMOUNT)
    return Coalesce(total, Value(Decimal(0)), output_field=AMOUNT)
