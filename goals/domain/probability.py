"""How likely each goal is reached by its date, from the person's own months.

A seeded Monte Carlo simulation: many futures side by side, each drawing its months from the surplus history with
replacement (the bootstrap of B. Efron, 1979). Blocks have a length of one month: a useful block grows with the cube
root of the history (H. R. Künsch, 1989), and of the three to thirty-six months that a ledger has, longer blocks
would leave few distinct futures. So good and bad months do not cluster here, and no season is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np

from goals.domain.allocation import Allocation, FundedGoal, by_importance
from goals.domain.surplus_flow import Amounts, numbers_for

RUNS = 2000
FEWEST_MONTHS = 3
PERCENTILES = (10, 50, 90)
# The two-sided 95 percent point of the normal distribution.
Z_95 = 1.959964


class NoChances(StrEnum):
    """Why no probability is told: fewer than three months, no active goal, no rate to the surplus's currency."""

    TOO_LITTLE_HISTORY = "too_little_history"
    NOT_ACTIVE = "not_active"
    NO_RATE = "no_rate"


@dataclass(frozen=True, slots=True)
class Chance:
    """``probability`` is the share of the runs in which the goal is reached by its date.

    ``low`` and ``high`` are its 95% interval as an estimate from so many runs (E. B. Wilson, 1927); they say nothing
    of how well the history stands for the future. ``p10``, ``p50`` and ``p90`` are the months by which so many of a
    hundred runs have reached it, None after the last that was looked at.
    """

    key: str
    probability: float
    low: float
    high: float
    p10: int | None
    p50: int | None
    p90: int | None


@dataclass(frozen=True, slots=True)
class Chances:
    """The goals in the order of priority; None with a reason where nothing can be said."""

    goals: tuple[Chance, ...] | None
    runs: int
    seed: int
    reason: NoChances | None = None


def chances(
    goals: Sequence[FundedGoal],
    allocation: Allocation,
    *,
    history: Sequence[int],
    seed: int,
    runs: int = RUNS,
) -> Chances:
    """The chance of every goal of an allocation, over its months, under surpluses like those of the past.

    ``history`` has one surplus a month, after minimum payments on debts, minor units of either sign. A deficit is
    made up by the months that follow before goals get anything. What a month has then goes, by priority, to what
    the allocation has given each goal so far and it lacks, and the rest, by priority, to what each still needs,
    within the monthly caps: where each month brings the planned surplus, the plan is followed. A goal without a
    date, or with a later one, has the last month of the allocation as its date.

    Needs three months of history, for fewer give no idea of the spread. The same seed gives the same answer under
    one version of NumPy. Raises ``ValueError`` for fewer than one run.
    """
    if runs < 1:
        raise ValueError(f"{runs} runs")
    if len(history) < FEWEST_MONTHS:
        return Chances(None, runs, seed, NoChances.TOO_LITTLE_HISTORY)
    ranked = by_importance(goals)
    months = len(allocation.unallocated)
    generator = np.random.default_rng(seed)
    # No balance and no sum of amounts passes this.
    largest = months * max(map(abs, history)) + sum(goal.remaining for goal in ranked)
    numbers = numbers_for(largest)
    surplus: Amounts = np.array(history, dtype=numbers)[generator.integers(len(history), size=(months, runs))]
    reached_in = _Futures(ranked, allocation, runs, numbers).reached_in(surplus)
    found = tuple(
        _chance(goal, row, goal.last_month(months)) for goal, row in zip(ranked, reached_in, strict=True)
    )
    return Chances(found, runs, seed)


class _Futures:
    """Arrays have a row a goal and a column a run."""

    def __init__(
        self,
        goals: Sequence[FundedGoal],
        allocation: Allocation,
        runs: int,
        numbers: type[np.int64] | type[object],
    ) -> None:
        amounts = [allocation.of(goal.key).amounts for goal in goals]
        months = len(allocation.unallocated)
        planned: Amounts = np.array(amounts, dtype=numbers).reshape(len(goals), months)
        self._planned = np.cumsum(planned, axis=1)
        self._needed = _column([goal.remaining for goal in goals], numbers)
        caps = [_cap(goal) for goal in goals]
        self._caps = _column(caps, numbers)
        self._received: Amounts = np.zeros((len(goals), runs), dtype=numbers)

    def reached_in(self, surplus: Amounts) -> Amounts:
        """The month in which each goal is reached in each run, 0 at the outset, and -1 where it never is."""
        reached = np.where(self._received >= self._needed, 0, -1)
        balance = np.zeros_like(self._received, shape=self._received.shape[1])
        for month, drawn in enumerate(surplus, start=1):
            balance += drawn
            self._give(np.maximum(balance, 0), month)
            np.minimum(balance, 0, out=balance)
            reached[(reached < 0) & (self._received >= self._needed)] = month
        return reached

    def _give(self, available: Amounts, month: int) -> None:
        planned = self._planned[:, month - 1 : month]
        first = _in_turn(np.clip(planned - self._received, 0, self._caps), available)
        self._received += first
        rest = np.minimum(self._needed - self._received, self._caps - first)
        self._received += _in_turn(rest, available - first.sum(axis=0))


def _in_turn(wanted: Amounts, available: Amounts) -> Amounts:
    """What each goal gets of what is available, one after the other."""
    before = np.cumsum(wanted, axis=0) - wanted
    given: Amounts = np.clip(available - before, 0, wanted)
    return given


def _chance(goal: FundedGoal, reached_in: Amounts, last_month: int) -> Chance:
    runs = len(reached_in)
    months = np.sort(reached_in[reached_in >= 0])
    probability = int(np.count_nonzero(months <= last_month)) / runs
    low, high = wilson_interval(probability, runs)
    ranks = (-(-percent * runs // 100) for percent in PERCENTILES)
    p10, p50, p90 = (int(months[rank - 1]) if rank <= len(months) else None for rank in ranks)
    return Chance(goal.key, probability, low, high, p10, p50, p90)


def wilson_interval(share: float, runs: int) -> tuple[float, float]:
    """The 95% score interval of a share that was observed in so many runs, to four decimals."""
    square = Z_95 * Z_95
    middle = share + square / (2 * runs)
    reach = Z_95 * sqrt((share * (1 - share) + square / (4 * runs)) / runs)
    scale = 1 + square / runs
    return round((middle - reach) / scale, 4), round((middle + reach) / scale, 4)


def _cap(goal: FundedGoal) -> int:
    """The most that goes to a goal in a month, which is never more than it needs."""
    return goal.remaining if goal.monthly_cap is None else min(goal.monthly_cap, goal.remaining)


def _column(values: Sequence[int], numbers: type[np.int64] | type[object]) -> Amounts:
    column: Amounts = np.array(values, dtype=numbers)[:, np.newaxis]
    return column
