"""What can be paid in each month."""

from decimal import Decimal

import pytest

from debts.domain.budget import Budget, BudgetStep, MonthKind, constant_budget, planned_budget

FIVE_HUNDRED = [BudgetStep(1, 500_00)]


def amounts(budget, *months):
    return [budget.amount(month) for month in months]


def test_a_constant_budget_is_the_same_in_every_month():
    budget = constant_budget(800_00)

    assert amounts(budget, 1, 2, 600, 10_000) == [800_00] * 4
    assert budget.is_constant


def test_the_last_amount_holds_for_all_months_that_follow():
    assert amounts(Budget((100, 200, 300)), 1, 2, 3, 4, 600) == [100, 200, 300, 300, 300]


def test_a_step_holds_until_the_next():
    budget = planned_budget([*FIVE_HUNDRED, BudgetStep(4, 650_00), BudgetStep(13, 200_00)])

    assert amounts(budget, 1, 3, 4, 12, 13, 14) == [
        500_00,
        500_00,
        650_00,
        650_00,
        200_00,
        200_00,
    ]
    assert not budget.is_constant


def test_an_extra_of_either_sign_belongs_to_one_month():
    budget = planned_budget(FIVE_HUNDRED, extras={3: 1200_00, 7: -100_00})

    assert amounts(budget, 2, 3, 4, 6, 7, 8) == [
        500_00,
        1700_00,
        500_00,
        500_00,
        400_00,
        500_00,
    ]


def test_no_month_has_less_than_nothing():
    assert amounts(planned_budget(FIVE_HUNDRED, extras={2: -500_01}), 1, 2, 3) == [500_00, 0, 500_00]


def test_a_raise_comes_every_twelve_months_and_compounds():
    budget = planned_budget(FIVE_HUNDRED, yearly_raise=Decimal("2.5"))

    # 500, 512.50, 525.3125, 538.4453125
    assert amounts(budget, 12, 13, 24, 25, 36, 37) == [
        500_00,
        512_50,
        512_50,
        525_31,
        525_31,
        538_45,
    ]


def test_a_raise_is_rounded_half_up_and_only_once():
    # 1.00, 1.005, 1.010025: to the cent 1.00, 1.01, 1.01.
    budget = planned_budget([BudgetStep(1, 100)], yearly_raise=Decimal("0.5"))

    assert amounts(budget, 1, 13, 25) == [100, 101, 101]


def test_a_raise_leaves_extras_alone_and_lifts_later_steps():
    budget = planned_budget(
        [*FIVE_HUNDRED, BudgetStep(15, 600_00)], extras={14: 100_00}, yearly_raise=Decimal(10)
    )

    assert amounts(budget, 13, 14, 15) == [550_00, 650_00, 660_00]


@pytest.mark.parametrize(
    "changes",
    [
        {"extras": {3: 1}},
        {"yearly_raise": Decimal(1)},
        {"pauses": {2: MonthKind.NOTHING}},
        {"rolls_over": False},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_budget_that_changes_in_any_way_is_not_constant(changes):
    assert planned_budget(FIVE_HUNDRED).is_constant
    assert not planned_budget(FIVE_HUNDRED, **changes).is_constant


def test_months_are_regular_unless_they_are_paused():
    budget = planned_budget(FIVE_HUNDRED, pauses={2: MonthKind.NOTHING, 3: MonthKind.MINIMUMS_ONLY})

    assert [budget.kind(month) for month in (1, 2, 3, 4)] == [
        MonthKind.REGULAR,
        MonthKind.NOTHING,
        MonthKind.MINIMUMS_ONLY,
        MonthKind.REGULAR,
    ]
