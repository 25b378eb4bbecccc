"""What a first budget goes by: the categories a person has, what they spent in them, and when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from budgets.domain.envelopes import Pattern
from budgets.domain.periods import Span
from budgets.domain.proposal import MONTHS, Habit
from budgets.domain.spreading import WEEK, weights_of
from budgets.selectors.spending import spending
from core.domain.money import nearest_minor
from transactions.domain.category_tree import UNCATEGORISED, CategoryGroup
from transactions.models import Category
from transactions.selectors.rates import converted
from transactions.selectors.upcoming import upcoming
from users.models import User

BUDGETED = (CategoryGroup.NEEDS, CategoryGroup.WANTS, CategoryGroup.SAVINGS)
WEEKS = 13
DAYS_A_MONTH = 7 * WEEKS / MONTHS
# So many days of spending in 13 weeks make a weekday habit.
LEAST_DAYS = 13


@dataclass(frozen=True, slots=True)
class SpendingHabits:
    """Categories of the first level with their months, and per category the spending by weekday and the bills."""

    categories: Mapping[str, Category]
    habits: Sequence[Habit]
    by_weekday: Mapping[UUID, Sequence[int]]
    days: Mapping[UUID, int]
    bills: Mapping[UUID, Mapping[date, int]]

    def pattern_for(self, category: Category, amount: int) -> Pattern:
        """Bills that make up half of an amount give it their dates, a weekday habit its weekdays.

        Needs that are neither are paid at once, when they come; wants are even.
        """
        if 2 * sum(self.bills.get(category.pk, {}).values()) >= amount > 0:
            return Pattern.BILLS
        if self.days.get(category.pk, 0) >= LEAST_DAYS:
            return Pattern.WEEKDAYS
        is_daily = category.group == CategoryGroup.WANTS or category.code in {"groceries", "transport"}
        return Pattern.EVEN if is_daily else Pattern.NOT_DAILY

    def weights(self, category_id: UUID, pattern: Pattern, span: Span) -> list[int]:
        """What each day of a period weighs for this category."""
        return weights_of(
            pattern,
            span.days,
            by_weekday=self.by_weekday.get(category_id, ()),
            weeks=WEEKS,
            bills=self.bills.get(category_id),
        )


def spending_habits(user: User, *, span: Span, today: date) -> SpendingHabits:
    """The habits of the 13 weeks before a period, or before today where that is earlier, and its bills."""
    until = min(span.first, today) - timedelta(days=1)
    since = until - timedelta(days=WEEK * WEEKS - 1)
    own = Category.objects.for_user(user).filter(parent=None).order_by("position", "pk")
    top = {category.pk: category for category in own if _is_proposed(category)}
    months: dict[UUID, list[int]] = defaultdict(lambda: [0] * MONTHS)
    by_weekday: dict[UUID, list[int]] = defaultdict(lambda: [0] * WEEK)
    days: dict[UUID, set[date]] = defaultdict(set)
    for each in spending(user.pk, first=since, last=until, currency=user.base_currency):
        for key in {each.category_id, each.parent_id or each.category_id}:
            months[key][min(int((until - each.day).days / DAYS_A_MONTH), MONTHS - 1)] += each.amount
            by_weekday[key][each.day.weekday()] += each.amount
            days[key].add(each.day)
    return SpendingHabits(
        categories={str(pk): category for pk, category in top.items()},
        habits=[Habit(str(pk), category.code, category.group, months[pk]) for pk, category in top.items()],
        by_weekday=by_weekday,
        days={key: len(found) for key, found in days.items()},
        bills=_bills(user, span=span, today=today),
    )


def _is_proposed(category: Category) -> bool:
    return not category.is_hidden and category.code != UNCATEGORISED and category.group in BUDGETED


def _bills(user: User, *, span: Span, today: date) -> dict[UUID, dict[date, int]]:
    bills: dict[UUID, dict[date, int]] = {}
    for each in upcoming(user, today=today, until=span.last):
        category = each.category
        worth = converted(each.amount, source=each.currency, target=user.base_currency, on=today)
        if category is None or worth is None or each.is_income or each.day not in span:
            continue
        amount = nearest_minor(worth, user.base_currency)
        for key in {category.pk, category.parent_id or category.pk}:
            days = bills.setdefault(key, {})
            days[each.day] = days.get(each.day, 0) - amount
    return bills
