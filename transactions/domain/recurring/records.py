"""What is looked at, and what is found."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Period(StrEnum):
    """Semi-monthly is twice a month on fixed days, fortnightly and four-weekly go by weeks."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    SEMI_MONTHLY = "semi_monthly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Kind(StrEnum):
    """A subscription costs the same until its price changes (a rent does too), a bill varies."""

    INCOME = "income"
    SUBSCRIPTION = "subscription"
    BILL = "bill"


@dataclass(frozen=True, slots=True)
class Movement:
    """A row of the ledger: ``amount`` in minor units, outflow negative.

    ``merchant`` groups rows; where it is empty ``text``, the description without what changes from row to row,
    does.
    """

    key: str | UUID
    on: date
    amount: int
    currency: str
    merchant: str
    account: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PriceChange:
    """Signed like the movements: dearer is more negative."""

    on: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Series:
    """Movements that come round, and what is to be expected of them.

    ``key`` is made of merchant, direction, currency, period and first amount, so it stays while occurrences are
    added. ``expected`` is an amount in minor units, of a subscription the latest price, and ``spread`` how far off
    such a forecast was in the median. A movement counts as the one due on a day up to ``tolerance_days`` around it,
    so ``next_on`` may lie so many days back; it is ``None`` once ended. ``missed`` are the due days that passed
    without a movement, save those of a pause and those after the end. ``confidence`` is from 0 to 1.
    """

    key: str
    merchant: str
    currency: str
    period: Period
    kind: Kind
    occurrences: tuple[str | UUID, ...]
    first_on: date
    last_on: date
    next_on: date | None
    tolerance_days: int
    expected: int
    spread: int
    price_changes: tuple[PriceChange, ...]
    missed: tuple[date, ...]
    is_ended: bool
    confidence: float
    reasons: tuple[str, ...]
