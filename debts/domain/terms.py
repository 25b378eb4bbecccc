"""What a debt is, in words that a payoff plan understands: plain immutable records.

Every amount is a whole number of the currency's minor units (cents), every rate a percentage a year, and months
count from 1, the month of the plan's first payment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

MAX_MONTHS = 600
MAX_DEBTS = 200
MAX_APR = Decimal(1000)
NO_INTEREST = Decimal(0)
# More than any balance is, also where a minor unit is counted in a hundred million parts.
LARGEST_BALANCE = 10**24


class Accrual(StrEnum):
    """How a month's interest comes from the balance that it opens with.

    ``monthly``: APR/12. ``daily``: APR/365 for each day of the calendar month, simple, which is the average
    daily balance method for a balance that moves once a month. ``daily_compounded``: APR/365 compounded over
    the days of the calendar month. ``average_month``: compounded over 365/12 days.
    """

    MONTHLY = "monthly"
    DAILY = "daily"
    DAILY_COMPOUNDED = "daily_compounded"
    AVERAGE_MONTH = "average_month"


class MinimumRule(StrEnum):
    FIXED = "fixed"
    PERCENT = "percent"
    INTEREST_PLUS_PERCENT = "interest_plus_percent"
    AMORTISING = "amortising"
    INTEREST_ONLY = "interest_only"
    NONE = "none"


class BalanceBasis(StrEnum):
    """Which balance a percentage is taken of."""

    BEFORE_INTEREST = "balance_before_interest"
    AFTER_INTEREST = "balance_after_interest"


class SegmentKind(StrEnum):
    PURCHASES = "purchases"
    CASH = "cash"
    TRANSFER = "transfer"


class MinimumGoesTo(StrEnum):
    """To which balance of a card its issuer puts the minimum; the law leaves that to the issuer."""

    LOWEST_APR = "lowest_apr"
    HIGHEST_APR = "highest_apr"


@dataclass(frozen=True, slots=True)
class Minimum:
    """What the lender asks for every month; never more than is owed.

    ``fixed``: ``amount``. ``percent``: ``percent`` of the balance before or after the month's interest, at least
    ``floor``. ``interest_plus_percent``: the month's interest and fees, and ``percent`` of the balance before
    them, at least ``floor``. ``amortising``: what pays the debt off in ``months`` equal payments.
    ``interest_only``: the month's interest and fees. ``none``: nothing.
    """

    rule: MinimumRule = MinimumRule.NONE
    amount: int = 0
    percent: Decimal = Decimal(0)
    floor: int = 0
    of: BalanceBasis = BalanceBasis.AFTER_INTEREST
    months: int = 0


@dataclass(frozen=True, slots=True)
class RateStep:
    """From this month on, this rate."""

    month: int
    apr: Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a debt with rates of its own.

    ``rates`` are in the order of their months; the first starts with month 1. With ``deferred_until`` interest
    is only noted down through that month, at ``deferred_apr``; whatever is noted is charged in full in the
    month after unless the segment has been cleared by then.
    """

    balance: int
    rates: tuple[RateStep, ...]
    kind: SegmentKind = SegmentKind.PURCHASES
    deferred_until: int | None = None
    deferred_apr: Decimal = Decimal(0)

    def apr(self, month: int) -> Decimal:
        """The rate in force; 0 while interest is deferred."""
        if self.deferred_until is not None and month <= self.deferred_until:
            return NO_INTEREST
        last = self.rates[-1]
        if last.month <= month:
            return last.apr
        return next(step.apr for step in reversed(self.rates) if step.month <= month)


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt: its segments, what it costs, and what it asks for.

    ``fees`` and ``charges`` (new purchases) go by month; ``charges`` join the first segment. Fees are charged
    only while something is owed. ``late_fee`` is charged in a month in which the minimum is not paid. A debt that is
    never paid does not grow without end: of interest, fees and charges only as much is added as ``ceiling`` has room
    for, so that whatever a debt comes to can be kept and told.
    """

    name: str
    segments: tuple[Segment, ...]
    minimum: Minimum = Minimum()
    accrual: Accrual = Accrual.MONTHLY
    monthly_fee: int = 0
    late_fee: int = 0
    fees: Mapping[int, int] = field(default_factory=dict)
    charges: Mapping[int, int] = field(default_factory=dict)
    credit_limit: int | None = None
    minimum_goes_to: MinimumGoesTo = MinimumGoesTo.LOWEST_APR
    ceiling: int = LARGEST_BALANCE

    @property
    def balance(self) -> int:
        return sum(segment.balance for segment in self.segments)


def simple_debt(name: str, balance: int, apr: Decimal | str, minimum: Minimum) -> Debt:
    """A debt of one segment at one rate."""
    return Debt(name, (Segment(balance, (RateStep(1, Decimal(apr)),)),), minimum)
