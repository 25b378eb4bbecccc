"""What a period will still cost, from the ledger's habit and what comes round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from budgets.domain.envelopes import status_of
from budgets.domain.forecast import (
    DaySpending,
    Expectation,
    ExpectedBill,
    Forecast,
    forecast,
    silent_from,
)
from budgets.models import BudgetPeriod
from budgets.selectors.spending import Spent, spending
from budgets.selectors.standing import Standing, standings_of
from core.domain.money import minor_as_text, nearest_minor
from transactions.selectors.names import category_label
from transactions.selectors.rates import converted
from transactions.selectors.upcoming import upcoming

HISTORY = timedelta(days=182)
UNPLANNED = "unplanned"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How a period stands, and what the rest of it is likely to cost by allocation id and for what none covers."""

    standing: Standing
    rest: Forecast


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

    def covering(category: Any, parent: Any) -> str:
        return by_category.get(category) or by_category.get(parent) or UNPLANNED

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


def forecast_shown(period: BudgetPeriod, *, mode: str, day: date) -> dict[str, Any]:
    """The rest of a period as the API answers it: what each category is likely to come to, and by day."""
    found = foreseen(period, mode=mode, day=day)
    stood, coming, currency = found.standing, found.rest, period.currency
    unplanned = sum(stood.unplanned)
    lines = [
        {
            "allocation": envelope.key,
            "category": str(row.category_id),
            "name": category_label(row.category, locale=period.user.locale),
            "allotted": minor_as_text(envelope.budgeted, currency),
            **_figures(envelope.total_spent, coming.categories[envelope.key], currency),
            "status": status_of(
                envelope.total_spent + coming.categories[envelope.key].expected, envelope.budgeted
            ).value,
        }
        for row, envelope in zip(stood.allocations, stood.envelopes, strict=True)
    ]
    spent = sum(each.total_spent for each in stood.envelopes) + unplanned
    return {
        "period": str(period.pk),
        "currency": currency,
        "from": coming.today.isoformat(),
        "until": coming.until.isoformat(),
        **_figures(spent, coming.total, currency),
        "days": [
            {
                "date": (coming.today + timedelta(days=place)).isoformat(),
                "expected": minor_as_text(amount, currency),
            }
            for place, amount in enumerate(coming.total.days)
        ],
        "categories": lines,
        "unplanned": _figures(unplanned, coming.categories[UNPLANNED], currency),
    }


def _figures(spent: int, coming: Expectation, currency: str) -> dict[str, Any]:
    return {
        "spent": minor_as_text(spent, currency),
        "expected": minor_as_text(coming.expected, currency),
        "low": minor_as_text(coming.low, currency),
        "high": minor_as_text(coming.high, currency),
        "projected": minor_as_text(spent + coming.expected, currency),
    }


def _bills(period: BudgetPeriod, covering: Any, *, today: date) -> Iterator[ExpectedBill]:
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
