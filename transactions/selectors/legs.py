"""Rows that may belong together."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from core.aggregates import MoneySum
from core.domain.money import to_minor
from core.serializers import said
from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup
from transactions.domain.linking import (
    MAX_REFUND_DAYS,
    MAX_TRANSFER_DAYS,
    Apart,
    Leg,
    Pair,
    find_refunds,
    find_transfers,
)
from transactions.models import KeptApart, Transaction
from users.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedTransfer:
    """Two rows that look like the halves of a transfer."""

    outflow: UUID
    inflow: UUID
    score: int = said("How sure it is, to 100.")
    reasons: tuple[str, ...]


def suggested_transfers(user: User, *, first: date) -> list[SuggestedTransfer]:
    """Pairs of unlinked rows from a day on that look like transfers, the likeliest first."""
    return [
        SuggestedTransfer(
            outflow=UUID(pair.first), inflow=UUID(pair.second), score=pair.score, reasons=pair.reasons
        )
        for pair in possible_transfers(user, first=first)
    ]


def possible_transfers(user: User, *, first: date) -> list[Pair]:
    """Pairs of unlinked rows from a day on that look like transfers, the likeliest first."""
    rows = _rows(user, first - timedelta(days=MAX_TRANSFER_DAYS)).filter(transfer=None).exclude(amount=0)
    return find_transfers(_legs(rows), apart=_apart(user))


def possible_refunds(user: User, *, first: date) -> list[Pair]:
    """Money from merchants from a day on, with the purchases that it may be of."""
    earliest = first - timedelta(days=MAX_REFUND_DAYS)
    shopping = (
        _rows(user, earliest)
        .filter(transfer=None, merchant__isnull=False)
        .exclude(category__group__in=[CategoryGroup.INCOME, CategoryGroup.TRANSFERS])
    )
    incoming = shopping.filter(amount__gt=0, refund_of=None, date__gte=first)
    merchants = set(incoming.values_list("merchant_id", flat=True))
    if not merchants:
        return []
    purchases = shopping.filter(amount__lt=0, merchant_id__in=merchants)
    refunded = _refunded(purchases)
    return find_refunds(_legs(incoming), _legs(purchases), refunded=refunded, apart=_apart(user))


def _rows(user: User, earliest: date) -> "QuerySet[Transaction]":
    rows: QuerySet[Transaction] = Transaction.objects.for_user(user).live().filter(date__gte=earliest)
    return rows


class _Columns(NamedTuple):
    """What is read of a row, by the names that the query knows."""

    pk: UUID
    date: date
    account_id: UUID
    amount: Decimal
    currency: str
    description: str
    account__number: str
    account__name: str
    merchant_id: UUID | None
    category__group: str
    category__code: str
    category_source: str


def _legs(rows: "QuerySet[Transaction]") -> list[Leg]:
    return [_leg(_Columns._make(row)) for row in rows.order_by("date", "pk").values_list(*_Columns._fields)]


def _leg(row: _Columns) -> Leg:
    return Leg(
        key=str(row.pk),
        day=row.date,
        account=str(row.account_id),
        amount=to_minor(row.amount, row.currency),
        currency=row.currency,
        text=row.description,
        names=(row.account__number, row.account__name),
        merchant=str(row.merchant_id or ""),
        is_transfer=row.category__group == CategoryGroup.TRANSFERS,
        # What looks like saving is where a transfer to own savings is put.
        is_open=(row.category__code == UNCATEGORISED or row.category__group == CategoryGroup.SAVINGS)
        and row.category_source != Transaction.CategorySource.MANUAL,
    )


def _apart(user: User) -> Apart:
    pairs = KeptApart.objects.for_user(user).values_list("first_id", "second_id")
    return frozenset(frozenset((str(first), str(second))) for first, second in pairs)


def _refunded(purchases: "QuerySet[Transaction]") -> dict[str, int]:
    back = (
        Transaction.objects.live()
        .filter(refund_of__in=purchases.order_by())
        .values("refund_of", "refund_of__currency")
        .annotate(total=MoneySum("amount"))
    )
    return {
        str(each["refund_of"]): to_minor(each["total"], each["refund_of__currency"])
        for each in back
        if each["total"]
    }
