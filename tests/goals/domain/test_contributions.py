"""What automatic rules put aside."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.domain.contributions import ROUND_UP_STEPS, left_over, percent_of_income, round_ups

PLENTY = 10**9


@pytest.mark.parametrize(
    ("income", "percent", "given"),
    [
        (2_000_00, "10", 200_00),
        (1_234_56, "12.5", 154_32),
        # 0.5, 1.5 and 2.5 units: half to the even one.
        (50, "1", 0),
        (150, "1", 2),
        (250, "1", 2),
        (251, "1", 3),
        (2_000_00, "0", 0),
        (0, "10", 0),
        (-2_000_00, "10", 0),
    ],
)
def test_a_percentage_of_an_income_is_rounded_half_even(income, percent, given):
    assert percent_of_income(income, Decimal(percent), needed=PLENTY) == given


@pytest.mark.parametrize(
    ("step", "currency", "spent", "given"),
    [
        (1, "EUR", 3_40, 60),
        (5, "EUR", 3_40, 1_60),
        (10, "EUR", 13_40, 6_60),
        (1, "EUR", 4_00, 0),
        (1, "EUR", 4_01, 99),
        (5, "EUR", -3_40, 0),
        (1, "EUR", 0, 0),
        # The yen has no minor unit.
        (1, "JPY", 342, 0),
        (5, "JPY", 342, 3),
        (10, "JPY", 342, 8),
        # The dinar has a thousand.
        (1, "BHD", 3_400, 600),
        (5, "BHD", 3_400, 1_600),
        (10, "BHD", 3_001, 6_999),
    ],
)
def test_a_purchase_is_rounded_up_to_whole_units_of_its_currency(step, currency, spent, given):
    assert round_ups([spent], step, currency, needed=PLENTY) == [given]


def test_round_ups_stop_when_the_goal_needs_no_more():
    assert round_ups([3_40, 9_99, 1_50, 2_20], 1, "EUR", needed=1_00) == [60, 1, 39, 0]


def test_what_a_period_leaves_over_is_never_negative():
    assert left_over(120_00, needed=PLENTY) == 120_00
    assert left_over(-4_20, needed=PLENTY) == 0


def test_no_rule_gives_more_than_the_goal_needs():
    assert percent_of_income(2_000_00, Decimal(10), needed=50_00) == 50_00
    assert left_over(120_00, needed=50_00) == 50_00
    # A goal that has more than its target needs less than nothing.
    assert percent_of_income(2_000_00, Decimal(10), needed=-1) == 0
    assert round_ups([3_40], 1, "EUR", needed=-1) == [0]
    assert left_over(120_00, needed=-1) == 0


@settings(deadline=None)
@given(
    purchases=st.lists(st.integers(-10_000, 10**7), max_size=20),
    step=st.sampled_from(ROUND_UP_STEPS),
    currency=st.sampled_from(["EUR", "JPY", "BHD"]),
    needed=st.integers(0, 20_000),
)
def test_round_ups_are_never_negative_and_add_up_to_at_most_the_need(purchases, step, currency, needed):
    given = round_ups(purchases, step, currency, needed=needed)
    full = round_ups(purchases, step, currency, needed=PLENTY)

    assert sum(given) == min(needed, sum(full))
    assert all(0 <= part <= whole for part, whole in zip(given, full, strict=True))
