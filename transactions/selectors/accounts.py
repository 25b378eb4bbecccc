"""Accounts with what they hold."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.aggregates import AMOUNT, MoneySum, exact
from transactions.models import Account, Reconciliation, Transaction

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Holding(TypedDict):
        balance: Decimal
        pending: Decimal

    class Agreement(TypedDict):
        ledger_balance: Decimal
        pending: Decimal
        difference: Decimal

    AccountWithBalances = WithAnnotations[Account, Holding]
    JudgedReconciliation = WithAnnotations[Reconciliation, Agreement]


def accounts_with_balances() -> "QuerySet[AccountWithBalances]":
    """Accounts with ``balance`` (opening balance and posted rows) and ``pending`` (rows not yet booked)."""
    return Account.objects.annotate(
        balance=exact(F("opening_balance") + _sum(Transaction.Status.POSTED)),
        pending=_sum(Transaction.Status.PENDING),
    )


def accounts_on(day: date) -> QuerySet[Account]:
    """Accounts with ``balance`` as it was at the end of a day: opening balance and rows posted up to then."""
    rows = (
        Transaction.objects.live()
        .filter(account=OuterRef("pk"), date__lte=day, status=Transaction.Status.POSTED)
        .order_by()
        .values("account")
        .annotate(total=MoneySum("account_amount"))
        .values("total")
    )
    moved = Coalesce(Subquery(rows, output_field=AMOUNT), Value(Decimal(0)), output_field=AMOUNT)
    return Account.objects.annotate(balance=exact(F("opening_balance") + moved))


def _sum(status: str) -> Coalesce:
    live = Q(transactions__deleted_at=None, transactions__status=status)
    total = MoneySum("transactions__account_amount", filter=live)
    return Coalesce(total, Value(Decimal(0)), output_field=AMOUNT)


def reconciliations_with_balances() -> "QuerySet[JudgedReconciliation]":
    """Reconciliations with ``ledger_balance`` and ``pending`` of their day, and the ``difference`` that is left."""
    found: QuerySet[JudgedReconciliation] = (
        Reconciliation.objects.select_related("account")
        .annotate(
            ledger_balance=exact(F("account__opening_balance") + _sum_by_day(Transaction.Status.POSTED))
        )
        .annotate(pending=_sum_by_day(Transaction.Status.PENDING))
        .annotate(difference=exact(F("statement_balance") - F("ledger_balance")))
    )
    return found


def _sum_by_day(status: str) -> Coalesce:
    rows = (
        Transaction.objects.live()
        .filter(account=OuterRef("account"), date__lte=OuterRef("on"), status=status)
        .order_by()
        .values("account")
        .annotate(total=MoneySum("account_amount"))
        .values("total")
    )
    return Coalesce(Subquery(rows, output_field=AMOUNT), Value(Decimal(0)), output_field=AMOUNT)
