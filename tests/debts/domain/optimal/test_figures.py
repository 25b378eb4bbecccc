"""What the model takes for granted: the most and the least that can be owed, and what is surely asked for."""

from dataclasses import replace
from decimal import Decimal

import pytest

from debts.domain.budget import Budget, MonthKind, constant_budget
from debts.domain.optimal.figures import always_asks, annuities, ceilings, surely_owed
from debts.domain.simulation import MINIMUMS_ONLY, simulate
from debts.domain.terms import BalanceBasis, Debt, Minimum, MinimumRule, RateStep, Segment, simple_debt
from tests.debts.domain.households import JANUARY, debts_of, dollars, fixed

CARDS = debts_of(("A", "1000", "0", "10"), ("B", "5000", "0", "50"))
MONTHS = 12


def sure(debts, budget):
    openings = [debt.balance / 100 for debt in debts]
    return surely_owed(debts, openings, budget, MONTHS, JANUARY)


def test_a_debt_is_surely_owed_until_all_the_money_there_is_could_have_cleared_it():
    # A gets at most 300 less the minimum of B: 750, 500, 250, and nothing after month 4. B gets 290 at most while A
    # must stand, then 300.
    assert sure(CARDS, constant_budget(dollars("300"))) == [3, 12]


def test_a_month_without_payments_makes_it_stand_longer():
    pauses = {2: MonthKind.NOTHING, 3: MonthKind.MINIMUMS_ONLY}

    assert sure(CARDS, Budget((dollars("300"),), pauses=pauses)) == [5, 12]


def test_who_owes_nothing_is_never_sure_to_owe():
    assert sure(debts_of(("A", "0", "12", "10")), constant_budget(dollars("300"))) == [-1]


def test_of_two_balances_the_lower_rate_counts():
    cheap, dear = (Segment(dollars("100"), (RateStep(1, Decimal(apr)),)) for apr in (0, 36))

    assert sure([Debt("Card", (cheap, dear))], constant_budget(dollars("100"))) == [1]


@pytest.mark.parametrize(
    "minimum",
    [
        fixed("40"),
        Minimum(MinimumRule.PERCENT, percent=Decimal(4), floor=dollars("20")),
        Minimum(MinimumRule.PERCENT, percent=Decimal(4), of=BalanceBasis.BEFORE_INTEREST),
        Minimum(MinimumRule.INTEREST_PLUS_PERCENT, percent=Decimal(2), floor=dollars("30")),
        Minimum(MinimumRule.AMORTISING, months=10),
        Minimum(MinimumRule.INTEREST_ONLY),
        Minimum(),
    ],
    ids=[
        "fixed",
        "percent",
        "percent before interest",
        "interest and percent",
        "equal",
        "interest only",
        "none",
    ],
)
def test_nobody_owes_more_than_who_pays_only_minimums(minimum):
    debt = simple_debt("Card", dollars("800"), "24", minimum)
    schedule = simulate([debt], None, MINIMUMS_ONLY, start=JANUARY, horizon=MONTHS)

    most, _ = ceilings(debt, 800.0, constant_budget(dollars("100")), MONTHS, JANUARY)

    owed = [800_00, *schedule.balances, *[0] * (MONTHS - schedule.length)]
    # In cents, rounded every month; a dozen half cents with interest at most.
    assert [balance * 100 for balance in most] == pytest.approx(owed, abs=8)


def test_a_late_fee_raises_what_can_be_owed_only_where_a_payment_is_missed():
    debt = replace(CARDS[0], late_fee=dollars("35"))

    paying, _ = ceilings(debt, 1000.0, constant_budget(dollars("100")), 2, JANUARY)
    pausing, _ = ceilings(debt, 1000.0, Budget((dollars("100"),), pauses={1: MonthKind.NOTHING}), 2, JANUARY)

    assert paying == pytest.approx([1000, 990, 980])
    assert pausing == pytest.approx([1000, 1035, 1025])


def test_a_late_fee_may_join_what_was_only_just_charged():
    debt = replace(
        simple_debt("Card", 0, "0", fixed("10")), charges={1: dollars("40")}, late_fee=dollars("35")
    )

    most, _ = ceilings(debt, 0.0, Budget((dollars("100"),), pauses={1: MonthKind.NOTHING}), 1, JANUARY)

    assert most == pytest.approx([0, 75])


def test_an_equal_payment_is_set_anew_when_the_rate_changes():
    steps = (RateStep(1, Decimal(0)), RateStep(3, Decimal(12)))
    loan = Debt("Loan", (Segment(dollars("1000"), steps),), Minimum(MinimumRule.AMORTISING, months=4))

    # A quarter of the first balance; then two payments of 0.5075 of what is left, the annuity at one percent.
    assert [month for month, _ in annuities(loan, 4)] == [1, 1, 3, 3]
    assert [part for _, part in annuities(loan, 4)] == pytest.approx(
        [0.25, 0.25, 0.507512, 0.507512], abs=1e-6
    )


@pytest.mark.parametrize(
    ("minimum", "asks"),
    [
        (fixed("10"), True),
        (Minimum(MinimumRule.FIXED, months=12), False),
        (Minimum(MinimumRule.PERCENT, percent=Decimal(2)), True),
        (Minimum(MinimumRule.PERCENT, floor=25_00), True),
        (Minimum(MinimumRule.INTEREST_PLUS_PERCENT), False),
        (Minimum(MinimumRule.AMORTISING, months=12), True),
        (Minimum(MinimumRule.INTEREST_ONLY), False),
        (Minimum(), False),
    ],
)
def test_something_is_surely_asked_for_where_the_rule_never_comes_to_nothing(minimum, asks):
    assert always_asks(minimum) == asks
