"""What was spent and earned, from the ledger."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from budgets.models import BudgetPeriod
from core.aggregates import MoneySum
from core.domain.money import from_minor, minor_digits, nearest_minor
from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup
from transactions.models import Category, RecurringSeries, Transaction
from transactions.selectors.rates import converted

NOT_SPENT = {CategoryGroup.INCOME, CategoryGroup.TRANSFERS}
COMES_ROUND = Exists(
    RecurringSeries.occurrences.through.objects.filter(transaction_id=OuterRef("pk")).exclude(
        recurringseries__status=RecurringSeries.Status.REJECTED
    )
)


class Spent(NamedTuple):
    """What one category came to on one day, in minor units of the person's base currency; refunds take off.

    What comes round, as bills do, is told apart from the rest.
    """

    category_id: UUID
    parent_id: UUID | None
    day: date
    comes_round: bool
    amount: int


def spending(user_id: UUID, *, first: date, last: date, currency: str) -> list[Spent]:
    """Spending of a person by category and day, in two queries whatever they spent.

    Transfers, income and ignored rows are not spending; the parts of a split row count in their own categories.
    Foreign rows count at the rate of their day, those without a rate not at all. ``currency`` is the person's base
    currency.
    """
    own = Category.objects.filter(user_id=user_id).order_by()
    categories = list(own.values_list("pk", "group", "code", "parent_id"))
    unknown = [pk for pk, _, code, _ in categories if code == UNCATEGORISED]
    digits = minor_digits(currency)
    spending_on = {pk: (pk, parent) for pk, group, _, parent in categories if group not in NOT_SPENT}
    grouped = (
        _counted(user_id, first=first, last=last)
        .order_by()
        .annotate(
            part_of=Coalesce("splits__category_id", "category_id"),
            worth=Coalesce("splits__base_amount", "base_amount"),
            comes_round=COMES_ROUND,
        )
        .exclude(part_of__in=unknown, worth__gt=0)
        .values("part_of", "date", "comes_round")
        .annotate(total=MoneySum("worth"))
        .values_list("part_of", "date", "comes_round", "total")
    )
    return [
        # As ``nearest_minor`` has it, without asking for the digits of each of very many.
        Spent(*category, day, comes_round, -round(total.scaleb(digits)))
        for category_id, day, comes_round, total in grouped
        if total is not None and (category := spending_on.get(category_id))
    ]


def in_currency(spent: Sequence[Spent], period: BudgetPeriod, *, base: str) -> Sequence[Spent]:
    """The same in the currency of a period, at the rate of each day; it is left out where there is none."""
    if period.currency == base:
        return spent
    worths = (
        (each, converted(from_minor(each.amount, base), source=base, target=period.currency, on=each.day))
        for each in spent
        if each.day in period.span
    )
    return [
        each._replace(amount=nearest_minor(worth, period.currency))
        for each, worth in worths
        if worth is not None
    ]


def unconverted(user_id: UUID, *, first: date, last: date) -> int:
    """How many rows of these days have no rate to the base currency, and so count nowhere."""
    rows = Transaction.objects.live().filter(user_id=user_id, date__gte=first, date__lte=last)
    count: int = rows.filter(base_amount=None, is_ignored=False, transfer=None).count()
    return count


def income_received(user_id: UUID, *, first: date, last: date) -> Decimal:
    """Income of these days in the base currency."""
    rows = _counted(user_id, first=first, last=last)
    earned = Q(category__group=CategoryGroup.INCOME) | Q(category__code=UNCATEGORISED, amount__gt=0)
    total: Decimal | None = rows.filter(earned).aggregate(total=MoneySum("base_amount"))["total"]
    return total or Decimal(0)


def _counted(user_id: UUID, *, first: date, last: date) -> QuerySet[Transaction]:
    rows: QuerySet[Transaction] = Transaction.objects.live().filter(
        user_id=user_id, date__gte=first, date__lte=last, is_ignored=False, transfer=None
    )
    return rows
