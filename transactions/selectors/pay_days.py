"""When a person is paid."""

from datetime import date

from transactions.domain.recurring import Kind, Period
from transactions.domain.recurring.upcoming import due_days
from transactions.models import RecurringSeries
from users.models import User


def coming_pay_days(user: User, *, today: date, until: date) -> list[date]:
    """The days from today to another one on which the largest regular income is due; empty without one."""
    series = _largest_income(user)
    return [] if series is None else [day for day in _due(series, until) if day >= today]


def pay_days(user: User, *, until: date) -> list[date]:
    """The days on which the largest regular income came, and will come up to a day; empty without one."""
    series = _largest_income(user)
    if series is None:
        return []
    return sorted({*series.occurrences.values_list("date", flat=True), *_due(series, until)})


def _largest_income(user: User) -> RecurringSeries | None:
    running = RecurringSeries.objects.for_user(user).filter(
        kind=Kind.INCOME, is_ended=False, next_on__isnull=False
    )
    rejected = RecurringSeries.Status.REJECTED
    return running.exclude(status=rejected).order_by("-expected", "pk").first()


def _due(series: RecurringSeries, until: date) -> list[date]:
    if series.next_on is None:
        return []
    return due_days(Period(series.period), last_on=series.last_on, next_on=series.next_on, until=until)
