"""Money between categories when one is overspent."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.envelopes import Envelope, Mode
from budgets.domain.redistribution import Reason, lack_of, may_give, net_moves, redistribute


def envelope(key, planned, spent, **fields):
    return Envelope(key, key.title(), tuple(planned), tuple(spent), **fields)


def even(key, amount, spent=0, *, days=30, **fields):
    return envelope(key, [amount // days] * days, [spent] + [0] * (days - 1), **fields)


RENT = even("rent", 90000, priority=1, is_essential=True)
DINING = even("dining", 2400, 3400, priority=4)
FUN = even("entertainment", 30000, priority=5)


def moved(outcome):
    return [(move.giver, move.receiver, move.amount) for move in outcome.moves]


def test_dining_over_by_ten_takes_ten_from_entertainment():
    outcome = redistribute([RENT, DINING, FUN], today=10)
    assert moved(outcome) == [("entertainment", "dining", 1000)]
    assert net_moves(outcome.moves) == [("dining", 1000), ("entertainment", -1000)]
    assert sum(outcome.planned["dining"]) == 3400
    assert sum(outcome.planned["entertainment"]) == 29000


def test_a_day_over_its_plan_takes_from_donors_where_the_person_wants_it_so():
    dining = envelope("dining", [2500] * 30, [3500] + [0] * 29, priority=4, mode=Mode.DONORS)
    outcome = redistribute([dining, FUN], today=0)
    assert moved(outcome) == [("entertainment", "dining", 1000)]
    assert outcome.planned["dining"] == (3500, *[2500] * 29)
    assert outcome.planned["entertainment"] == (967,) * 20 + (966,) * 10


def test_a_day_over_its_plan_is_otherwise_borne_by_the_category_itself():
    dining = envelope("dining", [2500] * 30, [3500] + [0] * 29, priority=4)
    assert redistribute([dining, FUN], today=0).is_empty


def test_a_donors_new_daily_amount_is_what_it_keeps_over_the_days_left():
    outcome = redistribute([DINING, FUN], today=20)
    # 300.00 with nothing spent by the 21st: 10 days of planned 10.00 bear the 10.00.
    assert outcome.planned["entertainment"] == (1000,) * 20 + (900,) * 10


def test_the_states_that_it_went_by_are_told():
    state = redistribute([DINING, FUN], today=20).states[0]
    assert (state.budgeted, state.spent, state.remaining, state.days_left) == (2400, 3400, -1000, 10)


def test_essential_locked_more_important_and_empty_ones_do_not_give():
    others = [
        even("insurance", 30000, priority=5, is_essential=True),
        even("locked", 30000, priority=5, is_locked=True),
        even("shopping", 30000, priority=4),
        even("gifts", 30000, 30000, priority=5),
    ]
    outcome = redistribute([DINING, *others], today=10)
    assert outcome.is_empty
    assert outcome.short == {"dining": 1000}


def test_at_most_half_of_a_surplus_is_given_and_the_rest_stays_short():
    fun = even("entertainment", 3000, 1840, priority=5)
    outcome = redistribute([DINING, fun], today=10)
    assert moved(outcome) == [("entertainment", "dining", 580)]
    assert outcome.short == {"dining": 420}


def test_being_asked_again_does_not_halve_again():
    assert may_give(even("entertainment", 2400, priority=5, given=600), today=0) == 900
    assert may_give(even("entertainment", 1500, priority=5, given=1500), today=0) == 0


def test_those_with_more_than_they_are_likely_to_need_come_first_then_the_lowest_priority():
    receiver = even("dining", 3000, 60000, priority=2)
    games = even("games", 30000, priority=5, needed=30000)
    travel = even("travel", 30000, priority=3, needed=9000)
    books = even("books", 30000, priority=4)
    outcome = redistribute([receiver, games, travel, books], today=10)
    assert moved(outcome) == [
        ("books", "dining", 15000),
        ("travel", "dining", 15000),
        ("games", "dining", 15000),
    ]
    assert [move.reason for move in outcome.moves] == [Reason.SLACK, Reason.SLACK, Reason.PRIORITY]


def test_a_category_that_keeps_its_overspending_to_itself_asks_for_nothing():
    for mode in (Mode.END, Mode.NEVER):
        assert lack_of(even("dining", 3000, 9000, mode=mode), today=3) == 0


def test_locked_days_are_not_touched():
    party = frozenset({29})
    fun = envelope("entertainment", [0] * 29 + [30000], [0] * 30, priority=5, locked_days=party)
    assert redistribute([DINING, fun], today=10).is_empty


def test_unspent_money_of_earlier_days_is_given_from_the_latest_of_them():
    fun = envelope("entertainment", [3000, 3000, 0, 0], [1000, 0, 0, 0], priority=5)
    dining = envelope("dining", [0, 0, 0, 0], [0, 0, 1000, 0], priority=4)
    assert redistribute([dining, fun], today=2).planned["entertainment"] == (3000, 2000, 0, 0)


def test_the_more_important_category_is_served_first():
    food = even("groceries", 3000, 9000, priority=1, is_essential=True)
    gym = even("gym", 3000, 9000, priority=2)
    outcome = redistribute([gym, food, even("fun", 15000, priority=5)], today=3)
    assert moved(outcome) == [("fun", "groceries", 6000), ("fun", "gym", 1500)]
    assert outcome.short == {"gym": 4500}


households = st.lists(
    st.builds(
        lambda key, planned, spent, **fields: envelope(f"c{key}", planned, spent, **fields),
        st.integers(0, 99),
        st.lists(st.integers(0, 10**5), min_size=8, max_size=8),
        st.lists(st.integers(-(10**3), 10**5), min_size=8, max_size=8),
        priority=st.integers(1, 5),
        is_essential=st.booleans(),
        is_locked=st.booleans(),
        mode=st.sampled_from(Mode),
        locked_days=st.frozensets(st.integers(0, 7), max_size=4),
        needed=st.integers(0, 10**5),
        given=st.integers(0, 10**5),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each.key,
)


@given(households, st.integers(0, 7))
def test_money_is_moved_and_never_made(envelopes, today):
    outcome = redistribute(envelopes, today)
    by_key = {each.key: each for each in envelopes}
    net: Counter[str] = Counter()
    for move in outcome.moves:
        donor, receiver = by_key[move.giver], by_key[move.receiver]
        assert move.amount > 0
        assert donor.priority > receiver.priority
        assert not donor.is_essential
        assert not donor.is_locked
        net[move.giver] -= move.amount
        net[move.receiver] += move.amount
    assert sum(net.values()) == 0
    for each in envelopes:
        planned = outcome.planned.get(each.key, each.planned)
        assert sum(planned) == each.budgeted + net[each.key]
        assert min(planned) >= 0
        lack = lack_of(each, today)
        assert net[each.key] + outcome.short.get(each.key, 0) == lack if lack else net[each.key] <= 0
        if net[each.key] < 0:
            assert -net[each.key] <= may_give(each, today)
            assert all(planned[day] == each.planned[day] for day in each.locked_days)
