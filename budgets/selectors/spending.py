"""What was spent and earned, from the ledger."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from core.domain.money import round_to_minor, to_minor
from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup
from transactions.models import RecurringSeries, Split, Transaction

NOT_SPENT = {CategoryGroup.INCOME, CategoryGroup.TRANSFERS}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one category came to on one day, in minor units of the person's base currency; refunds take off.

    What comes round, as bills do, is told apart from the rest.
    """

    user_id: UUID
    category_id: UUID
    parent_id: UUID | None
    day: date
    comes_round: bool
    amount: int


def spending(user_ids: Iterable[UUID], *, first: date, last: date, currency: str) -> list[Spent]:
    """Spending of these people by category and day, in two queries whatever they spent.

    Transfers, income and ignored rows are not spending; the parts of a split row count in their own categories.
    Foreign rows count at the rate of their day, those without a rate not at all. ``currency`` is the base
    currency of all these people.
    """
    rows = _counted(user_ids, first=first, last=last)
    whole = rows.filter(~Exists(Split.objects.filter(transaction=OuterRef("pk"))))
    parts = Split.objects.filter(transaction__in=rows.order_by())
    totals: Counter[tuple[UUID, UUID, UUID | None, date, bool]] = Counter()
    for record in [*_grouped(whole, path=""), *_grouped(parts, path="transaction__")]:
        key = (record["whose"], record["what"], record["above"], record["day"], record["comes_round"])
        totals[key] -= to_minor(round_to_minor(record["total"], currency), currency)
    return [Spent(*key, amount) for key, amount in totals.items()]


def unconverted(user_id: UUID, *, first: date, last: date) -> int:
    """How many rows of these days have no rate to the base currency, and so count nowhere."""
    rows = Transaction.objects.live().filter(user_id=user_id, date__gte=first, date__lte=last)
    count: int = rows.filter(base_amount=None, is_ignored=False, transfer=None).count()
    return count


def income_received(user_id: UUID, *, first: date, last: date) -> Decimal:
    """Income of these days in the base currency."""
    rows = _counted([user_id], first=first, last=last)
    earned = Q(category__group=CategoryGroup.INCOME) | Q(category__code=UNCATEGORISED, amount__gt=0)
    total: Decimal | None = rows.filter(earned).aggregate(total=Sum("base_amount"))["total"]
    return total or Decimal(0)


def _counted(user_ids: Iterable[UUID], *, first: date, last: date) -> QuerySet[Transaction]:
    rows: QuerySet[Transaction] = Transaction.objects.live().filter(
        user_id__in=list(user_ids), date__gte=first, date__lte=last, is_ignored=False, transfer=None
    )
    return rows


def _grouped(rows: QuerySet[Any], *, path: str) -> QuerySet[Any, dict[str, Any]]:
    spent: QuerySet[Any, dict[str, Any]] = (
        rows.filter(base_amount__isnull=False)
        .exclude(category__group__in=NOT_SPENT)
        .exclude(category__code=UNCATEGORISED, amount__gt=0)
        .order_by()
        .annotate(comes_round=Exists(_coming_round(OuterRef(f"{path}pk"))))
        .values(
            "comes_round",
            whose=F(f"{path}user_id"),
            what=F("category_id"),
            above=F("category__parent_id"),
            day=F(f"{path}date"),
        )
        .annotate(total=Sum("base_amount"))
    )
    return spent


def _coming_round(row: OuterRef) -> QuerySet[Any]:
    occurrences: QuerySet[Any] = RecurringSeries.occurrences.through.objects.filter(transaction_id=row)
    return occurrences.exclude(recurringseries__status=RecurringSeries.Status.REJECTED)
