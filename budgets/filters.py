"""How budgets can be narrowed down."""

from budgets.models import BudgetPeriod, Redistribution
from core.filters import ContractFilterSet, DayFilter


class BudgetPeriodFilter(ContractFilterSet):
    on = DayFilter(method="with_day", help_text="The period that has this day.")

    class Meta:
        model = BudgetPeriod
        fields = ("status", "kind")

    def with_day(self, queryset, name, value):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        return queryset.filter(first_on__lte=value, last_on__gte=value)


class RedistributionFilter(ContractFilterSet):
    class Meta:
        model = Redistribution
        fields = ("status", "trigger", "period")
