"""What each rule asks for, in cents."""

from decimal import Decimal

import pytest

from debts.domain.minimums import minimum_of
from debts.domain.terms import BalanceBasis, Minimum, MinimumRule, simple_debt

# A balance of 1,000.00, on which the month has put interest of 20.00 and a fee of 5.00.
MONTH = {"opening": 1000_00, "cost": 25_00, "owed": 1025_00}


def minimum_due(minimum, *, opening, cost, owed):
    """What a debt asks for in its first month."""
    return minimum_of(simple_debt("Debt", opening, "0", minimum))(1, opening, cost, owed)


def percent(share, floor, of=BalanceBasis.AFTER_INTEREST):
    return Minimum(MinimumRule.PERCENT, percent=Decimal(share), floor=floor, of=of)


def interest_plus(share, floor):
    return Minimum(MinimumRule.INTEREST_PLUS_PERCENT, percent=Decimal(share), floor=floor)


@pytest.mark.parametrize(
    ("minimum", "due"),
    [
        (Minimum(), 0),
        (Minimum(MinimumRule.FIXED, amount=80_00), 80_00),
        (percent("2", 0), 20_50),
        (percent("2", 0, BalanceBasis.BEFORE_INTEREST), 20_00),
        (percent("2", 20_51), 20_51),
        (interest_plus("1", 0), 35_00),
        (interest_plus("1", 35_01), 35_01),
        (Minimum(MinimumRule.INTEREST_ONLY), 25_00),
        # 1,000.00 over 24 months without interest: 41.67, up from 41.666...
        (Minimum(MinimumRule.AMORTISING, months=24), 41_67),
    ],
    ids=str,
)
def test_each_rule_asks_for_its_own(minimum, due):
    assert minimum_due(minimum, **MONTH) == due


@pytest.mark.parametrize(
    "minimum",
    [
        Minimum(MinimumRule.FIXED, amount=80_00),
        percent("2", 25_00),
        interest_plus("1", 25_00),
    ],
    ids=lambda minimum: str(minimum.rule),
)
def test_no_minimum_is_more_than_what_is_owed(minimum):
    assert minimum_due(minimum, opening=9_90, cost=10, owed=10_00) == 10_00


def test_equal_payments_stay_until_less_is_owed():
    asked = minimum_of(simple_debt("Loan", 1000_00, "0", Minimum(MinimumRule.AMORTISING, months=24)))

    assert asked(1, 1000_00, 0, 1000_00) == 41_67
    assert asked(2, 500_00, 0, 500_00) == 41_67
    assert asked(3, 41_66, 0, 41_66) == 41_66


def test_a_percentage_is_rounded_half_up():
    half = percent("2.5", 0)

    assert minimum_due(half, opening=0, cost=0, owed=20) == 1
    assert minimum_due(half, opening=0, cost=0, owed=19) == 0


def test_new_purchases_count_in_a_percentage_after_interest_only():
    month = {"opening": 1000_00, "cost": 0, "owed": 1500_00}

    assert minimum_due(percent("2", 0), **month) == 30_00
    assert minimum_due(percent("2", 0, BalanceBasis.BEFORE_INTEREST), **month) == 20_00
    assert minimum_due(interest_plus("2", 0), **month) == 20_00
