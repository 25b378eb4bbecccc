"""The whole months of a ledger: what came in, and what was spent in which category."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from transactions.domain.category_tree import CategoryGroup
from transactions.models import Transaction
from transactions.selectors.summary import summary
from users.models import User

MONTHS_A_YEAR = 12
NOT_SAVED = ~Q(category__group=CategoryGroup.SAVINGS)


@dataclass(frozen=True, slots=True)
class LedgerMonth:
    """One calendar month in the base currency; a category with more refunds than purchases is negative."""

    first: date
    income: Decimal = Decimal(0)
    spent: Mapping[UUID, Decimal] = field(default_factory=dict)

    @property
    def spending(self) -> Decimal:
        return sum(self.spent.values(), Decimal(0))


def whole_months(user: User, *, today: date, most: int) -> list[LedgerMonth]:
    """The months before that of today, at most so many, from the first that has a row; in four queries.

    Transfers, ignored rows and rows without a rate count as neither income nor spending, and what goes into a
    category of the group savings is not spent. A month without rows between others is one of nothing.
    """
    until = today.replace(day=1)
    rows = (
        Transaction.objects.for_user(user).live().filter(date__gte=month_before(until, most), date__lt=until)
    )
    income: dict[date, Decimal] = {}
    spent: dict[date, dict[UUID, Decimal]] = {}
    found = summary(rows, group_by=("month", "category"), currency=user.base_currency, counted=NOT_SAVED)
    for line in found.lines:
        first = date.fromisoformat(str(line.key["month"]))
        income[first] = income.get(first, Decimal(0)) + line.income
        if line.spent:
            spent.setdefault(first, {})[UUID(line.key["category"])] = line.spent
    months = [month_before(until, back) for back in range(most, 0, -1)]
    return [
        LedgerMonth(first, income.get(first, Decimal(0)), spent.get(first, {}))
        for first in months
        if income and first >= min(income)
    ]


def month_before(first: date, count: int) -> date:
    """The first day of the month that lies so many months before that of a day."""
    years, month = divmod(first.year * MONTHS_A_YEAR + first.month - 1 - count, MONTHS_A_YEAR)
    return date(years, month + 1, 1)
