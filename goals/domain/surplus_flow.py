"""Money on its way from months to claims, re-arranged for as long as one more claim can be served.

A claim takes at most a limit in each month. Amounts are minor units in whole-number arrays with a column a month.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Amounts = NDArray[np.int64]
LARGEST_WHOLE = int(np.iinfo(np.int64).max)


def numbers_for(largest: int) -> type[np.int64] | type[object]:
    """What an array consists of in which no sum passes ``largest``: machine integers, or Python's, which are slow."""
    return np.int64 if largest <= LARGEST_WHOLE else object


class SurplusFlow:
    """A maximum flow by shortest augmenting paths, in which no claim ever gives up what it has in all.

    Source: J. Edmonds and R. M. Karp, Theoretical Improvements in Algorithmic Efficiency for Network Flow
    Problems, 1972. All months between the same two claims are one step of a path, so few paths are needed.
    """

    def __init__(self, surplus: Sequence[int], *, claims: int) -> None:
        numbers = numbers_for(sum(surplus))
        self._surplus: Amounts = np.array(surplus, dtype=numbers)
        self._free = self._surplus.copy()
        self._limit: Amounts = np.zeros((claims, len(surplus)), dtype=numbers)
        self._given = np.zeros_like(self._limit)
        self._most = max(surplus, default=0)

    def open(self, claim: int, months: range, *, cap: int | None) -> None:
        """Let the claim take up to ``cap`` in each of these months, the first of all being 0."""
        window = slice(months.start, months.stop)
        surplus = self._surplus[window]
        self._limit[claim, window] = surplus if cap is None else np.minimum(surplus, min(cap, self._most))

    def give(self, claim: int, amount: int) -> int:
        """Give the claim as much as can be had, at most ``amount`` more; returns how much that is.

        Other claims keep their totals and may get them in other months.
        """
        given = 0
        while given < amount and (path := self._path(claim)):
            given += self._push(path, amount - given)
        return given

    def withdraw(self, claim: int) -> None:
        """Take everything back and close all months."""
        self._free += self._given[claim]
        self.settle(claim)

    def settle(self, claim: int) -> list[int]:
        """What the claim has in each month; from now on nothing can move it."""
        amounts: list[int] = self._given[claim].tolist()
        self._given[claim] = 0
        self._limit[claim] = 0
        return amounts

    def _path(self, claim: int) -> list[int]:
        """The shortest way from the claim to free money: each takes from the next one; empty if there is none."""
        came_from = {claim: claim}
        queue = [claim]
        for current in queue:
            room = self._limit[current] - self._given[current]
            if np.minimum(room, self._free).any():
                return list(_way_back(current, came_from))[::-1]
            takes_from = np.flatnonzero(np.minimum(room, self._given).any(axis=1)).tolist()
            fresh = [other for other in takes_from if other not in came_from]
            came_from.update(dict.fromkeys(fresh, current))
            queue.extend(fresh)
        return []

    def _push(self, path: Sequence[int], amount: int) -> int:
        sources = [*(self._given[claim] for claim in path[1:]), self._free]
        steps = [
            np.minimum(self._limit[claim] - self._given[claim], source)
            for claim, source in zip(path, sources, strict=True)
        ]
        amount = min(amount, *(int(step.sum()) for step in steps))
        for claim, source, step in zip(path, sources, steps, strict=True):
            moved = _earliest(step, amount)
            self._given[claim] += moved
            np.subtract(source, moved, out=source)
        return amount


def _earliest(available: Amounts, amount: int) -> Amounts:
    """So much of what is available, from the first months."""
    before = np.cumsum(available) - available
    taken: Amounts = np.clip(amount - before, 0, available)
    return taken


def _way_back(claim: int, came_from: dict[int, int]) -> Iterator[int]:
    yield claim
    while came_from[claim] != claim:
        claim = came_from[claim]
        yield claim
