"""Minimums and rates of many paths at once, in floating point: see ``debts.domain.risk``."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from debts.domain.terms import BalanceBasis, Minimum, MinimumRule

Amounts = NDArray[np.float64]

# A product that is exactly half a minor unit may come out a hair below it in binary.
HALF = 0.5 + 1e-7

_WITH_PERCENT = {MinimumRule.PERCENT, MinimumRule.INTEREST_PLUS_PERCENT}
_WITH_COST = {MinimumRule.INTEREST_ONLY, MinimumRule.INTEREST_PLUS_PERCENT}


class MinimumTerms:
    """Every rule as the larger of a floor and a share of costs plus a share of a balance."""

    def __init__(self, minimums: Sequence[Minimum]) -> None:
        self._percent = column([_percent(minimum) for minimum in minimums])
        self._of_owed = column([_is_of_owed(minimum) for minimum in minimums])
        self._cost = column([minimum.rule in _WITH_COST for minimum in minimums])
        self._floor = column([_floor(minimum) for minimum in minimums])

    def due(self, opening: Amounts, cost: Amounts, owed: Amounts, equal: Amounts) -> Amounts:
        base = opening + self._of_owed * (owed - opening)
        share = self._cost * cost + np.floor(self._percent * base + HALF)
        return np.minimum(np.maximum(np.maximum(share, self._floor), equal), owed)


def _percent(minimum: Minimum) -> float:
    return ratio((minimum.percent / 100).as_integer_ratio()) if minimum.rule in _WITH_PERCENT else 0.0


def _is_of_owed(minimum: Minimum) -> bool:
    return minimum.rule == MinimumRule.PERCENT and minimum.of == BalanceBasis.AFTER_INTEREST


def _floor(minimum: Minimum) -> float:
    if minimum.rule == MinimumRule.FIXED:
        return minimum.amount
    return minimum.floor if minimum.rule in _WITH_PERCENT else 0.0


def annuities(balances: Amounts, rate: float, months: int) -> Amounts:
    """The equal payments that clear the balances, up to the next minor unit."""
    if not rate:
        return np.ceil(balances / months)
    return np.ceil(balances * rate / (1 - (1 + rate) ** -months))


def ratio(fraction: tuple[int, int]) -> float:
    """A fraction as a float."""
    numerator, denominator = fraction
    return numerator / denominator


def column(values: Sequence[float]) -> Amounts:
    """One value a row, the same for every path."""
    return np.array(values, dtype=np.float64)[:, np.newaxis]
