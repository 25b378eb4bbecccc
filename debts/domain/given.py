"""A debt in the words of who owes it: amounts in its currency, rates in percent a year, days of the calendar.

``debts.domain.terms`` has the same in the engine's words: minor units, and months of a plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from debts.domain.terms import Accrual, BalanceBasis, MinimumGoesTo, MinimumRule, SegmentKind

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPromo:
    """A rate for a time: for so many ``months`` of a plan, or up to the day ``until``, itself included."""

    apr: Decimal = NOTHING
    months: int | None = None
    until: date | None = None
    deferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRate:
    """From this day on, this rate."""

    on: date
    apr: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSegment:
    """A balance inside a debt that has a rate of its own."""

    amount: Decimal
    apr: Decimal
    kind: SegmentKind = SegmentKind.PURCHASES
    promo: GivenPromo | None = None
    rate_changes: Sequence[GivenRate] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMinimum:
    """What the lender asks for every month; a rule uses the fields that ``Minimum`` says."""

    rule: MinimumRule = MinimumRule.NONE
    amount: Decimal = NOTHING
    percent: Decimal = NOTHING
    floor: Decimal = NOTHING
    of: BalanceBasis = BalanceBasis.AFTER_INTEREST
    months: int = 0


NO_MINIMUM = GivenMinimum()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAmount:
    """So much money on a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDebt:
    """One debt: its balances and what it costs and asks for.

    ``balance`` with ``apr``, ``promo`` and ``rate_changes`` is the short form of a single segment. ``id`` is that of
    a saved debt; ``currency`` is None where it is that of the request around it.
    """

    name: str
    id: UUID | None = None
    kind: str = ""
    currency: str | None = None
    balance: Decimal | None = None
    apr: Decimal | None = None
    promo: GivenPromo | None = None
    rate_changes: Sequence[GivenRate] = ()
    segments: Sequence[GivenSegment] = ()
    credit_limit: Decimal | None = None
    accrual: Accrual = Accrual.MONTHLY
    minimum_payment: GivenMinimum = NO_MINIMUM
    minimum_goes_to: MinimumGoesTo = MinimumGoesTo.LOWEST_APR
    monthly_fee: Decimal = NOTHING
    annual_fee: Decimal = NOTHING
    annual_fee_month: int | None = None
    late_fee: Decimal = NOTHING
    fees: Sequence[DatedAmount] = ()

    @property
    def parts(self) -> Sequence[GivenSegment]:
        """Its segments, in whichever form they were given."""
        if self.segments or self.balance is None or self.apr is None:
            return self.segments
        return (
            GivenSegment(amount=self.balance, apr=self.apr, promo=self.promo, rate_changes=self.rate_changes),
        )

    @property
    def owed(self) -> Decimal:
        """What is owed on all its segments."""
        return sum((part.amount for part in self.parts), NOTHING)
