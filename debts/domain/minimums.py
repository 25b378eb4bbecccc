"""What a lender asks for in a month."""

from collections.abc import Callable

from debts.domain.interest import share_of
from debts.domain.terms import BalanceBasis, Minimum, MinimumRule


def minimum_due(minimum: Minimum, *, opening: int, cost: int, owed: int, annuity: int = 0) -> int:
    """The month's minimum payment in minor units, never more than ``owed``.

    ``opening`` is the balance before the month's interest and fees (``cost``), ``owed`` what is to be paid in
    all, ``annuity`` the computed payment of an amortising debt.
    """
    asked = _ASKED[minimum.rule](minimum, opening, cost, owed, annuity)
    return min(asked, owed)


def _percent(minimum: Minimum, opening: int, cost: int, owed: int, annuity: int) -> int:  # noqa: ARG001
    base = opening if minimum.of == BalanceBasis.BEFORE_INTEREST else owed
    return max(share_of(base, minimum.percent), minimum.floor)


def _interest_plus(minimum: Minimum, opening: int, cost: int, owed: int, annuity: int) -> int:  # noqa: ARG001
    return max(cost + share_of(opening, minimum.percent), minimum.floor)


_ASKED: dict[MinimumRule, Callable[[Minimum, int, int, int, int], int]] = {
    MinimumRule.FIXED: lambda minimum, _opening, _cost, _owed, _annuity: minimum.amount,
    MinimumRule.PERCENT: _percent,
    MinimumRule.INTEREST_PLUS_PERCENT: _interest_plus,
    MinimumRule.AMORTISING: lambda _minimum, _opening, _cost, _owed, annuity: annuity,
    MinimumRule.INTEREST_ONLY: lambda _minimum, _opening, cost, _owed, _annuity: cost,
    MinimumRule.NONE: lambda _minimum, _opening, _cost, _owed, _annuity: 0,
}
