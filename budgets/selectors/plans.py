"""Periods with what is allotted in them."""

from typing import Any

from django.db.models import DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

AMOUNT: "DecimalField[Any, Any]" = DecimalField(max_digits=19, decimal_places=4)
ROLLED_IN = Coalesce(Sum("allocations__rolled_in"), Value(0), output_field=AMOUNT)
ALLOTTED = Coalesce(Sum("allocations__amount"), Value(0), output_field=AMOUNT)


def with_allotted(periods: QuerySet[Any]) -> QuerySet[Any]:
    """Periods with ``allotted``, of all allocations together, and ``unallocated``.

    That is the income less everything allotted of it; what rolled in was the income of an earlier period.
    """
    annotated: QuerySet[Any] = periods.annotate(allotted=ALLOTTED).annotate(
        unallocated=F("income_expected") - F("allotted") + ROLLED_IN
    )
    return annotated
