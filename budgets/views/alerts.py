"""Warnings of categories that run out."""

from core.models import Notification
from core.notifications.views import NotificationViewSet
from core.scopes import Scope


class BudgetAlertViewSet(NotificationViewSet):
    """Your notifications about budgets; each warning comes once a period."""

    queryset = Notification.objects.filter(topic__startswith="budget.")
    read_scope = Scope.READ_BUDGET
    write_scope = Scope.MANAGE_BUDGET
