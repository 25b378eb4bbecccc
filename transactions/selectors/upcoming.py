"""What is expected to be paid and received next, by what comes round."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField

from transactions.domain.recurring import Kind, Period
from transactions.domain.recurring.upcoming import due_days
from transactions.models import Category, RecurringSeries, Transaction
from users.models import User


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One expected occurrence; ``amount`` is signed, outflow negative, ``category`` that of its latest row."""

    series_id: UUID
    name: str
    day: date
    amount: Decimal
    spread: Decimal
    currency: str
    is_income: bool
    category: Category | None


def upcoming(user: User, *, today: date, until: date) -> list[Upcoming]:
    """What is due up to a day, in the order of days.

    What should have come before ``today`` is still awaited within the days that the series is usually off, and missed
    after that. Series that have ended or that the person rejected are left out; two queries.
    """
    latest = Transaction.objects.filter(recurring_series=OuterRef("pk")).order_by("-date", "-pk")
    running = (
        RecurringSeries.objects.for_user(user)
        .filter(is_ended=False, next_on__lte=until)
        .exclude(status=RecurringSeries.Status.REJECTED)
        .annotate(of=Subquery(latest.values("category_id")[:1], output_field=UUIDField()))
    )
    categories = Category.objects.in_bulk({series.of for series in running})
    found = [
        Upcoming(
            series_id=series.pk,
            name=series.name,
            day=day,
            amount=series.expected,
            spread=series.spread,
            currency=series.currency,
            is_income=series.kind == Kind.INCOME,
            category=categories.get(series.of),
        )
        for series in running
        if series.next_on is not None
        for day in due_days(
            Period(series.period), last_on=series.last_on, next_on=series.next_on, until=until
        )
        if (today - day).days <= series.tolerance_days
    ]
    return sorted(found, key=lambda each: (each.day, each.name))
