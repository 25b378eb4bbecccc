"""Days of a budget as answers: one day with every category, or a month to draw."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgets.domain.daily import Day, daily_plan
from budgets.domain.envelopes import Envelope, status_of
from budgets.models import Allocation, BudgetPeriod, Move, Redistribution
from budgets.selectors.standing import Standing, standing, standings
from budgets.selectors.wording import carried_message
from core.domain.money import minor_as_text, to_minor
from core.errors import DomainError
from transactions.selectors.names import category_label
from users.models import User


@dataclass(frozen=True, slots=True)
class DayTotals:
    """All categories of one day in minor units; ``unplanned`` was spent where nothing is allotted."""

    planned: int
    available: int
    spent: int
    unplanned: int

    def shown(self, currency: str) -> dict[str, Any]:
        """The figures as texts; unplanned spending counts against what was available."""
        spent = self.spent + self.unplanned
        return {
            "planned": minor_as_text(self.planned, currency),
            "available": minor_as_text(self.available, currency),
            "spent": minor_as_text(spent, currency),
            "unplanned": minor_as_text(self.unplanned, currency),
            "remaining": minor_as_text(self.available - spent, currency),
            "status": status_of(spent, self.available).value,
        }


def period_on(user: User, day: date) -> BudgetPeriod:
    """The person's period that has this day; 404 ``NO_BUDGET`` where there is none."""
    found: BudgetPeriod | None = (
        BudgetPeriod.objects.for_user(user)
        .select_related("user")
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


def day_shown(user: User, day: date, *, mode: str, today: date) -> dict[str, Any]:
    """One day: what each category planned, what was carried in and why, what was spent and what is left."""
    period = period_on(user, day)
    stood = standing(period, mode=mode)
    place, currency = period.span.index(day), period.currency
    moved = _moved_on(period, day)
    lines = [
        {
            "allocation": str(allocation.pk),
            "category": str(allocation.category_id),
            "name": category_label(allocation.category, locale=user.locale),
            "group": allocation.category.group,
            **_figures(plan[place], currency),
            "carried_in": minor_as_text(plan[place].carried_in, currency),
            "carried_because": _why(plan, place, period),
            "moved": minor_as_text(moved.get(str(allocation.pk), 0), currency),
        }
        for allocation, _, plan in _plans(stood, today)
    ]
    totals = _totals(stood, today)[place]
    return {
        "date": day.isoformat(),
        "period": str(period.pk),
        "currency": currency,
        **totals.shown(currency),
        "categories": lines,
    }


def month_shown(
    user: User, year: int, month: int, *, mode: str, today: date, by_category: bool
) -> dict[str, Any]:
    """A calendar month, a line a day, in a number of queries that depends on neither days nor categories."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    periods = list(
        BudgetPeriod.objects.for_user(user)
        .filter(first_on__lte=last, last_on__gte=first)
        .order_by("first_on")
    )
    for period in periods:
        period.user = user
    days = []
    for stood in standings(periods, mode=mode):
        currency = stood.period.currency
        plans = list(_plans(stood, today)) if by_category else []
        for place, (day, totals) in enumerate(
            zip(stood.period.span.days, _totals(stood, today), strict=True)
        ):
            if first <= day <= last:
                line = {"date": day.isoformat(), **totals.shown(currency)}
                if by_category:
                    line["categories"] = {
                        str(allocation.category_id): _figures(plan[place], currency)
                        for allocation, _, plan in plans
                    }
                days.append(line)
    return {
        "month": f"{year:04}-{month:02}",
        "today": today.isoformat(),
        "currency": periods[0].currency if periods else user.base_currency,
        "periods": [str(period.pk) for period in periods],
        "days": days,
    }


def _figures(day: Day, currency: str) -> dict[str, Any]:
    return {
        "planned": minor_as_text(day.planned, currency),
        "available": minor_as_text(day.available, currency),
        "spent": minor_as_text(day.spent, currency),
        "remaining": minor_as_text(day.remaining, currency),
        "status": day.status.value,
    }


def _plans(stood: Standing, today: date) -> Iterator[tuple[Allocation, Envelope, list[Day]]]:
    place = stood.today(today)
    for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True):
        yield allocation, envelope, daily_plan(envelope, place)


def _totals(stood: Standing, today: date) -> list[DayTotals]:
    plans = [plan for _, _, plan in _plans(stood, today)]
    return [
        DayTotals(
            planned=sum(plan[place].planned for plan in plans),
            available=sum(plan[place].available for plan in plans),
            spent=sum(plan[place].spent for plan in plans),
            unplanned=unplanned,
        )
        for place, unplanned in enumerate(stood.unplanned)
    ]


def _moved_on(period: BudgetPeriod, day: date) -> dict[str, int]:
    moved: dict[str, int] = {}
    rows = Move.objects.filter(
        redistribution__period=period,
        redistribution__day=day,
        redistribution__status=Redistribution.Status.APPLIED,
    )
    for giver, receiver, amount in rows.values_list("giver_id", "receiver_id", "amount"):
        units = to_minor(amount, period.currency)
        moved[str(giver)] = moved.get(str(giver), 0) - units
        moved[str(receiver)] = moved.get(str(receiver), 0) + units
    return moved


def _why(plan: Sequence[Day], place: int, period: BudgetPeriod) -> str:
    if not plan[place].carried_in:
        return ""
    return carried_message(sum(day.planned - day.spent for day in plan[:place]), len(plan) - place, period)
