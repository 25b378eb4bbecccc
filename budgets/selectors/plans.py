"""Periods with what is allotted in them."""

from typing import Any

from django.db.models import F, QuerySet

from core.aggregates import MoneySum

ROLLED_IN = MoneySum("allocations__rolled_in", default=0)
ALLOTTED = MoneySum("allocations__amount", default=0)


def with_allotted(periods: QuerySet[Any]) -> QuerySet[Any]:
    """Periods with ``allotted``, of all allocations together, and ``unallocated``.

    That is the income less everything allotted of it; what rolled in was the income of an earlier period.
    """
    annotated: QuerySet[Any] = periods.annotate(allotted=ALLOTTED).annotate(
        unallocated=F("income_expected") - F("allotted") + ROLLED_IN
    )
    return annotated
