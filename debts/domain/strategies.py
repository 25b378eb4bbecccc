"""Which debt gets what is left after the minimums.

Ties. Avalanche: the smaller balance first, then the order given. Snowball: the higher rate first, then the order
given. Balances are those after the month's minimums; rates are those that a further payment saves in this month.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Strategy(StrEnum):
    SNOWBALL = "snowball"
    AVALANCHE = "avalanche"
    CUSTOM = "custom"
    HIGHEST_UTILISATION = "highest_utilisation"
    MINIMUMS_ONLY = "minimums_only"
    OPTIMAL = "optimal"


class Ranked(Protocol):
    """What a ranking may look at."""

    index: int
    owed: int

    def apr(self, month: int) -> Decimal: ...

    def final_apr(self) -> Decimal: ...

    def utilisation(self) -> Decimal: ...


Ranking = Callable[[int, Sequence[Ranked]], Sequence[Ranked]]
"""The debts still owed, in the order in which they get the rest of the month's budget."""


def by_balance(month: int, owed: Sequence[Ranked]) -> Sequence[Ranked]:
    """Snowball: the smallest balance first."""
    return sorted(owed, key=lambda debt: (debt.owed, -debt.apr(month), debt.index))


def by_rate(month: int, owed: Sequence[Ranked]) -> Sequence[Ranked]:
    """Avalanche: the highest rate first."""
    return sorted(owed, key=lambda debt: (-debt.apr(month), debt.owed, debt.index))


def by_final_rate(month: int, owed: Sequence[Ranked]) -> Sequence[Ranked]:  # noqa: ARG001
    """Avalanche by the rate that holds once every promotion has ended."""
    return sorted(owed, key=lambda debt: (-debt.final_apr(), debt.owed, debt.index))


def by_utilisation(month: int, owed: Sequence[Ranked]) -> Sequence[Ranked]:
    """The card that is fullest for its limit first; debts without a limit last, the highest rate first."""
    return sorted(owed, key=lambda debt: (-debt.utilisation(), -debt.apr(month), debt.owed, debt.index))


def by_order(order: Sequence[int]) -> Ranking:
    """The person's own order, as places in the household."""
    place = {index: number for number, index in enumerate(order)}
    return lambda _month, owed: sorted(owed, key=lambda debt: place[debt.index])


RANKINGS: dict[Strategy, Ranking] = {
    Strategy.SNOWBALL: by_balance,
    Strategy.AVALANCHE: by_rate,
    Strategy.HIGHEST_UTILISATION: by_utilisation,
}
