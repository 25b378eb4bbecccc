# ruff: noqa: RUF001  (letters of other alphabets are the point here)
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.dates import DateOrder, decide_date_order, is_date, parse_date, parse_time


@pytest.mark.parametrize(
    "text",
    [
        "05.03.2018",
        "5/3/2018",
        "05-03-18",
        "2018-03-05",
        "2018/03/05",
        "2018. 03. 05.",
        "20180305",
        "5 Mar 2018",
        "5-Mar-18",
        "5th March 2018",
        "March 5, 2018",
        "Mon, 5 Mar 2018",
        "5. März 2018",
        "5 mars 2018",
        "5 maart 2018",
        "5 de marzo de 2018",
        "5 marzo 2018",
        "5 марта 2018",
        "05.03.2018 г.",
        "5 Mart 2018",
        "5 Μαρ 2018",
        "5 marca 2018",
        "2018年3月5日",
    ],
)
def test_one_day_in_many_hands(text: str):
    assert parse_date(text, order=DateOrder.DMY)[0] == date(2018, 3, 5)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2018-02-25 12:34:56 +0000", time(12, 34, 56)),
        ("2018-02-25T23:59:00.000Z", time(23, 59)),
        ("25/02/2018 5:04 PM", time(17, 4)),
        ("25.02.2018, 07:30 Uhr", time(7, 30)),
        ("20180225123456", time(12, 34, 56)),
        ("25.02.2018", None),
    ],
)
def test_the_time_behind_a_date_is_kept_and_never_moves_the_day(text: str, at: time | None):
    assert parse_date(text, order=DateOrder.DMY) == (date(2018, 2, 25), at)


def test_the_order_decides_between_day_and_month():
    assert parse_date("03/04/2018", order=DateOrder.DMY)[0] == date(2018, 4, 3)
    assert parse_date("03/04/2018", order=DateOrder.MDY)[0] == date(2018, 3, 4)
    assert parse_date("18-03-04", order=DateOrder.YMD)[0] == date(2018, 3, 4)


def test_two_digit_years_turn_at_eighty():
    assert parse_date("01.01.79", order=DateOrder.DMY)[0].year == 2079
    assert parse_date("01.01.80", order=DateOrder.DMY)[0].year == 1980


def test_an_odd_year_is_kept_as_written():
    assert parse_date("1111/11/11", order=DateOrder.DMY)[0] == date(1111, 11, 11)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31.02.2018",
        "2018-13-01",
        "12.5",
        "-33,87",
        "1/2/3",
        "5 Foo 2018",
        "Pending",
        "12/2018",
        "x" * 99,
        "2018-01-01 foo",
    ],
)
def test_what_is_no_date_is_refused(text: str):
    assert not is_date(text)


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["01/02/2018", "13/02/2018"], DateOrder.DMY),
        (["01/02/2018", "02/13/2018"], DateOrder.MDY),
        (["2018-01-02", "2018-02-03"], DateOrder.YMD),
        (["01/02/2018", "01/03/2018", "01/04/2018", "01/05/2018"], DateOrder.MDY),
        (["01/02/2018", "01/03/2018", "02/03/2018", "05/03/2018"], DateOrder.DMY),
        (["02.03.18"], DateOrder.DMY),
        (["10 Feb 18"], DateOrder.DMY),
    ],
)
def test_the_order_of_dates_is_told_by_a_day_above_twelve_or_by_a_steady_run(
    samples: list[str], order: DateOrder
):
    assert decide_date_order(samples).value == order


def test_what_is_known_about_a_file_tips_an_open_order():
    assert decide_date_order(["01/02/2018"]).value is DateOrder.DMY
    assert decide_date_order(["01/02/2018"], favoured=DateOrder.MDY).value is DateOrder.MDY
    assert decide_date_order(["13/02/2018"], favoured=DateOrder.MDY).value is DateOrder.DMY


def test_contradicting_dates_lower_the_confidence():
    assert decide_date_order(["13/02/2018", "02/13/2018"]).confidence < 0.8
    assert decide_date_order(["13/02/2018"]).confidence == 0.99


@given(day=st.dates(min_value=date(1980, 1, 1), max_value=date(2079, 12, 31)))
def test_every_day_comes_back_from_every_shape(day: date):
    assert parse_date(f"{day:%d.%m.%y}", order=DateOrder.DMY)[0] == day
    assert parse_date(f"{day:%m/%d/%Y}", order=DateOrder.MDY)[0] == day
    assert parse_date(day.isoformat(), order=DateOrder.DMY)[0] == day
    assert parse_date(f"{day:%Y%m%d}", order=DateOrder.MDY)[0] == day


def test_a_cell_of_its_own_may_hold_the_time():
    assert parse_time("14:05") == time(14, 5)
    assert parse_time("2:05 pm") == time(14, 5)
    assert parse_time("140500") == time(14, 5)
    assert parse_time("noon") is None
    assert parse_time("99:99") is None
