"""Which days come in, and what is said of others."""

from datetime import date

import pytest

from core.domain.days import DayError, day_of, in_range


@pytest.mark.parametrize("text", ["1900-01-01", "2026-11-24", "2024-02-29", "2200-12-31"])
def test_a_day_of_three_centuries_is_one(text):
    assert day_of(text).isoformat() == text


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("2026-02-30", "invalid", "There is no such day: 2026-02 has 28 days."),
        ("2026-13-01", "invalid", "There is no such day: months go from 01 to 12."),
        ("2026-11-00", "invalid", "There is no such day: 2026-11 has 30 days."),
        ("24.11.2026", "invalid", "Write the day as YYYY-MM-DD, as in 2026-11-24."),
        ("2026-1-1", "invalid", "Write the day as YYYY-MM-DD, as in 2026-11-24."),
        ("2026-11-24T00:00:00Z", "invalid", "Write the day as YYYY-MM-DD, as in 2026-11-24."),
        ("٢٠٢٦-11-24", "invalid", "Write the day as YYYY-MM-DD, as in 2026-11-24."),
        ("0026-11-01", "out_of_range", "Give a day from 1900-01-01 to 2200-12-31."),
        ("0000-11-01", "out_of_range", "Give a day from 1900-01-01 to 2200-12-31."),
        ("9999-12-31", "out_of_range", "Give a day from 1900-01-01 to 2200-12-31."),
        ("1899-12-31", "out_of_range", "Give a day from 1900-01-01 to 2200-12-31."),
    ],
)
def test_anything_else_is_told_as_what_it_is(text, code, message):
    with pytest.raises(DayError) as refusal:
        day_of(text)

    assert (refusal.value.code, str(refusal.value)) == (code, message)


def test_a_day_that_is_one_already_has_the_same_bounds():
    assert [in_range(date(*each)) for each in ((1900, 1, 1), (2200, 12, 31))] == [True, True]
    assert [in_range(date(*each)) for each in ((1899, 12, 31), (2201, 1, 1))] == [False, False]
