"""Warnings of categories that run out."""

from budgets.scopes import MANAGE_BUDGET, READ_BUDGET
from core.models import Notification
from core.notifications.views import NotificationViewSet


class BudgetAlertViewSet(NotificationViewSet):
    """Your notifications about budgets; each warning comes once a period."""

    queryset = Notification.objects.filter(topic__startswith="budget.")
    read_scope = READ_BUDGET
    write_scope = MANAGE_BUDGET
