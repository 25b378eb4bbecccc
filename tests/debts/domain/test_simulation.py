"""The odd months: pauses, purchases, changing rates, and minimums that fall away."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.errors import BudgetBelowMinimumsError
from debts.domain.schedule import Row
from debts.domain.simulation import MINIMUMS_ONLY, Instructions, simulate
from debts.domain.strategies import by_balance, by_order, by_rate, by_utilisation
from debts.domain.terms import Accrual, Debt, Minimum, MinimumRule, RateStep, Segment, simple_debt
from tests.debts.domain.households import JANUARY, debts_of, dollars, fixed

AVALANCHE, SNOWBALL = Instructions(by_rate), Instructions(by_balance)


def run(debts, budget, instructions=AVALANCHE, *, start=JANUARY, horizon=600):
    amounts = constant_budget(budget) if isinstance(budget, int) else budget
    return simulate(debts, amounts, instructions, start=start, horizon=horizon)


def payments(schedule, debt=0):
    return [row.payment for row in schedule.rows() if row.debt == debt]


def card(balance="1000", apr="12", minimum="25", **more):
    return replace(simple_debt("Card", dollars(balance), apr, fixed(minimum)), **more)


def test_what_clears_one_debt_goes_on_to_the_next_in_the_same_month():
    debts = debts_of(("A", "100", "12", "10"), ("B", "500", "6", "10"))

    schedule = run(debts, 200_00)

    # 101.00 clear A with its interest; B gets its minimum and the other 89.00.
    assert list(schedule.months[0]) == [
        Row(0, 100_00, 1_00, 0, 0, 101_00, 0),
        Row(1, 500_00, 2_50, 0, 0, 99_00, 403_50),
    ]
    assert payments(schedule, 1) == [99_00, 200_00, 200_00, 6_58]


def test_snowball_looks_at_balances_after_the_minimums():
    # A is the larger one until its minimum has been paid.
    debts = debts_of(("A", "510", "0", "100"), ("B", "500", "0", "0"))

    assert payments(run(debts, 150_00, SNOWBALL, horizon=1)) == [150_00]


def test_snowball_changes_its_mind_when_a_balance_is_overtaken():
    # A minimum of 100 brings B below A in month 2, whatever A got before.
    debts = debts_of(("A", "300", "0", "0"), ("B", "420", "0", "100"))
    schedule = run(debts, 110_00, SNOWBALL, horizon=2)

    assert payments(schedule, 0) == [10_00, 0]
    assert payments(schedule, 1) == [100_00, 110_00]


def test_utilisation_is_that_of_the_month():
    fuller, other = card("900", "0", "0", credit_limit=1000_00), card("850", "0", "0", credit_limit=1000_00)

    schedule = run([fuller, other], 100_00, Instructions(by_utilisation), horizon=2)

    assert [row.payment for row in schedule.rows()] == [100_00, 0, 0, 100_00]


def test_freed_minimums_roll_over():
    debts = debts_of(("A", "50", "0", "50"), ("B", "500", "0", "50"))

    assert payments(run(debts, 100_00), 1) == [50_00, 100_00, 100_00, 100_00, 100_00, 50_00]


def test_freed_minimums_leave_the_budget_where_they_do_not_roll_over():
    debts = debts_of(("A", "50", "0", "50"), ("B", "200", "0", "50"))
    budget = constant_budget(110_00, rolls_over=False)

    # The 10.00 above the minimums stay; the last part of a freed minimum goes too.
    assert payments(run(debts, budget), 1) == [60_00, 60_00, 60_00, 20_00]


def test_a_minimum_that_falls_with_its_balance_does_not_roll_over_either():
    two_percent = Minimum(MinimumRule.PERCENT, percent=Decimal(10))
    debt = simple_debt("Card", 1000_00, "0", two_percent)

    schedule = run([debt], constant_budget(100_00, rolls_over=False), horizon=3)

    assert payments(schedule) == [100_00, 90_00, 81_00]


def test_a_budget_below_the_minimums_is_refused_with_its_figures():
    debts = debts_of(("A", "1000", "12", "40"), ("B", "500", "12", "25"))

    with pytest.raises(BudgetBelowMinimumsError) as refused:
        run(debts, Budget((65_00, 64_99)))

    error = refused.value
    assert (error.month, error.needed, error.available) == (2, 65_00, 64_99)


def test_minimums_are_paid_whatever_they_come_to_where_no_budget_is_given():
    schedule = simulate(debts_of(("A", "100", "0", "40")), None, MINIMUMS_ONLY, start=JANUARY)

    assert payments(schedule) == [40_00, 40_00, 20_00]


def test_a_pause_to_minimums_keeps_extra_payments_out_of_its_months():
    budget = Budget((200_00,), pauses={2: MonthKind.MINIMUMS_ONLY})

    assert payments(run([card()], budget, horizon=3)) == [200_00, 25_00, 200_00]


def test_a_month_without_payments_costs_interest_and_a_late_fee():
    budget = Budget((200_00,), pauses={1: MonthKind.NOTHING})

    schedule = run([card(late_fee=35_00)], budget, horizon=2)

    # The late fee bears interest: 1 % of 1,045.00 in month 2.
    assert schedule.months == [
        [Row(0, 1000_00, 10_00, 35_00, 0, 0, 1045_00)],
        [Row(0, 1045_00, 10_45, 0, 0, 200_00, 855_45)],
    ]


def test_nothing_is_late_where_nothing_was_asked_for():
    budget = Budget((200_00,), pauses={1: MonthKind.NOTHING})

    schedule = run([card(minimum="0", late_fee=35_00)], budget, horizon=1)

    assert schedule.total_fees == 0


def test_a_charge_on_a_cleared_card_opens_it_again():
    schedule = run([card("100", charges={3: 50_00}), card("1000", apr="6")], 500_00)

    # Cleared in month 1, not owed in month 2, charged and cleared again in month 3.
    assert [row for row in schedule.rows() if row.debt == 0] == [
        Row(0, 100_00, 1_00, 0, 0, 101_00, 0),
        Row(0, 0, 0, 0, 50_00, 50_00, 0),
    ]
    assert schedule.payoffs[0] == 3


def test_a_plan_waits_for_charges_to_come():
    schedule = run([card("100", charges={3: 50_00})], 500_00)

    assert [len(rows) for rows in schedule.months] == [1, 0, 1]


def test_a_charge_bears_no_interest_in_its_own_month():
    schedule = run([card("1000", charges={2: 300_00})], 100_00, horizon=3)

    assert [row.interest for row in schedule.rows()] == [10_00, 9_10, 11_19]


def test_fees_are_charged_while_something_is_owed():
    loan = card("100", "0", "0", monthly_fee=2_00, fees={2: 40_00, 9: 40_00})

    schedule = run([loan], 60_00)

    assert [row.fees for row in schedule.rows()] == [2_00, 42_00, 2_00]
    assert payments(schedule) == [60_00, 60_00, 26_00]


def deferred(balance="600"):
    segment = Segment(
        dollars(balance), (RateStep(1, Decimal(24)),), deferred_until=3, deferred_apr=Decimal(24)
    )
    return Debt("Sofa", (segment,))


def test_deferred_interest_is_not_charged_at_all_when_cleared_in_time():
    schedule = run([deferred()], 200_00)

    assert (schedule.length, schedule.total_interest) == (3, 0)


def test_deferred_interest_is_charged_in_full_when_a_cent_is_left():
    # 2 % of 600.00, 400.01 and 200.02 were noted: 12.00, 8.00 and 4.00; the cents left bear none of their own.
    schedule = run([deferred()], Budget((199_99,)))

    assert [row.interest for row in schedule.rows()] == [0, 0, 0, 24_00]
    assert payments(schedule)[-1] == 24_03


def test_a_deferred_balance_is_cleared_first_in_its_last_two_cycles():
    dearer = Segment(1000_00, (RateStep(1, Decimal(30)),))
    both = Debt("Card", (dearer, *deferred().segments), fixed("0"))

    schedule = run([both], 310_00, horizon=5)

    # Month 1 goes to the dearer balance; months 2 and 3 clear the 600.00 of the sofa.
    assert [row.interest for row in schedule.rows()] == [25_00, 17_88, 18_32, 18_28, 10_99]


AMORTISING = Minimum(MinimumRule.AMORTISING, months=24)


def test_an_amortising_debt_ends_with_its_term():
    loan = simple_debt("Loan", 10_000_00, "6", Minimum(MinimumRule.AMORTISING, months=36))

    schedule = simulate([loan], None, MINIMUMS_ONLY, start=JANUARY)

    # 10,000 · 0.005 / (1 - 1.005^-36) = 304.2194, up to 304.22; the last payment is what is left.
    assert payments(schedule) == [304_22] * 35 + [304_18]


def test_an_annuity_is_renewed_when_the_rate_changes_and_still_ends_with_the_term():
    steps = (RateStep(1, Decimal(6)), RateStep(13, Decimal(9)))
    loan = Debt("Loan", (Segment(2400_00, steps),), AMORTISING)

    schedule = simulate([loan], None, MINIMUMS_ONLY, start=JANUARY)

    # 2,400.00 over 24 months at 0.5 % take 106.37; after a year 1,235.90 are owed, which over twelve months at
    # 0.75 % take 108.09.
    assert schedule.balances[11] == 1235_90
    assert payments(schedule)[:13] == [106_37] * 12 + [108_09]
    assert schedule.length == 24


def test_a_payment_above_the_annuity_shortens_the_term_and_keeps_the_annuity():
    budget = Budget((1000_00, 106_37))

    schedule = run([simple_debt("Loan", 2400_00, "6", AMORTISING)], budget)

    assert payments(schedule)[:2] == [1000_00, 106_37]
    assert schedule.length == 15


@pytest.mark.parametrize(
    ("accrual", "interest"),
    [
        (Accrual.MONTHLY, [10_00, 10_00, 10_00]),
        # 1,000.00 · 12 % · 31/365, 28/365, 31/365
        (Accrual.DAILY, [10_19, 9_21, 10_19]),
        (Accrual.DAILY_COMPOUNDED, [10_24, 9_25, 10_24]),
        (Accrual.AVERAGE_MONTH, [10_05, 10_05, 10_05]),
    ],
)
def test_daily_interest_is_lower_in_february(accrual, interest):
    # The payment of a month is its interest, so that every month opens with 1,000.00.
    debt = replace(simple_debt("Card", 1000_00, "12", Minimum(MinimumRule.INTEREST_ONLY)), accrual=accrual)

    schedule = simulate([debt], None, MINIMUMS_ONLY, start=JANUARY, horizon=3)

    assert [row.interest for row in schedule.rows()] == interest


def test_a_leap_year_has_no_29th_of_february():
    daily = replace(card(), accrual=Accrual.DAILY)
    common, leap = date(2027, 2, 1), date(2028, 2, 1)

    assert run([daily], 100_00, start=leap) == run([daily], 100_00, start=common)


def test_a_plan_of_ones_own_comes_before_the_ranking():
    debts = debts_of(("A", "1000", "12", "10"), ("B", "1000", "6", "10"))
    instructions = Instructions(by_rate, {1: {1: 50_00}, 2: {1: 500_00}})

    schedule = run(debts, 100_00, instructions, horizon=3)

    # Month 1: 50.00 as planned and 30.00 by rate; month 2: all that there is; month 3: by rate.
    assert payments(schedule, 0) == [40_00, 10_00, 90_00]
    assert payments(schedule, 1) == [60_00, 90_00, 10_00]


def test_a_plan_never_pays_more_than_is_owed():
    debts = debts_of(("A", "1000", "0", "0"), ("B", "20", "0", "0"))

    schedule = run(debts, 100_00, Instructions(by_order([0, 1]), {1: {1: 90_00}}), horizon=1)

    assert [row.payment for row in schedule.rows()] == [80_00, 20_00]


def test_a_debt_that_stands_after_the_horizon_has_no_payoff():
    schedule = run(debts_of(("A", "100", "0", "0"), ("B", "1000", "0", "0")), 100_00, horizon=5)

    assert schedule.payoffs == (1, None)
    assert schedule.length == 5
