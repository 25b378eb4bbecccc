"""Strategies side by side: the cheapest, then the quickest, then the simplest."""

from debts.domain.comparison import baseline, recommended
from debts.domain.schedule import Row, schedule_of_rows
from debts.domain.strategies import Strategy
from tests.debts.domain.households import JANUARY, debts_of


def costing(interest, *, months=2, payoffs=(2,)):
    """A plan of this interest and length."""
    row = Row(0, 100_00, interest, 0, 0, 100_00 + interest, 0)
    return schedule_of_rows(((),) * (months - 1) + ((row,),), payoffs)


def test_the_baseline_pays_no_freed_minimum_elsewhere():
    debts = debts_of(("A", "100", "0", "50"), ("B", "500", "0", "50"))

    schedule = baseline(debts, start=JANUARY)

    assert schedule.payoffs == (2, 10)
    assert [sum(row.payment for row in rows) for rows in schedule.months] == [100_00] * 2 + [50_00] * 8


def test_the_cheapest_is_recommended_with_what_it_saves():
    advice = recommended(
        {
            Strategy.SNOWBALL: costing(12_00, payoffs=(1,)),
            Strategy.AVALANCHE: costing(10_00, payoffs=(2,)),
            Strategy.CUSTOM: costing(15_00, payoffs=(3,)),
        }
    )

    assert advice.strategy == Strategy.AVALANCHE
    assert (advice.runner_up, advice.saved) == (Strategy.SNOWBALL, 2_00)
    assert advice.earliest_win == Strategy.SNOWBALL


def test_of_equal_costs_the_shorter_plan_is_recommended():
    plans = {Strategy.AVALANCHE: costing(10_00, months=9), Strategy.SNOWBALL: costing(10_00, months=8)}

    assert recommended(plans).strategy == Strategy.SNOWBALL


def test_of_equal_plans_the_simplest_is_recommended():
    plans = {strategy: costing(10_00) for strategy in reversed(Strategy)}

    advice = recommended(plans)

    assert (advice.strategy, advice.runner_up, advice.saved) == (Strategy.AVALANCHE, Strategy.SNOWBALL, 0)
    assert advice.earliest_win == Strategy.AVALANCHE


def test_a_plan_that_never_ends_is_not_recommended_however_cheap():
    plans = {Strategy.MINIMUMS_ONLY: costing(0, payoffs=(None,)), Strategy.SNOWBALL: costing(99_00)}

    advice = recommended(plans)

    assert (advice.strategy, advice.runner_up, advice.saved) == (Strategy.SNOWBALL, None, 0)


def test_nothing_is_recommended_where_no_plan_ends():
    assert recommended({Strategy.SNOWBALL: costing(1_00, payoffs=(None,))}) is None
