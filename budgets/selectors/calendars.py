"""Days of a budget as answers: one day with every category, or a month to draw."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar
from uuid import UUID

from budgets.domain.daily import Day, daily_plan
from budgets.domain.days import DayStanding, Part, day_standings
from budgets.domain.envelopes import Envelope, Kind, Status
from budgets.models import Allocation, BudgetPeriod, Move, Redistribution
from budgets.selectors.groups import CATEGORY_GROUP
from budgets.selectors.standing import Standing, standing, standings
from budgets.selectors.wording import carried_message
from core.domain.money import from_minor, to_minor
from core.errors import DomainError
from core.serializers import said
from transactions.domain.category_tree import CategoryGroup
from transactions.selectors.names import category_label
from users.models import User

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    planned: Decimal = said("The plan.")
    available: Decimal = said("The plan and what earlier days left or took.")
    spent: Decimal
    remaining: Decimal
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFigures(DayFigures):
    kind: Kind = said("Spent day by day, or apart from that: bills, which are paid at once, and savings.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryDay(CategoryFigures):
    allocation: UUID
    category: UUID
    name: str
    group: CategoryGroup = field(metadata=CATEGORY_GROUP)
    carried_in: Decimal
    carried_because: str
    moved: Decimal = said("What redistributions of this day brought, or took if negative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    planned: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotals(DayFigures):
    """One day of what is spent day by day; bills and savings stand apart, and cover no overspending."""

    on: date
    unplanned: Decimal = said("Spent where nothing is allotted; part of `spent`.")
    over: Decimal = said("By how much the category that is most over is over; a day that is over is red.")
    over_category: UUID | None = said("That category; null where none is over, or it is `unplanned`.")
    bills: DayPart
    savings: DayPart


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyPlan(DayTotals):
    """One day, category by category."""

    period: UUID
    currency: str
    categories: tuple[CategoryDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay(DayTotals):
    categories: Mapping[str, CategoryFigures] | None = said("By category id, with `by_category=true`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMonth:
    """Those days of a month that have a budget."""

    month: str
    today: date
    currency: str
    periods: tuple[UUID, ...]
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class _Planned:
    allocation: Allocation
    envelope: Envelope
    days: Sequence[Day]


def period_on(user: User, day: date) -> BudgetPeriod:
    """The person's period that has this day; 404 ``NO_BUDGET`` where there is none."""
    found: BudgetPeriod | None = (
        BudgetPeriod.objects.for_user(user)
        .select_related("user__budget_settings")
        .filter(first_on__lte=day, last_on__gte=day)
        .first()
    )
    if found is None:
        raise DomainError(
            f"You have no budget for {day.isoformat()}; POST /budgets/periods opens one.",
            code="NO_BUDGET",
            http_status=404,
        )
    return found


def daily_plan_on(user: User, day: date, *, mode: str, today: date) -> DailyPlan:
    """One day: what each category planned, what was carried in and why, what was spent and what is left."""
    period = period_on(user, day)
    stood = standing(period, mode=mode)
    plans = list(_plans(stood, today))
    moved = _moved_on(period, day)
    make = partial(
        DailyPlan,
        period=period.pk,
        currency=period.currency,
        categories=tuple(_category_day(each, day, stood, moved) for each in plans),
    )
    return _told(make, _days(stood, plans)[period.span.index(day)], day, stood)


def calendar_month(
    user: User, year: int, month: int, *, mode: str, today: date, by_category: bool
) -> CalendarMonth:
    """A calendar month, a line a day, in a number of queries that depends on neither days nor categories."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    periods = list(
        BudgetPeriod.objects.for_user(user)
        .filter(first_on__lte=last, last_on__gte=first)
        .order_by("first_on")
    )
    for period in periods:
        period.user = user
    return CalendarMonth(
        month=f"{year:04}-{month:02}",
        today=today,
        currency=periods[0].currency if periods else user.base_currency,
        periods=tuple(period.pk for period in periods),
        days=tuple(
            day
            for stood in standings(periods, mode=mode)
            for day in _calendar_days(stood, today, by_category=by_category)
            if first <= day.on <= last
        ),
    )


def _plans(stood: Standing, today: date) -> list[_Planned]:
    place = stood.today(today)
    return [
        _Planned(allocation, envelope, daily_plan(envelope, place))
        for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True)
    ]


def _days(stood: Standing, plans: Sequence[_Planned]) -> list[DayStanding]:
    return day_standings([(each.envelope, each.days) for each in plans], stood.unplanned)


def _calendar_days(stood: Standing, today: date, *, by_category: bool) -> Iterator[CalendarDay]:
    plans, currency = _plans(stood, today), stood.period.currency
    for place, (day, totals) in enumerate(zip(stood.period.span.days, _days(stood, plans), strict=True)):
        categories = {
            str(each.allocation.category_id): _category_figures(
                CategoryFigures, each.days[place], each.envelope, currency
            )
            for each in plans
            if by_category
        }
        yield _told(partial(CalendarDay, categories=categories if by_category else None), totals, day, stood)


def _told(make: Callable[..., Told], totals: DayStanding, day: date, stood: Standing) -> Told:
    currency = stood.period.currency
    return make(
        on=day,
        planned=from_minor(totals.planned, currency),
        available=from_minor(totals.available, currency),
        spent=from_minor(totals.spent, currency),
        remaining=from_minor(totals.remaining, currency),
        status=totals.status,
        unplanned=from_minor(totals.unplanned, currency),
        over=from_minor(totals.over, currency),
        over_category=_category_of(stood, totals.over_key),
        bills=_part(totals.bills, currency),
        savings=_part(totals.savings, currency),
    )


def _category_of(stood: Standing, key: str | None) -> UUID | None:
    if key is None:
        return None
    return next(each.category_id for each in stood.allocations if str(each.pk) == key)


def _part(part: Part, currency: str) -> DayPart:
    return DayPart(planned=from_minor(part.planned, currency), spent=from_minor(part.spent, currency))


def _category_figures(make: Callable[..., Told], day: Day, envelope: Envelope, currency: str) -> Told:
    return make(
        planned=from_minor(day.planned, currency),
        available=from_minor(day.available, currency),
        spent=from_minor(day.spent, currency),
        remaining=from_minor(day.remaining, currency),
        status=day.status,
        kind=envelope.kind,
    )


def _category_day(planned: _Planned, day: date, stood: Standing, moved: Mapping[UUID, int]) -> CategoryDay:
    allocation, period, place = planned.allocation, stood.period, stood.period.span.index(day)
    make = partial(
        CategoryDay,
        allocation=allocation.pk,
        category=allocation.category_id,
        name=category_label(allocation.category, locale=period.user.locale),
        group=CategoryGroup(allocation.category.group),
        carried_in=from_minor(planned.days[place].carried_in, period.currency),
        carried_because=_why(planned.days, place, period),
        moved=from_minor(moved.get(allocation.pk, 0), period.currency),
    )
    return _category_figures(make, planned.days[place], planned.envelope, period.currency)


def _moved_on(period: BudgetPeriod, day: date) -> Counter[UUID]:
    moved = Counter[UUID]()
    rows = Move.objects.filter(
        redistribution__period=period,
        redistribution__made_on=day,
        redistribution__status=Redistribution.Status.APPLIED,
    )
    for giver, receiver, amount in rows.values_list("giver_id", "receiver_id", "amount"):
        units = to_minor(amount, period.currency)
        moved.update({giver: -units, receiver: units})
    return moved


def _why(days: Sequence[Day], place: int, period: BudgetPeriod) -> str:
    if not days[place].carried_in:
        return ""
    return carried_message(sum(day.planned - day.spent for day in days[:place]), len(days) - place, period)
