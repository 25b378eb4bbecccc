"""How notifications can be narrowed down."""

from core.filters import ContractFilterSet, TrueOrFalseFilter
from core.models import Notification


class NotificationFilter(ContractFilterSet):
    is_read = TrueOrFalseFilter("read_at", "isnull", exclude=True)

    class Meta:
        model = Notification
        fields = ("topic",)
