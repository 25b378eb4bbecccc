"""How notifications can be narrowed down."""

import django_filters

from core.filters import ContractFilterSet
from core.models import Notification


class NotificationFilter(ContractFilterSet):
    is_read = django_filters.BooleanFilter("read_at", "isnull", exclude=True)

    class Meta:
        model = Notification
        fields = ("topic",)
