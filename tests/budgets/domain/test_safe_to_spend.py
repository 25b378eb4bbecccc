"""What may be spent today without missing what falls due."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.safe_to_spend import Due, safe_to_spend

TODAY = date(2026, 11, 21)


def due(days, amount, name="Rent", kind="bill"):
    return Due(TODAY + timedelta(days=days), amount, name, kind)


def safe(balance, obligations=(), incomes=(), *, spent_today=0, buffer=0, days=35):
    return safe_to_spend(
        balance=balance,
        spent_today=spent_today,
        obligations=obligations,
        incomes=incomes,
        buffer=buffer,
        today=TODAY,
        horizon=TODAY + timedelta(days=days),
    )


def test_the_rent_due_on_friday_is_not_forgotten():
    found = safe(120000, [due(6, 90000)], [due(10, 250000, "Pay", "income")])
    assert (found.total, found.days, found.per_day, found.today) == (30000, 10, 3000, 3000)
    assert [each.name for each in found.set_aside] == ["Rent"]
    assert (found.lowest_balance, found.lowest_on) == (30000, TODAY + timedelta(days=6))


def test_rent_after_pay_day_counts_where_the_pay_does_not_cover_it():
    found = safe(100000, [due(12, 180000)], [due(10, 150000, "Pay", "income")])
    assert (found.lowest_balance, found.lowest_on) == (70000, TODAY + timedelta(days=12))
    assert (found.total, found.set_aside) == (70000, ())


def test_the_buffer_is_left_alone():
    assert safe(50000, buffer=20000, days=29).per_day == 1000


def test_what_was_spent_today_comes_off_today_only():
    found = safe(97000, incomes=[due(10, 1, "Pay", "income")], spent_today=3000)
    assert (found.per_day, found.today) == (10000, 7000)


def test_nothing_free_is_nothing():
    found = safe(50000, [due(2, 90000)])
    assert (found.total, found.per_day, found.today, found.lowest_balance) == (0, 0, 0, -40000)


def test_what_is_overdue_leaves_today():
    found = safe(50000, [due(-3, 20000)])
    assert (found.lowest_balance, found.lowest_on, found.total) == (30000, TODAY, 30000)


@given(
    st.integers(-(10**6), 10**7),
    st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 10**6)), max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10**6)), max_size=3),
    st.integers(0, 10**5),
    st.integers(0, 10**5),
)
def test_spending_what_is_safe_never_takes_the_balance_below_the_buffer(balance, bills, pays, spent, buffer):
    found = safe(
        balance,
        [due(days, amount) for days, amount in bills],
        [due(days, amount, "Pay", "income") for days, amount in pays],
        spent_today=spent,
        buffer=buffer,
    )
    assert found.today >= 0
    assert found.today + found.per_day * (found.days - 1) <= max(found.total, 0) or found.today == 0
    if found.total:
        assert found.lowest_balance - found.total >= buffer
