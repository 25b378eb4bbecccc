"""From a method and the bills to whole amounts by category and day, and the bounds of their totals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil, floor, hypot

import numpy as np

from budgets.domain.forecast.intervals import deciles, stray_of_bills
from budgets.domain.forecast.methods import Method, habit
from budgets.domain.forecast.past import Days, Numbers, Places, past_of
from budgets.domain.forecast.records import DaySpending, Expectation, ExpectedBill, Forecast


def forecast(
    history: Iterable[DaySpending],
    bills: Iterable[ExpectedBill],
    *,
    known_from: date,
    today: date,
    until: date,
    categories: Sequence[str],
    method: Method = habit,
    known_until: date | None = None,
) -> Forecast:
    """What each of the ``categories`` will cost from ``today`` to ``until``, by day, with an 80 % interval.

    Amounts are minor units of one currency. ``history`` has no row of a recurring payment: ``bills`` are for those,
    and a bill that is not paid yet but was due before today is expected today. A day from ``known_from`` to before
    ``known_until`` (today, if left out) without a row had no spending; a year back is looked at. Rows and bills of
    other categories, and bills after ``until``, are left out. No chance is involved.

    Of today's habit only the rest is expected: what such a day costs less what is booked of today, at least nothing;
    money that came back today does not make it more.

    A category is rounded half-even as a whole, and its days by largest remainder, the earlier first among equals.
    The total is the sum of the categories.
    """
    past = past_of(
        history,
        known_from=known_from,
        known_until=known_until or today,
        today=today,
        categories=categories,
    )
    coming = method(past, Days.between(today.toordinal(), until.toordinal() + 1))
    coming[:, :1] -= np.clip(past.booked[:, None], 0, coming[:, :1])
    due = _due(bills, until=until, categories=categories)
    rounded = _rounded(coming)
    totals = coming.sum(axis=1)
    bounds = deciles(past.spent, totals)
    each = {
        category: _expectation(days, between, due[category], today=today)
        for category, days, between in zip(categories, rounded.tolist(), bounds, strict=True)
    }
    (between,) = deciles(past.spent.sum(axis=0, keepdims=True), totals.sum(keepdims=True))
    everything = [bill for bills_due in due.values() for bill in bills_due]
    total = _expectation(rounded.sum(axis=0).tolist(), between, everything, today=today)
    return Forecast(today, until, each, total)


def _due(
    bills: Iterable[ExpectedBill], *, until: date, categories: Sequence[str]
) -> defaultdict[str, list[ExpectedBill]]:
    wanted = set(categories)
    due: defaultdict[str, list[ExpectedBill]] = defaultdict(list)
    for bill in bills:
        if bill.day <= until and bill.category in wanted:
            due[bill.category].append(bill)
    return due


def _rounded(coming: Numbers) -> Places:
    """Whole amounts, row by row adding up to the row's total rounded half-even."""
    whole = np.floor(coming)
    left = np.rint(coming.sum(axis=1)) - whole.sum(axis=1)
    by_remainder = np.argsort(whole - coming, axis=1, kind="stable")
    ranks = np.argsort(by_remainder, axis=1, kind="stable")
    rounded: Places = (whole + (ranks < left[:, None])).astype(np.int64)
    return rounded


def _expectation(
    days: Sequence[int], between: tuple[float, float], bills: Sequence[ExpectedBill], *, today: date
) -> Expectation:
    """The bounds of habit and of bills are as far from what is expected as both together: independent, in squares."""
    due = [0] * len(days)
    for bill in bills:
        due[max((bill.day - today).days, 0)] += bill.amount
    usual = sum(days)
    expected = usual + sum(due)
    stray = stray_of_bills(bill.spread for bill in bills)
    low = floor(expected - hypot(max(usual - between[0], 0), stray))
    high = ceil(expected + hypot(max(between[1] - usual, 0), stray))
    least = sum(min(bill.amount, 0) for bill in bills)
    return Expectation(tuple(days), tuple(due), low=max(low, least), high=high)
