"""A first budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.proposal import SHIPPED_SHARES, Habit, Split, group_totals, propose


def test_an_income_of_3000_is_1500_for_needs_900_for_wants_and_600_for_savings():
    assert group_totals(300000, Split()) == {"needs": 150000, "wants": 90000, "savings": 60000}


def test_what_a_split_leaves_over_is_not_allotted():
    assert sum(group_totals(300000, Split(50, 20, 10)).values()) == 240000


@pytest.mark.parametrize("parts", [(50, 30, 21), (-1, 50, 51)])
def test_a_split_of_more_than_everything_or_less_than_nothing_is_refused(parts):
    with pytest.raises(ValueError, match=str(parts[0])):
        Split(*parts)


def test_within_a_group_the_last_three_months_decide():
    habits = [
        Habit("1", "dining", "wants", [10000, 20000, 30000, 999999]),
        Habit("2", "games", "wants", [10000, 10000, 10000]),
        Habit("3", "gifts", "wants", [0, 0, 0]),
    ]
    assert propose(300000, Split(), habits) == {"1": 60000, "2": 30000}


def test_a_newcomer_gets_the_shipped_shares():
    habits = [Habit(code, code, "wants") for code in SHIPPED_SHARES["wants"]]
    amounts = propose(300000, Split(), habits)
    assert amounts["eating-out"] == 24300
    assert sum(amounts.values()) == 90000


def test_shipped_shares_are_whole():
    assert {group: sum(shares.values()) for group, shares in SHIPPED_SHARES.items()} == {
        "needs": 100, "wants": 100, "savings": 100
    }  # fmt: skip


@given(
    st.integers(0, 10**12),
    st.lists(
        st.builds(
            Habit,
            st.uuids().map(str),
            st.sampled_from(["housing", "dining", ""]),
            st.sampled_from(["needs", "wants", "savings"]),
            st.lists(st.integers(-(10**6), 10**6), max_size=3),
        ),
        max_size=20,
        unique_by=lambda habit: habit.category,
    ),
)
def test_the_categories_of_a_group_add_up_to_the_group(income, habits):
    amounts = propose(income, Split(), habits)
    totals = group_totals(income, Split())
    for group in totals:
        mine = [amounts.get(habit.category, 0) for habit in habits if habit.group == group]
        assert sum(mine) == (totals[group] if mine else 0)
