"""Households on days of months that no method has seen: what is known of them, and what the rest of the month cost.

Two sorts: households whose everyday spending is drawn, without bills, and those that recurring payments are measured
on, which are more regular than life, with the bills that the finder finds.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import numpy as np

from benchmarks.household_lives import PLACES, SHOPS
from benchmarks.household_spending import spending_life
from benchmarks.household_truth import Household
from budgets.domain.forecast import DaySpending, ExpectedBill, Forecast, Method, forecast
from transactions.domain.recurring import Kind, Movement, Period, Series, find_recurring

STARTS = (1, 8, 15, 22)
MONTHS, HELD_OUT_MONTHS, FEWEST_MONTHS = 15, 3, 3
LOOKED_AT_YEARS = 4
WEEKS = {Period.WEEKLY: 1, Period.FORTNIGHTLY: 2, Period.FOUR_WEEKLY: 4}
GROUPS = dict.fromkeys(SHOPS, "groceries") | dict.fromkeys(PLACES, "leisure")


class Case(NamedTuple):
    """One household on one day: what is known, and what the rest of the month really cost."""

    history: Sequence[DaySpending]
    bills: Sequence[ExpectedBill]
    known_from: date
    today: date
    until: date
    truth: dict[str, int]

    def foretold(self, method: Method) -> Forecast:
        return forecast(
            self.history,
            self.bills,
            known_from=self.known_from,
            today=self.today,
            until=self.until,
            categories=list(self.truth),
            method=method,
        )


def drawn_cases(seeds: Iterable[int]) -> Iterator[Case]:
    for seed in seeds:
        life = spending_life(seed, months=MONTHS)
        spent = [
            DaySpending(life.days[day], life.categories[row], int(life.spent[row, day]))
            for row, day in zip(*np.nonzero(life.spent), strict=True)
        ]
        firsts = [day for day in life.days if day.day == 1]
        known = Random(seed).randint(FEWEST_MONTHS, MONTHS - HELD_OUT_MONTHS)
        for number in range(MONTHS - HELD_OUT_MONTHS, MONTHS):
            for start in STARTS:
                today = firsts[number].replace(day=start)
                yield _case(spent, [], firsts[number - known], today, life.categories)


def _case(
    spent: Sequence[DaySpending],
    bills: Sequence[ExpectedBill],
    known_from: date,
    today: date,
    categories: Iterable[str],
    true: Sequence[DaySpending] = (),
) -> Case:
    """``true`` is what was really spent, where that is more than ``spent``: with the bills."""
    until = (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    truth = dict.fromkeys(categories, 0)
    for row in true or spent:
        if today <= row.day <= until:
            truth[row.category] += row.amount
    return Case([row for row in spent if row.day < today], bills, known_from, today, until, truth)


def cases_with_bills(home: Household, months: int) -> Iterator[tuple[Case, Case]]:
    income = {key for truth in home.truths if truth.kind is Kind.INCOME for key in truth.keys}
    movements = [each for each in home.movements if each.key not in income]
    begin = max(min(each.on for each in movements), home.today - timedelta(days=366 * LOOKED_AT_YEARS))
    spent = [_spending(each) for each in movements]
    categories = sorted({row.category for row in spent})
    end = home.today.replace(day=1)
    for _ in range(months):
        end = (end - timedelta(days=1)).replace(day=1)
        for start in STARTS:
            today = end.replace(day=start)
            known = [each for each in movements if begin <= each.on < today]
            series = find_recurring(known, today=today - timedelta(days=1))
            found = {key for each in series for key in each.occurrences}
            habits = [_spending(each) for each in known if each.key not in found]
            bills = [bill for each in series for bill in _bills(each, today)]
            yield (
                _case(habits, bills, begin, today, categories, spent),
                _case(spent, [], begin, today, categories),
            )


def _spending(movement: Movement) -> DaySpending:
    return DaySpending(movement.on, _category(movement.merchant), -movement.amount)


def _category(merchant: str) -> str:
    return GROUPS.get(merchant, "shopping" if merchant.startswith("shop") else merchant)


def _bills(series: Series, today: date) -> Iterator[ExpectedBill]:
    """Those of the next month; what comes rarer than every four weeks comes once."""
    on = series.next_on
    weeks = WEEKS.get(series.period, 5)
    while on and on < today + timedelta(days=31):
        category = _category(series.merchant)
        yield ExpectedBill(on, category, -series.expected, series.spread, series.merchant, series.key)
        on += timedelta(weeks=weeks)
