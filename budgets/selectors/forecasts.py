"""What a period will still cost, from the ledger's habit and what comes round."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar
from uuid import UUID

from budgets.domain.envelopes import Envelope, Status, status_of
from budgets.domain.forecast import (
    DaySpending,
    Expectation,
    ExpectedBill,
    Forecast,
    forecast,
    silent_from,
)
from budgets.models import Allocation, BudgetPeriod
from budgets.selectors.spending import Spent, spending
from budgets.selectors.standing import Standing, standings_of
from core.domain.money import from_minor, nearest_minor
from core.serializers import said
from transactions.selectors.names import category_label
from transactions.selectors.rates import converted
from transactions.selectors.upcoming import upcoming

HISTORY = timedelta(days=182)
UNPLANNED = "unplanned"
Covering = Callable[[UUID, UUID | None], str]
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How a period stands, and what the rest of it is likely to cost by allocation id and for what none covers."""

    standing: Standing
    rest: Forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFigures:
    spent: Decimal = said("Up to now.")
    expected: Decimal = said("Still to come: bills on their dates, and habit.")
    low: Decimal = said("What comes is less than this one time in ten.")
    high: Decimal = said("What comes is more than this one time in ten.")
    projected: Decimal = said("Spent and expected.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryForecast(ForecastFigures):
    allocation: UUID
    category: UUID
    name: str
    allotted: Decimal
    status: Status = said("Of what is projected.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastDay:
    on: date
    expected: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodForecast(ForecastFigures):
    """What the rest of a period is likely to cost; both days belong to it."""

    period: UUID
    currency: str
    first_on: date
    last_on: date
    days: tuple[ForecastDay, ...]
    categories: tuple[CategoryForecast, ...]
    unplanned: ForecastFigures = said("Where nothing is allotted.")


def foreseen(period: BudgetPeriod, *, mode: str, day: date) -> Foreseen:
    """A period's standing and the forecast from ``day`` on, each category told what it is likely to need still.

    It goes by half a year of the ledger, read once for both. A period that is over has nothing left to expect.
    """
    first = min(day - HISTORY, period.first_on)
    last = max(period.last_on, day)
    spent = spending(period.user_id, first=first, last=last, currency=period.user.base_currency)
    (stood,) = standings_of([period], spent, mode=mode)
    rest = _rest(stood, spent, day=day)
    needed = {key: max(each.expected, 0) for key, each in rest.categories.items()}
    return Foreseen(stood.expecting(needed), rest)


def _rest(stood: Standing, spent: Sequence[Spent], *, day: date) -> Forecast:
    period = stood.period
    today = max(day, period.first_on)
    by_category = {row.category_id: str(row.pk) for row in stood.allocations}

    def covering(category: UUID, parent: UUID | None) -> str:
        return by_category.get(category) or by_category.get(parent or category) or UNPLANNED

    known = [each for each in spent if each.day <= day]
    return forecast(
        [
            DaySpending(each.day, covering(each.category_id, each.parent_id), each.amount)
            for each in known
            if not each.comes_round
        ],
        list(_bills(period, covering, today=today)),
        known_from=min((each.day for each in known), default=day),
        known_until=silent_from({each.day for each in known}, today=today),
        today=today,
        until=max(period.last_on, today),
        categories=[*by_category.values(), UNPLANNED],
    )


def period_forecast(period: BudgetPeriod, *, mode: str, day: date) -> PeriodForecast:
    """The rest of a period from a day on: what each category is likely to come to, and by day."""
    found = foreseen(period, mode=mode, day=day)
    stood, coming, currency = found.standing, found.rest, period.currency
    unplanned = sum(stood.unplanned)
    spent = sum(each.total_spent for each in stood.envelopes) + unplanned
    make = partial(
        PeriodForecast,
        period=period.pk,
        currency=currency,
        first_on=coming.today,
        last_on=coming.until,
        days=tuple(
            ForecastDay(on=coming.today + timedelta(days=place), expected=from_minor(amount, currency))
            for place, amount in enumerate(coming.total.days)
        ),
        categories=tuple(
            _category_forecast(allocation, envelope, coming.categories[envelope.key], period)
            for allocation, envelope in zip(stood.allocations, stood.envelopes, strict=True)
        ),
        unplanned=_figures(ForecastFigures, unplanned, coming.categories[UNPLANNED], currency),
    )
    return _figures(make, spent, coming.total, currency)


def _category_forecast(
    allocation: Allocation, envelope: Envelope, coming: Expectation, period: BudgetPeriod
) -> CategoryForecast:
    spent = envelope.total_spent
    make = partial(
        CategoryForecast,
        allocation=allocation.pk,
        category=allocation.category_id,
        name=category_label(allocation.category, locale=period.user.locale),
        allotted=from_minor(envelope.budgeted, period.currency),
        status=status_of(spent + coming.expected, envelope.budgeted),
    )
    return _figures(make, spent, coming, period.currency)


def _figures(make: Callable[..., Told], spent: int, coming: Expectation, currency: str) -> Told:
    return make(
        spent=from_minor(spent, currency),
        expected=from_minor(coming.expected, currency),
        low=from_minor(coming.low, currency),
        high=from_minor(coming.high, currency),
        projected=from_minor(spent + coming.expected, currency),
    )


def _bills(period: BudgetPeriod, covering: Covering, *, today: date) -> Iterator[ExpectedBill]:
    target = period.currency
    for each in upcoming(period.user, today=today, until=period.last_on):
        amount = converted(each.amount, source=each.currency, target=target, on=today)
        spread = converted(each.spread, source=each.currency, target=target, on=today)
        if each.is_income or each.category is None or amount is None or spread is None:
            continue
        yield ExpectedBill(
            day=each.day,
            category=covering(each.category.pk, each.category.parent_id),
            amount=-nearest_minor(amount, target),
            spread=nearest_minor(spread, target),
            name=each.name,
            series=str(each.series_id),
        )
