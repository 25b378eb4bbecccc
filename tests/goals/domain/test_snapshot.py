"""The finances of one person on a day."""

from decimal import Decimal

import pytest

from goals.domain.snapshot import Asset, MonthFigures, OwedDebt, figures

CURRENT = Asset("current", 2_500_00, is_liquid=True)
SAVINGS = Asset("savings", 7_500_00, is_liquid=True)
HOUSE = Asset("house", 200_000_00, is_liquid=False)
MORTGAGE = OwedDebt("mortgage", 150_000_00, 900_00)
MONTH = MonthFigures(income=3_000_00, spending=2_400_00, essential=1_600_00)


def of(*, assets=(), debts=(), months=()):
    return figures(assets=assets, debts=debts, months=months)


def test_net_worth_is_what_is_owned_less_what_is_owed():
    found = of(assets=[CURRENT, SAVINGS, HOUSE], debts=[MORTGAGE])

    assert (found.assets, found.debts, found.net_worth) == (210_000_00, 150_000_00, 60_000_00)


def test_an_overdraft_is_a_debt():
    found = of(assets=[Asset("current", -120_00, is_liquid=True), SAVINGS])

    assert (found.assets, found.debts, found.net_worth) == (7_500_00, 120_00, 7_380_00)


def test_ratios_are_told_with_one_decimal():
    found = of(assets=[CURRENT, SAVINGS, HOUSE], debts=[MORTGAGE], months=[MONTH])

    # 600 of 3,000; 10,000 over 1,600 = 6.25, half to the even tenth; 900 of 3,000.
    assert found.savings_rate == Decimal("20.0")
    assert found.months_of_runway == Decimal("6.2")
    assert found.debt_to_income == Decimal("30.0")


@pytest.mark.parametrize(
    ("spending", "rate"), [(1_999_00, "0.0"), (1_997_00, "0.2"), (1_995_00, "0.2"), (2_003_00, "-0.2")]
)
def test_percentages_are_rounded_half_even(spending, rate):
    # 0.05, 0.15, 0.25 and -0.15 percent.
    found = of(months=[MonthFigures(2_000_00, spending, 0)])

    assert found.savings_rate == Decimal(rate)


@pytest.mark.parametrize(("count", "window"), [(0, 0), (1, 1), (2, 1), (3, 3), (11, 3), (12, 12), (30, 12)])
def test_the_last_twelve_months_are_taken_else_three_else_one(count, window):
    months = [MonthFigures(number, 0, 0) for number in range(1, count + 1)]

    found = of(months=months)

    assert found.months == window
    assert found.income == sum(range(count - window + 1, count + 1))


def test_means_go_over_the_window():
    months = [MonthFigures(2_000_00, 1_000_00, 500_00), MONTH, MonthFigures(4_000_00, 2_600_00, 900_00)]
    found = of(assets=[CURRENT], debts=[MORTGAGE], months=months)

    assert (found.income, found.spending) == (9_000_00, 6_000_00)
    assert found.savings_rate == Decimal("33.3")
    assert found.months_of_runway == Decimal("2.5")
    assert found.debt_to_income == Decimal("30.0")


def test_without_income_there_is_no_rate():
    found = of(debts=[MORTGAGE], months=[MonthFigures(0, 100_00, 100_00)])

    assert (found.savings_rate, found.debt_to_income) == (None, None)


def test_without_spending_there_is_no_runway():
    assert of(assets=[CURRENT], months=[MonthFigures(100_00, 0, 0)]).months_of_runway is None


def test_without_months_only_the_balances_are_known():
    found = of(assets=[CURRENT], debts=[MORTGAGE])

    assert (found.net_worth, found.months) == (-147_500_00, 0)
    assert (found.savings_rate, found.months_of_runway, found.debt_to_income) == (None, None, None)


def test_what_is_not_liquid_and_what_is_overdrawn_gives_no_runway():
    overdrawn = Asset("current", -500_00, is_liquid=True)

    assert of(assets=[HOUSE, overdrawn], months=[MONTH]).months_of_runway == Decimal("0.0")


def test_more_spent_than_received_is_a_negative_rate():
    assert of(months=[MonthFigures(1_000_00, 1_500_00, 0)]).savings_rate == Decimal("-50.0")
