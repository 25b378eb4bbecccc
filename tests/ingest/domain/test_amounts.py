from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.amounts import (
    currency_beside,
    decide_decimal_mark,
    is_amount,
    is_marked_inflow,
    parse_amount,
)

GROUPINGS = [
    ("", "."),
    (",", "."),
    (" ", "."),
    ("'", "."),
    ("", ","),
    (".", ","),
    (" ", ","),
    ("\u00a0", ","),
]


def written(value: Decimal, grouping: str, decimal_mark: str) -> str:
    plain = f"{value:,.2f}" if grouping else f"{value:.2f}"
    return plain.replace(",", "G").replace(".", decimal_mark).replace("G", grouping)


@given(
    value=st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    marks=st.sampled_from(GROUPINGS),
)
def test_an_amount_written_with_any_marks_comes_back_exactly(value: Decimal, marks: tuple[str, str]):
    text = written(value, *marks)

    assert parse_amount(text, decimal_mark=marks[1]) == value


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("-33,87", ",", "-33.87"),
        ("£1,183.23", ".", "1183.23"),
        ("+ £1,100.00", ".", "1100.00"),
        ("-£5.00", ".", "-5.00"),
        ("£-5.00", ".", "-5.00"),
        ("5,00-", ",", "-5.00"),
        ("\u22125,00", ",", "-5.00"),
        ("(12.00)", ".", "-12.00"),
        ("($12.00)", ".", "-12.00"),
        ("12.00 CR", ".", "12.00"),
        ("12.00 Dr.", ".", "-12.00"),
        ("12,34 S", ",", "-12.34"),
        ("12,34 H", ",", "12.34"),
        ("EUR 1.234,56", ",", "1234.56"),
        ("12.345,6 лв.", ",", "12345.6"),
        ("R$ 5,00", ",", "5.00"),
        ("1,23,456.00", ".", "123456.00"),
        (".5", ".", "0.5"),
        ("1200", ",", "1200"),
        ("-0.00", ".", "0"),
    ],
)
def test_amounts_as_banks_write_them(text: str, mark: str, expected: str):
    assert parse_amount(text, decimal_mark=mark) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", "."),
        ("abc", "."),
        ("12.50", ","),
        ("1,5", "."),
        ("1.2.3", "."),
        ("1,2345", "."),
        ("1.234'567", ","),
        ("12 34", "."),
        ("1e5", "."),
        ("NaN", "."),
        ("--5", "."),
        ("-5 CR", "."),
        ("5 Mar", "."),
        ("12%", "."),
        ("1" * 16, "."),
        ("1" * 200, "."),
    ],
)
def test_what_is_no_amount_is_refused_rather_than_read_wrongly(text: str, mark: str):
    with pytest.raises(ValueError):  # noqa: PT011
        parse_amount(text, decimal_mark=mark)


@pytest.mark.parametrize(
    ("samples", "mark"),
    [
        (["1.234,56"], ","),
        (["1,234.56"], "."),
        (["12,5", "1.234"], ","),
        (["1.234.567"], ","),
        (["1'234.50"], "."),
        (["1,234", "5.00"], "."),
    ],
)
def test_the_decimal_mark_is_what_the_amounts_can_only_mean(samples: list[str], mark: str):
    guess = decide_decimal_mark(samples)

    assert guess.value == mark
    assert guess.confidence > 0.9


def test_an_undecided_decimal_mark_says_so():
    assert decide_decimal_mark(["12", "1200"], favoured=",").value == ","
    assert decide_decimal_mark(["1,234"]).value == "."
    assert decide_decimal_mark(["1,234"]).confidence == 0.5


def test_currency_beside_an_amount_is_named_only_where_it_is_one_currency():
    assert currency_beside("£5.00") == "GBP"
    assert currency_beside("5,00 EUR") == "EUR"
    assert currency_beside("$5.00") is None
    assert currency_beside("kr 5,00") is None
    assert currency_beside("5.00 CR") is None


def test_marks_of_direction():
    assert is_marked_inflow("+5.00")
    assert is_marked_inflow("5.00CR")
    assert not is_marked_inflow("5.00")
    assert is_amount("1.234,5")
    assert not is_amount("18.09.2017")
