"""What may be spent each day, as spending goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.daily import daily_plan, days_left, overspent_on
from budgets.domain.envelopes import Envelope, Mode, Pattern, Rollover, Status, rolled_over, status_of


def envelope(planned, spent, **fields):
    return Envelope("dining", "Dining", tuple(planned), tuple(spent), **fields)


def available(*args, today, **fields):
    return [day.available for day in daily_plan(envelope(*args, **fields), today)]


def test_a_day_over_its_plan_is_borne_by_the_days_left():
    days = daily_plan(envelope([2500] * 5, [3500, 0, 0, 0, 0]), today=1)
    assert [day.available for day in days] == [2500, 2250, 2250, 2250, 2250]
    assert (days[0].status, days[0].remaining) == (Status.RED, -1000)
    assert (days[1].carried_in, days[1].planned) == (-250, 2500)


def test_what_a_day_leaves_over_is_shared_out_as_well():
    assert available([2500] * 5, [500, 0, 0, 0, 0], today=1) == [2500, 3000, 3000, 3000, 3000]


def test_what_is_left_of_today_stays_today_s_until_the_day_is_over():
    assert available([2500] * 4, [0, 1000, 0, 0], today=1) == [2500, 3334, 3333, 3333]
    assert available([2500] * 4, [0, 1000, 0, 0], today=2) == [2500, 3334, 4500, 4500]


def test_what_was_spent_today_over_its_plan_is_gone_at_once():
    assert available([2500] * 4, [0, 9000, 0, 0], today=1) == [2500, 3334, 500, 500]
    assert available([2500] * 4, [0, 9000, 0, 0], today=2) == [2500, 3334, 500, 500]


def test_the_last_day_hands_nothing_on():
    assert available([2500] * 2, [0, 9000], today=1) == [2500, 5000]


@pytest.mark.parametrize(
    ("mode", "after"),
    [
        (Mode.SPREAD, [2000, 2000, 2000]),
        (Mode.DONORS, [2000, 2000, 2000]),
        (Mode.NEXT_DAY, [1000, 2500, 2500]),
        (Mode.END, [2500, 2500, 1000]),
        (Mode.NEVER, [2500, 2500, 1000]),
    ],
)
def test_each_mode_says_which_days_bear_what_one_spent_too_much(mode, after):
    assert available([2500] * 4, [4000, 0, 0, 0], today=1, mode=mode)[1:] == after


def test_the_next_day_that_cannot_bear_it_alone_hands_the_rest_on():
    spent = [6000, 0, 0, 0]
    assert available([2500] * 4, spent, today=1, mode=Mode.NEXT_DAY)[1:] == [0, 1500, 2500]


def test_money_for_a_bill_waits_for_the_bill():
    late = envelope([0, 90000, 0, 0], [0, 0, 0, 0], pattern=Pattern.BILLS)
    assert [day.available for day in daily_plan(late, 2)] == [0, 90000, 90000, 0]


def test_a_bill_paid_early_takes_the_money_kept_for_it():
    early = envelope([0, 0, 90000, 0], [90000, 0, 0, 0], pattern=Pattern.BILLS)
    assert [day.available for day in daily_plan(early, 1)] == [0, 0, 0, 0]


def test_locked_days_keep_their_plan_while_the_others_can_bear_it():
    party = {"locked_days": frozenset({3})}
    assert available([2500] * 4, [3500, 0, 0, 0], today=1, **party) == [2500, 2000, 2000, 2500]
    assert available([2500] * 4, [9000, 0, 0, 0], today=1, **party) == [2500, 334, 333, 333]


def test_money_that_came_back_is_there_again():
    assert available([1000, 1000, 1000], [-500, 0, 0], today=1) == [1000, 1750, 1750]


def test_after_the_last_day_every_day_stands_as_it_began():
    assert available([1000, 1000], [500, 0], today=2) == [1000, 1500]


def test_how_much_too_much_was_spent_on_a_day():
    dining = envelope([2500] * 4, [3500, 3000, 0, 0])
    assert [overspent_on(dining, day) for day in range(3)] == [1000, 833, 0]


@pytest.mark.parametrize(
    ("spent", "status"),
    [(80, Status.GREEN), (81, Status.AMBER), (100, Status.AMBER), (101, Status.RED), (-5, Status.GREEN)],
)
def test_the_colour_of_what_was_spent_of_100(spent, status):
    assert status_of(spent, 100) == status


def test_nothing_spent_of_nothing_is_green_and_anything_is_red():
    assert (status_of(0, 0), status_of(1, 0)) == (Status.GREEN, Status.RED)


@pytest.mark.parametrize(
    ("rollover", "of_surplus", "of_deficit"),
    [(Rollover.NONE, 0, 0), (Rollover.SURPLUS, 70, 0), (Rollover.BOTH, 70, -70)],
)
def test_what_goes_into_the_next_period(rollover, of_surplus, of_deficit):
    assert (rolled_over(70, rollover), rolled_over(-70, rollover)) == (of_surplus, of_deficit)


plans = st.integers(1, 31).flatmap(
    lambda count: st.tuples(
        st.lists(st.integers(0, 10**6), min_size=count, max_size=count),
        st.lists(st.integers(-(10**4), 10**6), min_size=count, max_size=count),
        st.integers(0, count - 1),
        st.frozensets(st.integers(0, count - 1)),
        st.sampled_from(Mode),
        st.sampled_from(Pattern),
    )
)


@given(plans)
def test_the_days_left_have_all_that_is_left_and_never_less_than_nothing(case):
    planned, spent, today, locked, mode, pattern = case
    one = envelope(planned, spent, locked_days=locked, mode=mode, pattern=pattern)
    days = daily_plan(one, today)
    left = sum(planned) - sum(spent[:today])
    now = days[today]
    assert sum(day.planned for day in days) == one.budgeted
    if now.remaining >= 0:
        assert sum(day.available for day in days[today:]) == max(left, 0)
    else:
        assert sum(day.available for day in days[today + 1 :]) == max(left - now.spent, 0) * (
            today + 1 < len(days)
        )
    assert min(day.available for day in days) >= 0


@given(plans)
def test_each_day_begins_with_the_first_of_what_the_days_left_then_have(case):
    planned, spent, _, locked, mode, pattern = case
    one = envelope(planned, spent, locked_days=locked, mode=mode, pattern=pattern)
    days = daily_plan(one, len(planned))
    for place, day in enumerate(days):
        assert day.available == days_left(one, sum(planned) - sum(spent[:place]), place)[0]
