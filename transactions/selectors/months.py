"""The whole months of a ledger: what came in, and what was spent in which category."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from transactions.domain.category_tree import CategoryGroup
from transactions.domain.kinds import TransactionKind
from transactions.models import Transaction
from transactions.selectors.summary import summed_up
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
    """The months before that of today, at most so many, from the first that has a row; in two queries.

    Transfers, ignored rows and rows without a rate count as neither income nor spending, and what goes into a
    category of the group savings is not spent. A month without rows between others is one of nothing.
    """
    return whole_months_of([user], today=today, most=most)[user.pk]


def whole_months_of(people: Collection[User], *, today: date, most: int) -> dict[UUID, list[LedgerMonth]]:
    """``whole_months`` of each of these people, whose day it is, by their ids; in as many queries as of one."""
    until = today.replace(day=1)
    rows = Transaction.objects.live().filter(
        user__in=[person.pk for person in people], date__gte=month_before(until, most), date__lt=until
    )
    income: dict[UUID, dict[date, Decimal]] = {person.pk: {} for person in people}
    spent: dict[tuple[UUID, date], dict[UUID, Decimal]] = {}
    for record in summed_up(rows, group_by=("person", "month"), counted=NOT_SAVED):
        kind = record.kind
        if kind == TransactionKind.TRANSFER or record.total is None:
            continue
        person, first = UUID(record.key[0]), date.fromisoformat(str(record.key[1]))
        earned = income[person].setdefault(first, Decimal(0))
        if kind == TransactionKind.INCOME:
            income[person][first] = earned + record.total
        else:
            by_category = spent.setdefault((person, first), {})
            by_category[record.category] = by_category.get(record.category, Decimal(0)) - record.total
    firsts = [month_before(until, back) for back in range(most, 0, -1)]
    return {person: _months(firsts, earned, spent, person) for person, earned in income.items()}


def _months(
    firsts: Iterable[date],
    income: Mapping[date, Decimal],
    spent: Mapping[tuple[UUID, date], Mapping[UUID, Decimal]],
    person: UUID,
) -> list[LedgerMonth]:
    begun = min(income, default=date.max)
    return [
        LedgerMonth(
            first,
            income.get(first, Decimal(0)),
            {category: total for category, total in spent.get((person, first), {}).items() if total},
        )
        for first in firsts
        if first >= begun
    ]


def month_before(first: date, count: int) -> date:
    """The first day of the month that lies so many months before that of a day."""
    years, month = divmod(first.year * MONTHS_A_YEAR + first.month - 1 - count, MONTHS_A_YEAR)
    return date(years, month + 1, 1)
