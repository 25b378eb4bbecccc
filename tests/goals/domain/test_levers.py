"""What in a person's own ledger would reach a goal earlier."""

from fractions import Fraction

from goals.domain.levers import CategorySpending, OneOff, Pace, StepKind, Subscription, steps

# 2,190.00 at 6.00 a day: a year.
A_YEAR = Pace(2_190_00, Fraction(6_00))
NEVER = Pace(2_190_00, Fraction(0))


def found(levers, *, pace=A_YEAR, gap=0, with_essentials=True):
    return steps(levers, pace=pace, gap=gap, with_essentials=with_essentials)


def test_a_pace_says_how_many_days_are_left():
    assert A_YEAR.days() == 365
    # 18.25 a month is 0.60 a day.
    assert A_YEAR.days(monthly_saving=18_25) == Fraction(2_190_00, 6_60)
    assert A_YEAR.days(once=90_00) == 350
    assert A_YEAR.days(once=5_000_00) == 0
    assert NEVER.days() is None
    assert NEVER.days(monthly_saving=182_50) == 365
    assert NEVER.days(once=2_190_00) == 0


def test_unused_subscriptions_are_one_step_beside_what_all_of_them_cost():
    (step,) = found(
        [
            Subscription("Music", 12_00),
            Subscription("Films", 12_00, is_unused=True),
            Subscription("Gym", 50_00, is_unused=True),
        ]
    )

    assert (step.kind, step.names) == (StepKind.DROP_SUBSCRIPTIONS, ("Films", "Gym"))
    assert (step.spent, step.monthly_saving, step.once) == (74_00, 62_00, 0)
    # 62.00 a month is 2.038… a day: 272.45 days of 365.
    assert (step.days_earlier, step.reached_in_days, step.weeks_earlier) == (92, 273, 13)


def test_subscriptions_in_use_are_left_alone():
    assert found([Subscription("Music", 12_00)]) == ()


def test_a_category_is_trimmed_by_the_gap_and_by_no_more_than_half():
    dining = CategorySpending("Dining", 99_99)

    assert [step.monthly_saving for step in found([dining], gap=20_00)] == [20_00]
    assert [step.monthly_saving for step in found([dining], gap=90_00)] == [49_99]
    assert [step.monthly_saving for step in found([dining], gap=0)] == [19_99]


def test_an_essential_category_is_trimmed_by_no_more_than_a_tenth():
    groceries = CategorySpending("Groceries", 400_05, is_essential=True)

    assert [step.monthly_saving for step in found([groceries], gap=20_00)] == [20_00]
    assert [step.monthly_saving for step in found([groceries], gap=90_00)] == [40_00]
    assert found([groceries], gap=90_00, with_essentials=False) == ()


def test_money_that_comes_once_counts_at_once():
    (step,) = found([OneOff("Old bike", 90_00)])

    assert (step.kind, step.names, step.once) == (StepKind.ONE_OFF, ("Old bike",), 90_00)
    assert (step.days_earlier, step.weeks_earlier, step.reached_in_days) == (15, 2, 350)


def test_what_saves_nothing_is_no_step():
    assert found([OneOff("Nothing", 0), CategorySpending("Books", 1), Subscription("Free", 0)]) == ()


def test_the_step_that_reaches_the_goal_earliest_comes_first():
    offered = [
        CategorySpending("Books", 50_00),
        OneOff("Old bike", 200_00),
        CategorySpending("Dining", 300_00),
    ]

    assert [step.names for step in found(offered)] == [("Dining",), ("Old bike",), ("Books",)]


def test_among_equals_the_step_that_hurts_least_comes_first():
    offered = [
        CategorySpending("Groceries", 500_00, is_essential=True),
        CategorySpending("Travel", 500_00),
        CategorySpending("Dining", 500_00),
        Subscription("Gym", 50_00, is_unused=True),
    ]

    assert [step.names for step in found(offered, gap=50_00)] == [
        ("Gym",),
        ("Dining",),
        ("Travel",),
        ("Groceries",),
    ]


def test_without_a_pace_a_saving_makes_the_goal_reachable():
    offered = [
        OneOff("Old bike", 90_00),
        OneOff("Inheritance", 9_000_00),
        OneOff("Old car", 900_00),
        CategorySpending("Dining", 365_00),
    ]
    found_steps = found(offered, pace=NEVER, gap=182_50)

    assert [(step.names[0], step.reached_in_days) for step in found_steps] == [
        ("Inheritance", 0),
        ("Dining", 365),
        ("Old car", None),
        ("Old bike", None),
    ]
    assert {(step.days_earlier, step.weeks_earlier) for step in found_steps} == {(None, None)}
