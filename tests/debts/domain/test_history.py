"""What was paid on a debt, replayed."""

from datetime import date
from decimal import Decimal

from debts.domain.budget import constant_budget
from debts.domain.history import Paid, first_day, history
from debts.domain.interest import month_on
from debts.domain.simulation import Instructions, simulate
from debts.domain.strategies import by_rate
from debts.domain.terms import Accrual, Debt, Minimum, MinimumRule, RateStep, Segment, simple_debt

SINCE = date(2025, 1, 31)
FIXED = Minimum(MinimumRule.FIXED, 10000)
LOAN = simple_debt("Loan", 100000, "12", FIXED)
CARD = Debt(
    "Card",
    (
        Segment(80000, (RateStep(1, Decimal(0)), RateStep(5, Decimal("24.9")))),
        Segment(50000, (RateStep(1, Decimal("19.9")),)),
        Segment(30000, (RateStep(1, Decimal(22)),), deferred_until=4, deferred_apr=Decimal(22)),
    ),
    Minimum(MinimumRule.PERCENT, percent=Decimal(3), floor=2500),
    monthly_fee=200,
)


def paid_monthly(debt: Debt, amount: int, months: int) -> list[tuple[int, int]]:
    payments = [Paid(month_on(SINCE, number + 1), amount) for number in range(1, months + 1)]
    found = history(debt, since=SINCE, payments=payments, until=payments[-1].on)
    return [(split.interest, split.balance) for split in found.splits]


def planned_monthly(debt: Debt, amount: int, months: int) -> list[tuple[int, int]]:
    plan = simulate([debt], constant_budget(amount), Instructions(by_rate), start=first_day(SINCE))
    rows = [month[0] for month in plan.months[:months]]
    return [(row.interest + row.fees, row.closing) for row in rows]


def test_a_payment_a_month_on_the_day_splits_as_the_plan_says() -> None:
    for debt in (LOAN, CARD):
        for accrual in Accrual:
            changed = Debt(debt.name, debt.segments, debt.minimum, accrual, monthly_fee=debt.monthly_fee)
            assert paid_monthly(changed, 12000, 8) == planned_monthly(changed, 12000, 8), accrual


def test_interest_runs_by_the_day_between_the_days_of_the_months() -> None:
    payments = [Paid(date(2025, 2, 10), 10000)]

    found = history(LOAN, since=SINCE, payments=payments, until=date(2025, 2, 28))

    # Ten days: 1,000.00 at 12 % for 10/365 of a year; then 18 days on the 903.29 that are left.
    assert (found.splits[0].interest, found.splits[0].balance) == (329, 90329)
    assert found.balance == 90329 + 535


def test_the_lenders_figure_for_the_interest_takes_the_place_of_ours() -> None:
    payments = [Paid(date(2025, 2, 28), 10000, interest=1250)]

    found = history(LOAN, since=SINCE, payments=payments, until=date(2025, 2, 28))

    assert (found.splits[0].interest, found.splits[0].principal, found.balance) == (1250, 8750, 91250)


def test_interest_that_a_payment_does_not_cover_is_left_for_the_next() -> None:
    payments = [Paid(date(2025, 2, 28), 400), Paid(date(2025, 2, 28), 10000)]

    found = history(LOAN, since=SINCE, payments=payments, until=date(2025, 2, 28))

    assert [(split.interest, split.principal) for split in found.splits] == [(400, 0), (600, 9400)]


def test_what_came_before_the_balance_or_comes_after_the_day_does_not_count() -> None:
    payments = [Paid(date(2025, 1, 30), 10000), Paid(date(2025, 3, 1), 10000)]

    found = history(LOAN, since=SINCE, payments=payments, until=date(2025, 2, 28))

    assert (found.splits, found.balance) == ([], 101000)


def test_more_than_is_owed_leaves_nothing_owed() -> None:
    found = history(LOAN, since=SINCE, payments=[Paid(SINCE, 150000)], until=date(2026, 1, 1))

    assert (found.splits[0].principal, found.balance) == (150000, 0)


def test_deferred_interest_is_charged_when_the_balance_outlives_its_period() -> None:
    found = history(CARD, since=SINCE, payments=[], until=month_on(SINCE, 6))
    before = history(CARD, since=SINCE, payments=[], until=month_on(SINCE, 5))

    # Four months of 1.8333 % on 300.00, and the fifth month's own.
    assert before.balances[2] == 30000
    assert found.balances[2] == 30000 + 4 * 550 + 550
