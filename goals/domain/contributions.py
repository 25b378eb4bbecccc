"""What automatic rules put aside. Amounts are minor units; no rule gives more than the goal still needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.domain.money import minor_digits

ROUND_UP_STEPS = (1, 5, 10)


class ContributionRule(StrEnum):
    PERCENT_OF_INCOME = "percent_of_income"
    ROUND_UP = "round_up"
    LEFT_OVER = "left_over"


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that a rule looks at: ``units`` of the goal's currency on a day, under a key of its own."""

    key: str
    on: date
    units: int


def given(
    rule: ContributionRule,
    counted: Sequence[Counted],
    *,
    currency: str,
    needed: int,
    percent: Decimal | None = None,
    step: int | None = None,
) -> list[int]:
    """What a rule puts aside for each, in their order, up to what is ``needed`` in all."""
    units = [each.units for each in counted]
    if rule == ContributionRule.ROUND_UP:
        return round_ups(units, step or 1, currency, needed=needed)
    parts = []
    for each in units:
        if rule == ContributionRule.PERCENT_OF_INCOME:
            part = percent_of_income(each, percent or Decimal(0), needed=needed)
        else:
            part = left_over(each, needed=needed)
        needed -= part
        parts.append(part)
    return parts


def percent_of_income(income: int, percent: Decimal, *, needed: int) -> int:
    """A share of an income received, half-even to the minor unit; ``percent`` is from 0 to 100.

    What is not an income (a reversal, nothing) gives nothing.
    """
    share = round(Fraction(max(0, income)) * Fraction(percent) / 100)
    return _capped(share, needed)


def round_ups(purchases: Sequence[int], step: int, currency: str, *, needed: int) -> list[int]:
    """For each purchase what is missing to the next multiple of ``step`` whole units of the currency.

    A purchase of a round sum gives nothing, and so does a refund. Purchases are positive amounts, in the order
    in which they use up what is needed. A yen has no minor unit, so a step of 1 never gives anything there.
    """
    step_in_minor = step * 10 ** minor_digits(currency)
    given = []
    for spent in purchases:
        part = _capped(-spent % step_in_minor if spent > 0 else 0, needed)
        needed -= part
        given.append(part)
    return given


def left_over(left: int, *, needed: int) -> int:
    """What a period that has ended leaves over; an overspent one gives nothing."""
    return _capped(left, needed)


def _capped(amount: int, needed: int) -> int:
    return max(0, min(amount, needed))
