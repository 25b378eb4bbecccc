"""When a person is paid."""

from datetime import date
from typing import Any

from transactions.domain.recurring import Kind, Period
from transactions.domain.recurring.upcoming import due_days
from transactions.models import RecurringSeries
from users.models import User


def coming_pay_days(user: User, *, today: date, until: date) -> list[date]:
    """The days from today to another one on which the largest regular income is due; empty without one."""
    series: Any = (
        RecurringSeries.objects.for_user(user)
        .filter(kind=Kind.INCOME, is_ended=False, next_on__isnull=False)
        .exclude(status=RecurringSeries.Status.REJECTED)
        .order_by("-expected", "pk")
        .first()
    )
    if series is None:
        return []
    due = due_days(Period(series.period), last_on=series.last_on, next_on=series.next_on, until=until)
    return [day for day in due if day >= today]
