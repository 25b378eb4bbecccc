"""What reaching a goal by its date takes, and what to change where it cannot be done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goals.domain.action_plan import Changes, Feasibility, Milestone, Surplus, action_plan
from goals.domain.instalments import Instalment
from goals.domain.levers import CategorySpending, OneOff, StepKind, Subscription
from goals.domain.progress import GoalFacts

TODAY = date(2026, 1, 15)
# 1,000.00 to go in four months: 250.00 a month.
BIKE = GoalFacts(target=1_200_00, saved=200_00, created_on=date(2025, 12, 1), target_on=date(2026, 4, 30))
LEVERS = [Subscription("Gym", 30_00, is_unused=True), CategorySpending("Dining", 200_00)]


def plan(facts=BIKE, *, median=300_00, low=250_00, **kwargs):
    return action_plan(facts, today=TODAY, surplus=Surplus(median, low), **kwargs)


@pytest.mark.parametrize(
    ("median", "low", "feasibility", "gap", "bad_month_gap"),
    [
        (300_00, 250_00, Feasibility.FEASIBLE, 0, 0),
        (300_00, 249_99, Feasibility.TIGHT, 0, 1),
        (250_00, -50_00, Feasibility.TIGHT, 0, 300_00),
        (249_99, 100_00, Feasibility.NOT_FEASIBLE, 1, 150_00),
        (-40_00, -90_00, Feasibility.NOT_FEASIBLE, 290_00, 340_00),
    ],
)
def test_what_is_needed_is_held_against_a_usual_and_a_bad_month(median, low, feasibility, gap, bad_month_gap):
    found = plan(median=median, low=low)

    assert (found.feasibility, found.needed_per_month) == (feasibility, 250_00)
    assert (found.gap, found.bad_month_gap) == (gap, bad_month_gap)
    assert (found.changes is None) == (gap == 0)


def test_milestones_have_the_day_of_the_instalment_that_reaches_them():
    found = plan()

    assert [each.amount for each in found.per_month] == [250_00] * 4
    # 200.00 saved; 450.00 after January, 700.00, 950.00 and 1,200.00.
    assert found.milestones == (
        Milestone(25, date(2026, 1, 31), 300_00),
        Milestone(50, date(2026, 2, 28), 600_00),
        Milestone(75, date(2026, 3, 31), 900_00),
        Milestone(100, date(2026, 4, 30), 1_200_00),
    )


def test_milestones_already_reached_are_not_planned_and_several_may_share_a_day():
    found = plan(replace(BIKE, saved=700_00, target_on=date(2026, 1, 31)), median=600_00)

    assert [(each.percent, each.on) for each in found.milestones] == [
        (75, date(2026, 1, 31)),
        (100, date(2026, 1, 31)),
    ]


def test_pay_days_share_what_remains():
    pay_days = [date(2026, month, 25) for month in (1, 2, 3, 4, 5)]

    assert plan(pay_days=pay_days).per_pay_day == tuple(Instalment(day, 250_00) for day in pay_days[:4])


def test_what_is_not_feasible_has_three_ways_out():
    # With 180.00 a month: six instalments, or 4 * 180.00 on top of the 200.00, or 70.00 more.
    found = plan(median=180_00, low=0)

    assert found.changes == Changes(later_on=date(2026, 6, 30), smaller_target=920_00, more_per_month=70_00)


def test_without_any_surplus_only_more_money_helps():
    assert plan(median=0, low=0).changes == Changes(None, None, 250_00)
    assert plan(median=-10_00, low=-20_00).changes == Changes(None, None, 260_00)


def test_no_later_on_is_told_that_lies_beyond_a_hundred_years():
    # 1,000.00 at 0.84 a month are 1,191 instalments, at 0.83 they are 1,205.
    assert plan(median=84, low=0).changes.later_on == date(2125, 3, 31)
    assert plan(median=83, low=0).changes.later_on is None


def test_a_goal_that_is_reached_needs_no_plan():
    found = plan(replace(BIKE, saved=1_200_00), median=-5_00, low=-9_00, levers=LEVERS)

    assert found.feasibility == Feasibility.FEASIBLE
    assert (found.needed_per_month, found.gap, found.bad_month_gap) == (0, 0, 0)
    assert (found.per_month, found.milestones, found.steps, found.changes) == ((), (), (), None)


def test_a_goal_whose_date_has_passed_is_due_today():
    found = plan(replace(BIKE, target_on=date(2026, 1, 10)))

    assert found.per_month == (Instalment(TODAY, 1_000_00),)
    assert found.changes == Changes(date(2026, 4, 30), 500_00, 700_00)


def test_steps_of_a_feasible_goal_count_from_the_pace_of_the_plan():
    # 1,000.00 in 105 days is 9.52 a day; the gym adds 0.99 and dining, a fifth of 200.00, 1.32.
    dining, gym = plan(levers=LEVERS).steps

    assert (dining.names, dining.monthly_saving, dining.days_earlier) == (("Dining",), 40_00, 12)
    assert (gym.names, gym.monthly_saving, gym.days_earlier) == (("Gym",), 30_00, 9)


def test_steps_of_a_goal_that_is_not_feasible_count_from_the_usual_surplus():
    # 1,000.00 at 180.00 a month takes 168.9 days; dining closes the gap of 70.00.
    dining, gym = plan(median=180_00, low=0, levers=LEVERS).steps

    assert (dining.monthly_saving, dining.days_earlier, dining.reached_in_days) == (70_00, 47, 122)
    assert (gym.monthly_saving, gym.days_earlier, gym.reached_in_days) == (30_00, 24, 145)


def test_a_tight_goal_has_its_categories_trimmed_by_what_a_bad_month_lacks():
    dining, gym = plan(low=195_00, levers=LEVERS).steps

    assert (dining.monthly_saving, dining.days_earlier) == (55_00, 16)
    assert (gym.monthly_saving, gym.days_earlier) == (30_00, 9)


def test_essentials_are_touched_only_where_the_goal_is_not_feasible():
    groceries = CategorySpending("Groceries", 500_00, is_essential=True)

    assert plan(levers=[groceries]).steps == ()
    assert plan(low=0, levers=[groceries]).steps == ()
    (step,) = plan(median=180_00, low=0, levers=[groceries]).steps
    assert (step.is_essential, step.monthly_saving) == (True, 50_00)


days = st.integers(1, 4_000).map(lambda number: TODAY + timedelta(days=number))


@settings(deadline=None)
@given(
    target=st.integers(1, 10**8),
    saved=st.integers(0, 10**7),
    target_on=days,
    median=st.integers(1, 10**6),
)
def test_each_change_is_just_enough(target, saved, target_on, median):
    facts = GoalFacts(target, saved, date(2025, 12, 1), target_on)
    changes = plan(facts, median=median, low=median).changes
    assume(changes is not None)

    def is_feasible(*, facts=facts, median=median):
        return plan(facts, median=median, low=median).feasibility == Feasibility.FEASIBLE

    more = changes.more_per_month
    assert is_feasible(median=median + more)
    assert not is_feasible(median=median + more - 1)
    assert is_feasible(facts=replace(facts, target=changes.smaller_target))
    assert not is_feasible(facts=replace(facts, target=changes.smaller_target + 1))
    if changes.later_on is not None:
        day_before = changes.later_on - timedelta(days=1)
        assert is_feasible(facts=replace(facts, target_on=changes.later_on))
        assert not is_feasible(facts=replace(facts, target_on=day_before))


amounts = st.integers(0, 10**6)
levers = st.lists(
    st.one_of(
        st.builds(Subscription, st.text(max_size=3), amounts, st.booleans()),
        st.builds(CategorySpending, st.text(max_size=3), amounts, st.booleans()),
        st.builds(OneOff, st.text(max_size=3), amounts),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(offered=levers, data=st.data(), target_on=days, median=st.integers(-(10**5), 10**5), low=amounts)
def test_no_step_cuts_more_than_half_of_a_want_or_a_tenth_of_an_essential(
    offered, data, target_on, median, low
):
    facts = replace(BIKE, target_on=target_on)
    found = plan(facts, median=median, low=min(low, median), levers=offered)
    shuffled = data.draw(st.permutations(offered))

    for step in found.steps:
        assert step.monthly_saving > 0 or step.once > 0
        assert step.monthly_saving * (10 if step.is_essential else 1) <= max(step.spent, 0)
        if step.kind == StepKind.TRIM_CATEGORY:
            assert step.monthly_saving * 2 <= step.spent
    reached = [step.reached_in_days for step in found.steps if step.reached_in_days is not None]
    assert reached == sorted(reached)
    assert [(step.kind, step.monthly_saving, step.once) for step in found.steps] == [
        (step.kind, step.monthly_saving, step.once)
        for step in plan(facts, median=median, low=min(low, median), levers=shuffled).steps
    ]
