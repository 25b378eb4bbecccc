"""How far the debt-free month moves when what is left of an income varies.

A seeded Monte Carlo simulation: many households pay the same debts side by side by the rules of the payoff engine,
each with its own luck; arrays have a column a path and a row a debt or a segment. Balances are whole minor units
held in binary floating point, exact up to 2**53; interest is rounded as in the plan but may differ by a minor unit
now and then. That is enough for a spread of months. No amount from here is shown to anyone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from debts.domain.allocation import order_of_excess, order_of_minimum
from debts.domain.budget import Budget, MonthKind
from debts.domain.interest import days_of_month, periodic_rate
from debts.domain.risk_terms import HALF, Amounts, MinimumTerms, annuities, column, ratio
from debts.domain.strategies import Strategy
from debts.domain.terms import MAX_MONTHS, Accrual, Debt, MinimumRule


@dataclass(frozen=True, slots=True)
class Risk:
    """The months by which 10, 50 and 90 of a hundred paths are free of debt.

    None stands for a month after the last that was looked at; ``share_never`` is the share of the paths that
    still owe then.
    """

    p10: int | None
    p50: int | None
    p90: int | None
    share_never: float
    paths: int
    seed: int


def spread_of_debt_free_month(
    debts: Sequence[Debt],
    budget: Budget,
    *,
    start: date,
    deviations: Sequence[int],
    paths: int,
    seed: int,
    strategy: Strategy = Strategy.AVALANCHE,
    horizon: int = MAX_MONTHS,
) -> Risk:
    """The spread of the debt-free month over ``paths`` futures, by rate (avalanche) or by balance (snowball).

    Each month's budget is the planned one plus one of ``deviations``, minor units of either sign, drawn with
    replacement for every path and month (the bootstrap of Efron, 1979; months count as independent). A path
    whose budget falls below the month's minimums pays the minimums. Without deviations the plan holds in every
    month.

    The months are nearest-rank percentiles. The same seed gives the same answer under one version of NumPy.
    Raises ``ValueError`` for another strategy, for no debts and for fewer than one path.
    """
    if paths < 1 or not debts or strategy not in _RANKS:
        raise ValueError(f"{len(debts)} debts, {paths} paths, {strategy}")
    if not any(debt.balance or any(debt.charges.values()) for debt in debts):
        return Risk(0, 0, 0, 0.0, paths, seed)
    draws = np.array(deviations or (0,), dtype=np.float64)
    generator = np.random.default_rng(seed)
    run = _Run(debts, budget, _RANKS[strategy], start=start, paths=paths)
    last_charge = min(horizon, max((month for debt in debts for month in debt.charges), default=0))
    for month in range(1, horizon + 1):
        # Every path draws in every month, so that no path's luck depends on when another one is free.
        run.pay_month(month, draws[generator.integers(len(draws), size=paths)])
        if month >= last_charge and not run.leave(month):
            break
    return _risk(run.free_in, seed)


def _risk(free_in: NDArray[np.int64], seed: int) -> Risk:
    """``free_in`` has each path's month, 0 for a path that is never free."""
    paths = len(free_in)
    months = np.sort(free_in[free_in > 0])
    p10, p50, p90 = (
        int(months[rank - 1]) if rank <= len(months) else None
        for rank in (-(-percent * paths // 100) for percent in (10, 50, 90))
    )
    return Risk(p10, p50, p90, 1 - len(months) / paths, paths, seed)


class _Run:
    """The paths that still owe, and the month in which each of the others was free."""

    def __init__(
        self, debts: Sequence[Debt], budget: Budget, rank: "_Rank", *, start: date, paths: int
    ) -> None:
        self.free_in = np.zeros(paths, dtype=np.int64)
        self._numbers = np.arange(paths)
        self._state = _Paths(debts, start=start, paths=paths)
        self._budget, self._rank = budget, rank
        self._committed: Amounts | None = None

    def pay_month(self, month: int, deviations: Amounts) -> None:
        kind = self._budget.kind(month)
        minimums = self._state.open_month(month)
        if kind == MonthKind.NOTHING:
            self._state.charge_late_fees(minimums)
            return
        self._state.pay_minimums(minimums, month)
        if kind == MonthKind.REGULAR:
            needed = minimums.sum(axis=0)
            available = self._budget.amount(month) + deviations[self._numbers]
            self._spend(np.maximum(0, available - self._reserved(needed)), month)

    def leave(self, month: int) -> int:
        """Let the paths go that owe nothing; returns how many are left."""
        owing = np.any(self._state.owed() > 0, axis=0)
        if not owing.all():
            self.free_in[self._numbers[~owing]] = month
            self._numbers = self._numbers[owing]
            self._state.keep(owing)
            if self._committed is not None:
                self._committed = self._committed[owing]
        return len(self._numbers)

    def _reserved(self, needed: Amounts) -> Amounts:
        if self._budget.rolls_over:
            return needed
        if self._committed is None:
            self._committed = needed
        return np.maximum(needed, self._committed)

    def _spend(self, left: Amounts, month: int) -> None:
        """Give each path's rest to its debts in their order, the next one as each is cleared."""
        owed = self._state.owed()
        order = self._rank(owed, self._state, month)
        ranked = np.take_along_axis(owed, order, axis=0)
        before = np.cumsum(ranked, axis=0) - ranked
        payments = np.empty_like(owed)
        np.put_along_axis(payments, order, np.clip(left - before, 0, ranked), axis=0)
        self._state.pay_excess(payments, month)


class _Paths:
    """What every path owes on every segment of every debt."""

    def __init__(self, debts: Sequence[Debt], *, start: date, paths: int) -> None:
        self._debts, self._start = debts, start
        self._segments = [(segment, debt.accrual) for debt in debts for segment in debt.segments]
        sizes = [len(debt.segments) for debt in debts]
        self._first = np.cumsum([0, *sizes[:-1]])
        self._several = [index for index, size in enumerate(sizes) if size > 1]
        self._single = [index for index, size in enumerate(sizes) if size == 1]
        self._single_rows = self._first[self._single]
        balances = [segment.balance for segment, _ in self._segments]
        self._balances = np.repeat(column(balances), paths, axis=1)
        self._noted = np.zeros_like(self._balances)
        self._annuities = np.zeros((len(debts), paths))
        self._amortising = [
            (index, debt) for index, debt in enumerate(debts) if debt.minimum.rule == MinimumRule.AMORTISING
        ]
        self._terms = MinimumTerms([debt.minimum for debt in debts])

    def owed(self) -> Amounts:
        return self._by_debt(self._balances)

    def open_month(self, month: int) -> Amounts:
        """Add interest, fees and charges; returns what each lender asks for."""
        opening = self.owed()
        interest = self._interest(month)
        self._balances += interest
        fees = column([debt.monthly_fee + debt.fees.get(month, 0) for debt in self._debts]) * (opening > 0)
        cost = self._by_debt(interest) + fees
        charges = column([debt.charges.get(month, 0) for debt in self._debts])
        self._balances[self._first] += fees + charges
        self._renew_annuities(month, opening)
        owed = opening + cost + charges
        return self._terms.due(opening, cost, owed, self._last_payments(month, owed))

    def pay_minimums(self, amounts: Amounts, month: int) -> None:
        self._pay(amounts, lambda debt: order_of_minimum(debt.segments, month, debt.minimum_goes_to))

    def pay_excess(self, amounts: Amounts, month: int) -> None:
        self._pay(amounts, lambda debt: order_of_excess(debt.segments, month))

    def charge_late_fees(self, minimums: Amounts) -> None:
        fees = column([debt.late_fee for debt in self._debts])
        self._balances[self._first] += fees * (minimums > 0)

    def aprs(self, month: int) -> Amounts:
        """The rate that the next unit above the minimum saves, for each debt and path."""
        first = [float(debt.segments[0].apr(month)) for debt in self._debts]
        aprs = np.repeat(column(first), self._balances.shape[1], axis=1)
        for index in self._several:
            segments = self._debts[index].segments
            for place in reversed(order_of_excess(segments, month)):
                owing = self._balances[self._first[index] + place] > 0
                aprs[index][owing] = float(segments[place].apr(month))
        return aprs

    def keep(self, which: NDArray[np.bool_]) -> None:
        """Forget all other paths."""
        self._balances = self._balances[:, which]
        self._noted = self._noted[:, which]
        self._annuities = self._annuities[:, which]

    def _by_debt(self, amounts: Amounts) -> Amounts:
        if not self._several:
            return amounts.copy()
        return np.add.reduceat(amounts, self._first, axis=0)

    def _pay(self, amounts: Amounts, order: Callable[[Debt], list[int]]) -> None:
        self._balances[self._single_rows] -= amounts[self._single]
        for index in self._several:
            left = amounts[index].copy()
            for place in order(self._debts[index]):
                balance = self._balances[self._first[index] + place]
                part = np.minimum(left, balance)
                balance -= part
                left -= part

    def _interest(self, month: int) -> Amounts:
        self._noted *= self._balances > 0
        days = days_of_month(self._start, month)
        rates = [ratio(periodic_rate(each.apr(month), accrual, days)) for each, accrual in self._segments]
        interest = np.floor(self._balances * column(rates) + HALF)
        for row, (segment, accrual) in enumerate(self._segments):
            until = segment.deferred_until
            if until is not None and month <= until:
                rate = ratio(periodic_rate(segment.deferred_apr, accrual, days))
                self._noted[row] += np.floor(self._balances[row] * rate + HALF)
            elif until is not None and month == until + 1:
                interest[row] += self._noted[row]
                self._noted[row] = 0
        return interest

    def _renew_annuities(self, month: int, opening: Amounts) -> None:
        for index, debt in self._amortising:
            apr = debt.segments[0].apr
            is_new = (self._annuities[index] == 0) | (month == 1 or apr(month) != apr(month - 1))
            if is_new.any():
                rate = ratio(periodic_rate(apr(month), Accrual.MONTHLY, 0))
                renewed = annuities(opening[index], rate, max(1, debt.minimum.months - month + 1))
                self._annuities[index] = np.where(is_new, renewed, self._annuities[index])

    def _last_payments(self, month: int, owed: Amounts) -> Amounts:
        """The annuities; in a term's last month with what rounding has left, at most a unit a month."""
        ending = [index for index, debt in self._amortising if debt.minimum.months == month]
        if not ending:
            return self._annuities
        last = self._annuities.copy()
        last[ending] = np.where(owed[ending] - last[ending] <= month, owed[ending], last[ending])
        return last


_Rank = Callable[[Amounts, _Paths, int], NDArray[np.intp]]
_RANKS: Mapping[Strategy, _Rank] = {
    Strategy.AVALANCHE: lambda owed, state, month: np.lexsort((owed, -state.aprs(month)), axis=0),
    Strategy.SNOWBALL: lambda owed, state, month: np.lexsort((-state.aprs(month), owed), axis=0),
}
