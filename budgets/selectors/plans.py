"""Periods with what is allotted in them."""

from decimal import Decimal
from typing import Protocol

from django.db.models import F, QuerySet

from budgets.models import BudgetPeriod
from core.aggregates import MoneySum, exact

ROLLED_IN = MoneySum("allocations__rolled_in", default=0)
ALLOTTED = MoneySum("allocations__amount", default=0)


class PeriodTotals(Protocol):
    """A period as ``with_allotted`` reads it."""

    currency: str
    allotted: Decimal
    rolled_in: Decimal
    unallocated: Decimal


def with_allotted(periods: QuerySet[BudgetPeriod]) -> QuerySet[BudgetPeriod]:
    """Periods with ``allotted`` and ``rolled_in`` of all allocations together, and what is ``unallocated``.

    It adds up: income_expected + rolled_in - allotted = unallocated. What rolled in was the income of an earlier
    period and is part of what is allotted; below zero it is an overspending that this period bears.
    """
    return periods.annotate(allotted=ALLOTTED, rolled_in=ROLLED_IN).annotate(
        unallocated=exact(F("income_expected") + F("rolled_in") - F("allotted"))
    )
