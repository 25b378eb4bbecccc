"""How goals and snapshots can be narrowed down."""

from core.filters import ContractFilterSet, CurrencyFilter, DayFilter
from goals.models import Goal, Snapshot


class GoalFilter(ContractFilterSet):
    currency = CurrencyFilter()

    class Meta:
        model = Goal
        fields = ("kind", "status", "currency", "is_primary", "account")


class SnapshotFilter(ContractFilterSet):
    currency = CurrencyFilter()
    date_from = DayFilter("on", "gte", help_text="First day, YYYY-MM-DD.")
    date_to = DayFilter("on", "lte", help_text="Last day, itself included.")

    class Meta:
        model = Snapshot
        fields = ("currency",)
