"""What a lender asks for in a month."""

from collections.abc import Callable

from debts.domain.interest import amortising_payment, interest_on, periodic_rate
from debts.domain.terms import Accrual, BalanceBasis, Debt, Minimum, MinimumRule

Asked = Callable[[int, int, int, int], int]
"""What a debt asks for: from the month, its balance before interest and fees, these, and what is owed in all."""


def minimum_of(debt: Debt) -> Asked:
    """The rule by which this debt's minimum payment is found, never more than is owed; in minor units.

    The rule of an amortising debt remembers its payment: it wants to be asked month after month.
    """
    asked = _ASKED[debt.minimum.rule](debt)
    return lambda month, opening, cost, owed: min(asked(month, opening, cost, owed), owed)


def _fixed(debt: Debt) -> Asked:
    amount = debt.minimum.amount
    return lambda _month, _opening, _cost, _owed: amount


def _percent(debt: Debt) -> Asked:
    share, floor = _share(debt.minimum), debt.minimum.floor
    if debt.minimum.of == BalanceBasis.BEFORE_INTEREST:
        return lambda _month, opening, _cost, _owed: max(interest_on(opening, share), floor)
    return lambda _month, _opening, _cost, owed: max(interest_on(owed, share), floor)


def _interest_plus(debt: Debt) -> Asked:
    share, floor = _share(debt.minimum), debt.minimum.floor
    return lambda _month, opening, cost, _owed: max(cost + interest_on(opening, share), floor)


def _share(minimum: Minimum) -> tuple[int, int]:
    return (minimum.percent / 100).as_integer_ratio()


class _Amortising:
    """Equal payments over the term; a new rate asks for a new payment over the months that are left."""

    def __init__(self, debt: Debt) -> None:
        self._segment, self._months = debt.segments[0], debt.minimum.months
        self._payment, self._rate = 0, (-1, 1)

    def __call__(self, month: int, opening: int, cost: int, owed: int) -> int:  # noqa: ARG002
        rate = periodic_rate(self._segment.apr(month), Accrual.MONTHLY, 0)
        if rate != self._rate or not self._payment:
            left = max(1, self._months - month + 1)
            self._payment, self._rate = amortising_payment(opening, rate, left), rate
        if month == self._months and owed - self._payment <= month:
            # Interest rounded up may have outrun the equal payments, by at most a unit a month.
            return owed
        return self._payment


_ASKED: dict[MinimumRule, Callable[[Debt], Asked]] = {
    MinimumRule.FIXED: _fixed,
    MinimumRule.PERCENT: _percent,
    MinimumRule.INTEREST_PLUS_PERCENT: _interest_plus,
    MinimumRule.AMORTISING: _Amortising,
    MinimumRule.INTEREST_ONLY: lambda _debt: lambda _month, _opening, cost, _owed: cost,
    MinimumRule.NONE: lambda _debt: lambda _month, _opening, _cost, _owed: 0,
}
