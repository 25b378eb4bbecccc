"""A day's status is the worst of what is planned by day; bills and savings cover nothing."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.daily import daily_plan
from budgets.domain.days import Part, day_standings
from budgets.domain.envelopes import Envelope, Kind, Pattern, Status

DAYS = 30


def envelope(key, amount, spent=None, *, pattern=Pattern.EVEN, is_saving=False):
    """An amount a day where it is planned by day, else all of it on the first."""
    by_day = pattern in {Pattern.EVEN, Pattern.WEEKDAYS, Pattern.BY_HAND}
    planned = (amount,) * DAYS if by_day else (amount, *[0] * (DAYS - 1))
    spent = tuple((spent or {}).get(day, 0) for day in range(DAYS))
    return Envelope(key, key, planned=planned, spent=spent, pattern=pattern, is_saving=is_saving)


def stood(*envelopes, unplanned=None, today=DAYS):
    plans = [(each, daily_plan(each, today)) for each in envelopes]
    return day_standings(plans, [(unplanned or {}).get(day, 0) for day in range(DAYS)])


def verdict(day):
    return day.status, day.over, day.over_key


def test_unpaid_rent_does_not_cover_a_dinner():
    rent = envelope("rent", 900_00, pattern=Pattern.BILLS)
    first = stood(rent, envelope("dining", 10_00, {0: 60_00}))[0]

    assert verdict(first) == (Status.RED, 50_00, "dining")
    assert (first.planned, first.available, first.spent, first.remaining) == (10_00, 10_00, 60_00, -50_00)
    assert (first.bills, first.savings) == (Part(900_00, 0), Part(0, 0))


def test_unspent_savings_do_not_cover_a_dinner():
    savings = envelope("savings", 20_00, is_saving=True)
    first = stood(savings, envelope("dining", 10_00, {0: 60_00}))[0]

    assert verdict(first) == (Status.RED, 50_00, "dining")
    assert first.savings == Part(20_00, 0)


def test_what_one_category_has_left_does_not_cover_another():
    first = stood(envelope("groceries", 90_00), envelope("dining", 10_00, {0: 60_00}))[0]

    assert verdict(first) == (Status.RED, 50_00, "dining")
    assert first.remaining == 40_00


def test_a_bill_or_savings_that_cost_more_leave_the_day_as_it_is():
    rent = envelope("rent", 900_00, {0: 950_00}, pattern=Pattern.NOT_DAILY)
    savings = envelope("savings", 20_00, {0: 500_00}, is_saving=True)
    first = stood(rent, savings, envelope("dining", 10_00, {0: 8_00}))[0]

    assert verdict(first) == (Status.GREEN, 0, None)
    assert (first.bills, first.savings) == (Part(900_00, 950_00), Part(20_00, 500_00))


def test_the_category_that_is_over_by_most_is_named():
    first = stood(
        envelope("dining", 10_00, {0: 12_00}), envelope("fun", 5_00, {0: 9_00}), envelope("food", 1_00)
    )[0]

    assert verdict(first) == (Status.RED, 4_00, "fun")


def test_of_two_that_are_over_by_the_same_the_first_is_named():
    first = stood(envelope("dining", 10_00, {0: 12_00}), envelope("fun", 5_00, {0: 7_00}))[0]

    assert verdict(first) == (Status.RED, 2_00, "dining")


def test_one_category_that_is_nearly_spent_makes_the_day_amber():
    first = stood(envelope("groceries", 90_00), envelope("dining", 10_00, {0: 8_01}))[0]

    assert verdict(first) == (Status.AMBER, 0, None)


def test_what_is_spent_where_nothing_is_allotted_is_over_by_all_of_it():
    first = stood(envelope("dining", 10_00, {0: 12_00}), unplanned={0: 60_00})[0]

    assert verdict(first) == (Status.RED, 60_00, None)
    assert (first.spent, first.unplanned, first.remaining) == (72_00, 60_00, -62_00)


def test_money_back_where_nothing_is_allotted_is_no_overspending():
    first = stood(envelope("dining", 10_00, {0: 12_00}), unplanned={0: -60_00})[0]

    assert verdict(first) == (Status.RED, 2_00, "dining")
    assert first.spent == -48_00


def test_earlier_days_that_were_saved_are_there_to_be_spent():
    days = stood(envelope("dining", 10_00, {9: 14_00}))

    assert (days[9].available, verdict(days[9])) == (1429, (Status.AMBER, 0, None))


envelopes = st.lists(
    st.tuples(
        st.integers(0, 50_00),
        st.dictionaries(st.integers(0, DAYS - 1), st.integers(-20_00, 90_00), max_size=6),
        st.sampled_from(Pattern),
        st.booleans(),
    ),
    max_size=5,
).map(
    lambda drawn: [
        envelope(str(place), amount, spent, pattern=pattern, is_saving=is_saving)
        for place, (amount, spent, pattern, is_saving) in enumerate(drawn)
    ]
)


@given(envelopes, st.dictionaries(st.integers(0, DAYS - 1), st.integers(0, 40_00), max_size=4))
def test_the_parts_add_up_and_the_status_is_that_of_the_worst(made, unplanned):
    days = stood(*made, unplanned=unplanned)
    assert sum(day.planned + day.bills.planned + day.savings.planned for day in days) == sum(
        each.budgeted for each in made
    )
    assert sum(day.spent + day.bills.spent + day.savings.spent for day in days) == sum(
        each.total_spent for each in made
    ) + sum(unplanned.values())
    plans = {each.key: daily_plan(each, DAYS) for each in made if each.kind == Kind.DAILY}
    for place, day in enumerate(days):
        overs = [plan[place].over for plan in plans.values()] + [unplanned.get(place, 0)]
        assert day.over == max(overs)
        assert (day.status == Status.RED) == (day.over > 0)
        assert day.over_key is None or plans[day.over_key][place].over == day.over
