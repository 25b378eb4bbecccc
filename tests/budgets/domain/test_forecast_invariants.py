"""What holds for every history and all bills."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.domain.forecast import DaySpending, ExpectedBill, forecast, habit, last_month, three_months

TODAY = date(2026, 3, 10)
NAMES = ["food", "fun", "rent"]

amounts = st.integers(-50_00, 500_00)
names = st.sampled_from(NAMES)
past_days = st.integers(0, 120).map(lambda ago: TODAY - timedelta(days=ago))
coming_days = st.integers(-3, 40).map(lambda ahead: TODAY + timedelta(days=ahead))
histories = st.lists(st.builds(DaySpending, past_days, names, amounts), max_size=40)
bills = st.lists(
    st.builds(ExpectedBill, coming_days, names, amounts, st.integers(0, 90_00), st.just("n"), st.just("s")),
    max_size=5,
)
methods = st.sampled_from([habit, last_month, three_months])
horizons = st.integers(0, 35).map(lambda ahead: TODAY + timedelta(days=ahead))

some = settings(max_examples=100, deadline=None)


def foretold(history, due, *, until=TODAY + timedelta(days=21), known=120, method=habit):
    return forecast(
        history,
        due,
        known_from=TODAY - timedelta(days=known),
        today=TODAY,
        until=until,
        categories=NAMES,
        method=method,
    )


@some
@given(histories, bills, horizons, methods)
def test_parts_add_up_to_the_whole(history, due, until, method):
    ahead = foretold(history, due, until=until, method=method)

    each = [ahead.categories[name].days for name in NAMES]
    assert list(ahead.total.days) == [sum(day) for day in zip(*each, strict=True)]
    assert len(ahead.total.days) == (until - TODAY).days + 1
    assert ahead.total.expected == sum(each.expected for each in ahead.categories.values())
    assert sum(ahead.total.bills) == sum(bill.amount for bill in due if bill.day <= until)


@some
@given(histories, bills, horizons, methods)
def test_what_is_expected_lies_within_the_bounds(history, due, until, method):
    ahead = foretold(history, due, until=until, method=method)

    for each in (ahead.total, *ahead.categories.values()):
        assert each.low <= each.expected <= each.high


@some
@given(histories, bills)
def test_nothing_is_expected_below_zero_but_bills_that_bring_money_back(history, due):
    ahead = foretold(history, due)

    back = sum(min(bill.amount, 0) for bill in due)
    assert all(amount >= 0 for each in ahead.categories.values() for amount in each.habit)
    assert ahead.total.low >= back


@some
@given(bills, st.integers(0, 400))
def test_no_spending_for_however_long_leaves_only_bills(due, known):
    ahead = foretold([], due, known=known)

    assert set(ahead.total.habit) == {0}


@some
@given(histories, st.integers(2, 1000), methods)
def test_amounts_in_a_smaller_unit_give_the_same_forecast(history, factor, method):
    larger = [DaySpending(row.day, row.category, row.amount * factor) for row in history]

    plain, scaled = foretold(history, [], method=method), foretold(larger, [], method=method)

    for name in NAMES:
        one, other = plain.categories[name], scaled.categories[name]
        assert abs(one.expected * factor - other.expected) <= factor / 2 + 1
        assert abs(one.low * factor - other.low) <= 2 * factor
        assert abs(one.high * factor - other.high) <= 2 * factor


@some
@given(histories, bills, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(history, due, chance):
    shuffled = [*history]
    chance.shuffle(shuffled)

    assert foretold(shuffled, due) == foretold(history, due)


@some
@given(histories, st.integers(0, 100_00))
def test_the_more_is_booked_today_the_less_is_still_to_come(history, more):
    ahead = foretold(history, [])
    booked = foretold([*history, DaySpending(TODAY, "food", more)], [])

    assert booked.categories["food"].expected <= ahead.categories["food"].expected
    assert booked.categories["fun"] == ahead.categories["fun"]
