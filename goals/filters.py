"""How goals and snapshots can be narrowed down."""

import django_filters

from core.filters import ContractFilterSet
from goals.models import Goal, Snapshot


class GoalFilter(ContractFilterSet):
    class Meta:
        model = Goal
        fields = ("kind", "status", "currency", "is_primary", "account")


class SnapshotFilter(ContractFilterSet):
    date_from = django_filters.DateFilter("on", "gte", help_text="First day, YYYY-MM-DD.")
    date_to = django_filters.DateFilter("on", "lte", help_text="Last day, itself included.")

    class Meta:
        model = Snapshot
        fields = ("currency",)
