"""Who is first in rank, among debts of one balance side by side.

Rates are compared as ranks, the highest 0: whole numbers compare faster than decimals.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress
from typing import Protocol

from debts.domain.position import Position
from debts.domain.steady_bills import next_change
from debts.domain.strategies import Ranking, by_balance, by_rate
from debts.domain.terms import Debt


class Queue(Protocol):
    """The debts still owed in the order of a ranking; lists have a number for each debt."""

    def first(self, month: int, balances: list[int]) -> int | None:
        """The column of the debt that gets the next unit; None where nothing is owed."""

    def keep(self, kept: list[bool]) -> None:
        """Forget all other debts."""


def queue_of(ranking: Ranking | None, debts: Mapping[int, Debt], start: date) -> Queue:
    """The quickest queue for a ranking of these debts, given by their places; without one nobody is first."""
    if ranking is None:
        return _Nobody()
    if ranking is by_rate:
        return _ByRate(list(debts.values()))
    if ranking is by_balance:
        return _ByBalance(list(debts.values()))
    return _Ranked(ranking, debts, start)


class _Nobody:
    def first(self, month: int, balances: list[int]) -> int | None:  # noqa: ARG002
        return None

    def keep(self, kept: list[bool]) -> None:
        """Nobody is left out."""


class _ByRate:
    """Avalanche: the highest rate, then the smaller balance, then the earlier place."""

    def __init__(self, debts: Sequence[Debt]) -> None:
        self._debts, self._renewed_in = debts, 1
        self._ranks: list[int] = []
        self._leader: int | None = None

    def first(self, month: int, balances: list[int]) -> int | None:
        if month >= self._renewed_in:
            self._renew(month)
        if self._leader is not None and balances[self._leader]:
            return self._leader
        return _least(self._ranks, balances, balances)

    def keep(self, kept: list[bool]) -> None:
        self._debts = list(compress(self._debts, kept))
        self._lead(list(compress(self._ranks, kept)))

    def _renew(self, month: int) -> None:
        self._lead(_ranks(self._debts, month))
        self._renewed_in = next_change(self._debts, month)

    def _lead(self, ranks: list[int]) -> None:
        self._ranks, best = ranks, min(ranks, default=0)
        self._leader = ranks.index(best) if ranks.count(best) == 1 else None


class _ByBalance:
    """Snowball: the smallest balance, then the higher rate, then the earlier place."""

    def __init__(self, debts: Sequence[Debt]) -> None:
        self._debts, self._renewed_in = debts, 1
        self._ranks: list[int] = []

    def first(self, month: int, balances: list[int]) -> int | None:
        if month >= self._renewed_in:
            self._ranks = _ranks(self._debts, month)
            self._renewed_in = next_change(self._debts, month)
        smallest = min(balances)
        if smallest and balances.count(smallest) == 1:
            return balances.index(smallest)
        return _least(balances, self._ranks, balances)

    def keep(self, kept: list[bool]) -> None:
        self._debts = list(compress(self._debts, kept))
        self._ranks = list(compress(self._ranks, kept))


class _Ranked:
    """Any other ranking, asked with the debts as it knows them."""

    def __init__(self, ranking: Ranking, debts: Mapping[int, Debt], start: date) -> None:
        self._ranking = ranking
        self._positions = [Position(index, debt, start) for index, debt in debts.items()]

    def first(self, month: int, balances: list[int]) -> int | None:
        for position, balance in zip(self._positions, balances, strict=True):
            position.owed = balance
        owed = [position for position in self._positions if position.owed]
        if not owed:
            return None
        first = self._ranking(month, owed)[0].index
        return next(column for column, each in enumerate(self._positions) if each.index == first)

    def keep(self, kept: list[bool]) -> None:
        self._positions = list(compress(self._positions, kept))


def _least(first: list[int], second: list[int], balances: list[int]) -> int | None:
    """The column of the least first number, then second, then place, among those that owe something."""
    ranked = zip(first, second, range(len(balances)), strict=True)
    found = min((rank for rank in ranked if balances[rank[2]]), default=None)
    return None if found is None else found[2]


def _ranks(debts: Sequence[Debt], month: int) -> list[int]:
    aprs = [debt.segments[0].apr(month) for debt in debts]
    places = {apr: rank for rank, apr in enumerate(sorted(set(aprs), reverse=True))}
    return [places[apr] for apr in aprs]
