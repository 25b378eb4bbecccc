"""Several goals against one surplus: who gets how much when, and who waits for whom."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goals.domain.allocation import (
    FundedGoal,
    Wait,
    WaitReason,
    allocate_surplus,
    by_importance,
)

FUND = FundedGoal("fund", 1, target=1_500, deadline=12)
TRIP = FundedGoal("trip", 2, target=1_000, deadline=2)
CAR = FundedGoal("car", 3, target=2_000)


def amounts(allocation):
    return {share.key: list(share.amounts) for share in allocation.shares}


def test_one_goal_takes_all_until_it_is_reached():
    found = allocate_surplus([FUND], [400] * 6)

    assert amounts(found) == {"fund": [400, 400, 400, 300, 0, 0]}
    assert found.of("fund").completed_in == 4
    assert found.unallocated == (0, 0, 0, 100, 400, 400)


def test_a_less_important_goal_goes_first_where_the_other_is_reached_all_the_same():
    found = allocate_surplus([CAR, TRIP, FUND], [500] * 10)

    assert amounts(found) == {
        "fund": [0, 0, 500, 500, 500, 0, 0, 0, 0, 0],
        "trip": [500, 500, 0, 0, 0, 0, 0, 0, 0, 0],
        "car": [0, 0, 0, 0, 0, 500, 500, 500, 500, 0],
    }
    assert [share.completed_in for share in found.shares] == [5, 2, 9]
    assert [share.shortfall for share in found.shares] == [0, 0, 0]


def test_it_is_said_who_waits_for_whom():
    found = allocate_surplus([FUND, TRIP, CAR], [500] * 10)

    assert found.of("fund").waits == (Wait("trip", WaitReason.CANNOT_WAIT, 1, 2, 1_000),)
    assert found.of("trip").waits == ()
    assert found.of("car").waits == (
        Wait("fund", WaitReason.MORE_IMPORTANT, 3, 5, 1_500),
        Wait("trip", WaitReason.MORE_IMPORTANT, 1, 2, 1_000),
    )


def test_the_more_important_goal_is_never_short_for_another():
    urgent = replace(FUND, deadline=3)
    found = allocate_surplus([urgent, TRIP], [500] * 6)

    # The trip misses its date and is paid for afterwards.
    assert amounts(found) == {"fund": [500, 500, 500, 0, 0, 0], "trip": [0, 0, 0, 500, 500, 0]}
    assert (found.of("fund").completed_in, found.of("fund").shortfall) == (3, 0)
    trip = found.of("trip")
    assert (trip.completed_in, trip.shortfall, trip.missing) == (5, 1_000, 0)
    assert trip.waits == (Wait("fund", WaitReason.MORE_IMPORTANT, 1, 3, 1_500),)


def test_a_goal_out_of_reach_says_what_is_missing_on_its_date_and_in_the_end():
    found = allocate_surplus([replace(FUND, target=5_000, deadline=3)], [500] * 6)

    share = found.of("fund")
    assert (share.completed_in, share.shortfall, share.missing) == (None, 3_500, 2_000)


def test_among_equals_the_earlier_date_goes_first_then_the_place_in_the_list():
    first, second = (FundedGoal(key, 1, target=600) for key in ("first", "second"))
    dated = FundedGoal("dated", 1, target=600, deadline=8)
    found = allocate_surplus([first, second, dated], [300] * 6)

    assert [share.key for share in found.shares] == ["dated", "first", "second"]
    assert [share.completed_in for share in found.shares] == [2, 4, 6]
    assert {wait.reason for wait in found.of("second").waits} == {WaitReason.FIRST_AMONG_EQUALS}


def test_what_a_cap_leaves_goes_to_the_next():
    capped = FundedGoal("capped", 1, target=500, monthly_cap=100)
    found = allocate_surplus([capped, replace(CAR, target=900)], [300] * 5)

    assert amounts(found) == {"capped": [100] * 5, "car": [200, 200, 200, 200, 100]}
    assert found.unallocated == (0, 0, 0, 0, 100)
    # The cap holds it back, not the car.
    assert found.of("capped").waits == ()


def test_a_goal_with_a_cap_that_needs_every_month_is_let_in_from_the_first():
    # Without room for 50 in each of the months, the less important one would miss its date.
    slow = FundedGoal("slow", 2, target=200, deadline=4, monthly_cap=50)
    found = allocate_surplus([FundedGoal("quick", 1, target=200, deadline=4), slow], [100] * 4)

    assert amounts(found) == {"quick": [50] * 4, "slow": [50] * 4}
    assert found.of("quick").waits == (Wait("slow", WaitReason.CANNOT_WAIT, 1, 3, 150),)


def test_a_month_with_a_deficit_gives_nothing():
    found = allocate_surplus([TRIP], [600, -900, 600])

    assert amounts(found) == {"trip": [600, 0, 400]}
    assert found.unallocated == (0, 0, 200)


def test_what_is_reached_already_takes_nothing_and_waits_for_nobody():
    done = FundedGoal("done", 1, target=100, saved=130, deadline=3)
    found = allocate_surplus([done, TRIP], [500] * 2)

    share = found.of("done")
    assert (share.completed_in, share.shortfall, share.missing, share.waits) == (0, 0, 0, ())
    assert found.of("trip").completed_in == 2


def test_a_date_that_has_passed_is_missed_and_a_later_one_counts_as_the_last_month():
    passed, later = replace(FUND, deadline=-2), replace(TRIP, deadline=30)
    found = allocate_surplus([passed, later], [500] * 4)

    assert (found.of("fund").shortfall, found.of("fund").completed_in) == (1_500, 3)
    assert (found.of("trip").shortfall, found.of("trip").missing) == (500, 500)


@pytest.mark.parametrize(("goals", "surplus"), [([], [5, -5]), ([FUND], []), ([], [])])
def test_without_goals_or_months_nothing_is_allocated(goals, surplus):
    found = allocate_surplus(goals, surplus)

    assert [share.amounts for share in found.shares] == [()] * len(goals)
    assert found.unallocated == tuple(max(0, amount) for amount in surplus)


@st.composite
def funded_goals(draw, *, most=5, months=12, size=400):
    return [
        FundedGoal(
            f"goal {number}",
            draw(st.integers(1, 3)),
            target=draw(st.integers(1, size)),
            saved=draw(st.integers(0, size // 4)),
            deadline=draw(st.none() | st.integers(-1, months + 2)),
            monthly_cap=draw(st.none() | st.integers(1, size // 4)),
        )
        for number in range(draw(st.integers(1, most)))
    ]


surpluses = st.lists(st.integers(-50, 150), min_size=1, max_size=12)
some = settings(max_examples=100, deadline=None)


@some
@given(funded_goals(), surpluses)
def test_no_unit_is_made_or_lost(goals, surplus):
    found = allocate_surplus(goals, surplus)

    for month, available in enumerate(surplus):
        given_out = [share.amounts[month] for share in found.shares]
        assert min(given_out) >= 0
        assert sum(given_out) + found.unallocated[month] == max(0, available)
    for goal, share in zip(by_importance(goals), found.shares, strict=True):
        assert goal.key == share.key
        assert sum(share.amounts) + share.missing == goal.remaining
        assert max(share.amounts) <= (goal.monthly_cap or max(share.amounts))


@some
@given(funded_goals(), surpluses)
def test_less_important_goals_take_nothing_that_is_missed_on_the_date_or_in_the_end(goals, surplus):
    found = allocate_surplus(goals, surplus)
    ranked = by_importance(goals)

    for count in range(1, len(ranked)):
        alone = allocate_surplus(ranked[:count], surplus)
        assert [(share.shortfall, share.missing) for share in found.shares[:count]] == [
            (share.shortfall, share.missing) for share in alone.shares
        ]


@some
@given(funded_goals(), surpluses)
def test_no_money_lies_idle_while_a_goal_has_room_for_it(goals, surplus):
    found = allocate_surplus(goals, surplus)

    for goal, share in zip(by_importance(goals), found.shares, strict=True):
        until = len(surplus) if share.completed_in is None else share.completed_in - 1
        for month in range(until):
            assert share.amounts[month] == goal.monthly_cap or found.unallocated[month] == 0


@some
@given(funded_goals(), surpluses)
def test_who_waits_had_room_before_it_was_reached(goals, surplus):
    found = allocate_surplus(goals, surplus)

    for place, share in enumerate(found.shares):
        until = len(surplus) if share.completed_in is None else share.completed_in - 1
        for wait in share.waits:
            other = found.of(wait.waits_for)
            later = found.shares.index(other) > place
            assert (wait.reason == WaitReason.CANNOT_WAIT) == later
            assert 1 <= wait.first_month <= wait.last_month <= until
            assert 0 < wait.amount <= sum(other.amounts[wait.first_month - 1 : wait.last_month])


@some
@given(data=st.data(), goals=funded_goals(), surplus=surpluses)
def test_the_order_in_which_goals_are_given_matters_among_equals_only(data, goals, surplus):
    distinct = [replace(goal, priority=place) for place, goal in enumerate(goals, start=1)]

    assert allocate_surplus(data.draw(st.permutations(distinct)), surplus) == allocate_surplus(
        distinct, surplus
    )


# Past what an integer of the machine holds.
ENORMOUS = 10**18


@settings(max_examples=60, deadline=None)
@given(goals=funded_goals(), surplus=st.lists(st.integers(-50, 300), min_size=1, max_size=12))
def test_enormous_amounts_are_allocated_as_small_ones(goals, surplus):
    large = [enormous(goal) for goal in goals]

    found, small = (
        allocate_surplus(large, [amount * ENORMOUS for amount in surplus]),
        allocate_surplus(goals, surplus),
    )

    assert amounts(found) == {
        key: [amount * ENORMOUS for amount in row] for key, row in amounts(small).items()
    }
    assert [share.completed_in for share in found.shares] == [share.completed_in for share in small.shares]
    assert [share.missing for share in found.shares] == [share.missing * ENORMOUS for share in small.shares]


def enormous(goal):
    cap = None if goal.monthly_cap is None else goal.monthly_cap * ENORMOUS
    return replace(goal, target=goal.target * ENORMOUS, saved=goal.saved * ENORMOUS, monthly_cap=cap)
