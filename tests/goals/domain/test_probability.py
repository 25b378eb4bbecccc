"""How likely each goal is reached by its date."""

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.domain.allocation import FundedGoal, allocate_surplus
from goals.domain.probability import NoChances, chances, wilson_interval
from tests.goals.domain.test_allocation import ENORMOUS, enormous, funded_goals

FUND = FundedGoal("fund", 1, target=1_500, deadline=12)
TRIP = FundedGoal("trip", 2, target=1_000, deadline=2)


def told(goals, surplus, *, history, seed=1, runs=200):
    return chances(goals, allocate_surplus(goals, surplus), history=history, seed=seed, runs=runs)


def months(chance):
    return chance.p10, chance.p50, chance.p90


def test_with_a_surplus_that_never_varies_the_plan_is_certain():
    found = told([TRIP, FUND], [500] * 12, history=[500, 500, 500])

    fund, trip = found.goals
    assert (fund.key, fund.probability, months(fund)) == ("fund", 1.0, (5, 5, 5))
    # The fund is more important, and waits for the trip all the same.
    assert (trip.key, trip.probability, months(trip)) == ("trip", 1.0, (2, 2, 2))


def test_a_goal_out_of_reach_is_never_reached():
    (fund,) = told([FUND], [100] * 12, history=[100, 100, 100]).goals

    assert (fund.probability, months(fund)) == (0.0, (None, None, None))


def test_a_goal_reached_late_is_not_reached_by_its_date():
    (fund,) = told([FUND], [100] * 20, history=[100, 100, 100]).goals

    assert (fund.probability, months(fund)) == (0.0, (15, 15, 15))


def test_a_coin_is_a_coin():
    # Four months of 100 or nothing: two or more of them come to 200 with probability 11/16.
    goal = FundedGoal("coin", 1, target=200, deadline=4)
    (coin,) = told([goal], [100] * 6, history=[0, 0, 100, 100], runs=20_000).goals

    expected = sum(comb(4, heads) for heads in (2, 3, 4)) / 16
    assert coin.low < expected < coin.high
    assert coin.high - coin.low < 0.014
    # Reached in month 2, 3, 4, 5, 6: 1/4, 1/2, 11/16, 13/16, 57/64.
    assert coin.p10 == 2
    assert coin.p50 in {3, 4}
    assert coin.p90 is None


def test_a_deficit_is_made_up_before_goals_get_anything():
    # Ten good months in a row, or ten more good than bad ones for the first time in month 12. Were deficits
    # forgotten, any ten good months would do: 0.39.
    goal = FundedGoal("goal", 1, target=1_000, deadline=12)
    (found,) = told([goal], [100] * 12, history=[100, 100, 100, -100], runs=20_000).goals

    assert found.low < 0.75**10 + 10 * 0.75**11 * 0.25 < found.high


@pytest.mark.parametrize("history", [[], [500], [500, 500]])
def test_fewer_than_three_months_tell_nothing(history):
    found = told([FUND], [500] * 12, history=history)

    assert (found.goals, found.reason) == (None, NoChances.TOO_LITTLE_HISTORY)


def test_the_same_seed_gives_the_same_chances():
    history = [100, 300, 500, -200, 250]
    one, again, other = (told([FUND, TRIP], [300] * 12, history=history, seed=seed) for seed in (7, 7, 8))

    assert one == again
    assert other != one
    assert (other.runs, other.seed, other.reason) == (200, 8, None)


def test_a_goal_that_is_reached_already_is_certain_whatever_its_date():
    done = FundedGoal("done", 1, target=100, saved=100, deadline=-3)
    (found,) = told([done], [0] * 3, history=[0, 0, 0]).goals

    assert (found.probability, months(found)) == (1.0, (0, 0, 0))


def test_a_date_that_has_passed_is_missed():
    (found,) = told([FundedGoal("late", 1, target=100, deadline=0)], [100] * 3, history=[100] * 3).goals

    assert (found.probability, months(found)) == (0.0, (1, 1, 1))


def test_without_runs_there_is_nothing_to_count():
    with pytest.raises(ValueError, match="0 runs"):
        told([FUND], [500], history=[1, 2, 3], runs=0)


@pytest.mark.parametrize(
    ("share", "runs", "interval"),
    [
        # R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
        (81 / 263, 263, (0.2553, 0.3662)),
        (15 / 148, 148, (0.0624, 0.1605)),
        (0 / 20, 20, (0.0, 0.1611)),
        (1 / 29, 29, (0.0061, 0.1718)),
        (1.0, 20, (0.8389, 1.0)),
    ],
)
def test_the_interval_is_wilsons(share, runs, interval):
    assert wilson_interval(share, runs) == interval


@settings(max_examples=60, deadline=None)
@given(
    goals=funded_goals(),
    monthly=st.integers(0, 150),
    length=st.integers(1, 12),
)
def test_where_every_month_brings_the_planned_surplus_the_plan_is_followed(goals, monthly, length):
    plan = allocate_surplus(goals, [monthly] * length)
    found = chances(goals, plan, history=[monthly] * 3, seed=1, runs=3)

    for chance, share in zip(found.goals, plan.shares, strict=True):
        assert months(chance) == (share.completed_in,) * 3
        assert chance.probability == (1.0 if share.shortfall == 0 else 0.0)


@settings(max_examples=60, deadline=None)
@given(
    goals=funded_goals(),
    history=st.lists(st.integers(-100, 200), min_size=3, max_size=12),
    seed=st.integers(0, 2**32),
)
def test_the_figures_fit_together(goals, history, seed):
    found = told(goals, [100] * 12, history=history, seed=seed, runs=50)

    for chance in found.goals:
        late = [13 if month is None else month for month in months(chance)]
        assert late == sorted(late)
        assert 0 <= chance.low <= chance.probability <= chance.high <= 1


@settings(max_examples=30, deadline=None)
@given(goals=funded_goals(most=3, months=6), history=st.lists(st.integers(-50, 300), min_size=3, max_size=12))
def test_enormous_amounts_are_as_likely_as_small_ones(goals, history):
    plan = [100] * 6
    large = [enormous(goal) for goal in goals]

    assert told(
        large, [each * ENORMOUS for each in plan], history=[each * ENORMOUS for each in history]
    ) == told(goals, plan, history=history)
