"""Instalments: parts that add up to the price, on dates a person can look up."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from debts.domain.instalments import Frequency, Instalment, instalments


def test_the_cents_that_do_not_divide_go_to_the_first_parts():
    parts = instalments(
        total=10_000, count=3, paid=1, first_on=date(2026, 1, 15), frequency=Frequency.MONTHLY
    )

    assert parts == [
        Instalment(date(2026, 1, 15), 3334, is_paid=True),
        Instalment(date(2026, 2, 15), 3333, is_paid=False),
        Instalment(date(2026, 3, 15), 3333, is_paid=False),
    ]


def test_a_month_without_the_day_has_its_last_one():
    parts = instalments(total=400, count=4, paid=0, first_on=date(2026, 1, 31), frequency=Frequency.MONTHLY)

    assert [part.on for part in parts] == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip


def test_weeks_and_fortnights_are_counted_in_days():
    first = date(2026, 12, 25)
    weekly = instalments(total=2, count=2, paid=0, first_on=first, frequency=Frequency.WEEKLY)
    fortnightly = instalments(total=2, count=2, paid=0, first_on=first, frequency=Frequency.FORTNIGHTLY)

    assert (weekly[1].on, fortnightly[1].on) == (date(2027, 1, 1), date(2027, 1, 8))


@given(
    total=st.integers(1, 10**9),
    count=st.integers(1, 120),
    frequency=st.sampled_from(Frequency),
    first_on=st.dates(date(2000, 1, 1), date(2080, 1, 1)),
)
def test_the_parts_add_up_and_differ_by_a_unit_at_most(total, count, frequency, first_on):
    parts = instalments(total=total, count=count, paid=0, first_on=first_on, frequency=frequency)
    amounts = [part.amount for part in parts]

    assert sum(amounts) == total
    assert max(amounts) - min(amounts) <= 1
    assert [part.on for part in parts] == sorted({part.on for part in parts})
