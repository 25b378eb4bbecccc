"""What in a person's ledger could be spent less on. Amounts are minor units of the base currency."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from core.domain.money import nearest_minor
from goals.domain.levers import DAYS_A_MONTH, CategorySpending, Subscription
from goals.selectors.worth import units_in
from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup
from transactions.domain.recurring import Kind, Period
from transactions.models import Category, RecurringSeries, Transaction
from transactions.selectors.months import LedgerMonth, whole_months
from transactions.selectors.names import category_label
from users.models import User

MONTHS_OF_HABIT = 3
# Fixed by contract or law, or looked at as subscriptions: nobody trims these from one month to the next.
NOT_TRIMMED = {"housing", "insurance", "obligations", "subscriptions", UNCATEGORISED}
TRIMMED = {CategoryGroup.NEEDS, CategoryGroup.WANTS}
TIMES_A_MONTH: Mapping[Period, Fraction] = {
    Period.WEEKLY: DAYS_A_MONTH / 7,
    Period.FORTNIGHTLY: DAYS_A_MONTH / 14,
    Period.FOUR_WEEKLY: DAYS_A_MONTH / 28,
    Period.SEMI_MONTHLY: Fraction(2),
    Period.MONTHLY: Fraction(1),
    Period.BIMONTHLY: Fraction(1, 2),
    Period.QUARTERLY: Fraction(1, 3),
    Period.HALF_YEARLY: Fraction(1, 6),
    Period.YEARLY: Fraction(1, 12),
}


def subscriptions(user: User, *, unused: Collection[UUID], today: date) -> list[Subscription]:
    """What comes round at a fixed price in a category that is not essential, at its cost a month.

    A ledger shows what is paid, not what is used: ``unused`` are the series that the person named.
    """
    latest = Transaction.objects.filter(recurring_series=OuterRef("pk")).order_by("-date", "-pk")
    running: Any = (
        RecurringSeries.objects.for_user(user)
        .filter(kind=Kind.SUBSCRIPTION, is_ended=False, expected__lt=0)
        .exclude(status=RecurringSeries.Status.REJECTED)
        .annotate(is_essential=Subquery(latest.values("category__essential")[:1]))
        .order_by("name", "pk")
    )
    found = []
    for series in running:
        price = units_in(-series.expected, series.currency, user.base_currency, on=today)
        if price is not None and (series.pk in unused or not series.is_essential):
            cost = round(price * TIMES_A_MONTH[Period(series.period)])
            found.append(Subscription(series.name, cost, series.pk in unused))
    return found


def category_habits(user: User, *, today: date) -> list[CategorySpending]:
    """What each first-level category cost in the median of the last three whole months, half-even."""
    months = whole_months(user, today=today, most=MONTHS_OF_HABIT)
    categories: dict[UUID, Category] = Category.objects.for_user(user).in_bulk()
    by_month = [_by_top(month, categories) for month in months]
    tops = sorted({top for month in by_month for top in month}, key=str)
    habits = []
    for top in tops:
        category = categories[top]
        usual = median(month.get(top, Decimal(0)) for month in by_month)
        if usual > 0 and category.group in TRIMMED and category.code not in NOT_TRIMMED:
            cost = nearest_minor(usual, user.base_currency)
            label = category_label(category, locale=user.locale)
            habits.append(CategorySpending(label, cost, category.essential))
    return habits


def _by_top(month: LedgerMonth, categories: Mapping[UUID, Category]) -> dict[UUID, Decimal]:
    totals: dict[UUID, Decimal] = {}
    for key, spent in month.spent.items():
        top = categories[key].parent_id or key
        totals[top] = totals.get(top, Decimal(0)) + spent
    return totals
