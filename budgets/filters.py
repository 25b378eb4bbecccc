"""How budgets can be narrowed down."""

from datetime import date

from django.db.models import QuerySet

from budgets.models import BudgetPeriod, Redistribution
from core.filters import ContractFilterSet, DayFilter


class BudgetPeriodFilter(ContractFilterSet):
    on = DayFilter(method="with_day", help_text="The period that has this day.")

    class Meta:
        model = BudgetPeriod
        fields = ("status", "kind")

    def with_day(self, queryset: QuerySet[BudgetPeriod], name: str, value: date) -> QuerySet[BudgetPeriod]:
        return queryset.filter(first_on__lte=value, last_on__gte=value)


class RedistributionFilter(ContractFilterSet):
    class Meta:
        model = Redistribution
        fields = ("status", "trigger", "period")
