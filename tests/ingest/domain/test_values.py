from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-6.60", "-6.60"),
        ("+00000000000115.8331", "115.8331"),
        ("12", "12"),
        ("12.", "12"),
        ("-.5", "-0.5"),
        ("1234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1,234,567", "1234567"),
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1,234", "1.234"),
        ("12.00-", "-12.00"),
        ("\N{MINUS SIGN}3.10", "-3.10"),
    ],
)
def test_amounts_that_are_plain(text, expected):
    assert values.amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    ["", "-", "$120", "1e5", "NaN", "Infinity", "1,23,4", "1.2.3", "1,234,56", "--5", "5 EUR", "٣", "9" * 40],
)
def test_amounts_that_are_not(text):
    assert values.amount(text) is None


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_every_written_amount_is_read_exactly(number):
    assert values.amount(f"{number:f}") == number


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_grouped_amounts_are_read_exactly(number):
    american = f"{number:,.2f}"

    assert values.amount(american) == number
    assert values.amount(american.translate(str.maketrans(",.", ".,"))) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20130525", (date(2013, 5, 25), None)),
        ("20130525225731.258[-5:EST]", (date(2013, 5, 25), time(22, 57, 31))),
        ("20130525000000.000[-4:EDT]", (date(2013, 5, 25), None)),
        ("20130525120000[0:GMT]", (date(2013, 5, 25), None)),
        ("201305250910", (date(2013, 5, 25), time(9, 10))),
        ("20130525093914:014", (date(2013, 5, 25), time(9, 39, 14))),
        ("20130525250000", (date(2013, 5, 25), None)),
        ("2013-05-25", (date(2013, 5, 25), None)),
        ("2013-05-25T09:10:11-05:00", (date(2013, 5, 25), time(9, 10, 11))),
        (" 20130525 ", (date(2013, 5, 25), None)),
    ],
)
def test_the_day_is_the_one_the_bank_wrote(text, expected):
    assert values.moment(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "0", "20120231", "201120000000", "00000000", "2013052", "05/25/2013", "20130525x", "99990101"],
)
def test_no_day_is_invented(text):
    assert values.moment(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&T and B&B", "AT&T and B&B"),
        ("AT&amp;amp;T", "AT&T"),
        ("a&nbsp;&NBSP;b", "a b"),
        ("&lt;b&gt; &#39;&#x27;", "<b> ''"),
        ("&unknown; &copyright", "&unknown; &copyright"),
        ("  two \r\n\t words\0 ", "two words"),
    ],
)
def test_text_comes_out_as_a_person_reads_it(text, expected):
    assert values.plain_text(text) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("CAFE", "CAFE"), "CAFE"),
        (("Cafe", "CAFE ROMA"), "CAFE ROMA"),
        (("CAFE ROM", "CAFE ROMA TURIN"), "CAFE ROMA TURIN"),
        (("CAFE ROMA TURIN", "TURIN"), "CAFE ROMA TURIN"),
        (("ROMA", "POS PURCHASE;ROMA"), "POS PURCHASE;ROMA"),
        (("CAT", "EDUCATION FEE"), "CAT EDUCATION FEE"),
        (("CAFE", "", "TIP"), "CAFE TIP"),
        (("", ""), ""),
    ],
)
def test_description_parts_are_joined_without_saying_a_thing_twice(parts, expected):
    assert values.joined(*parts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5814", "5814"), ("763", "0763"), ("0", None), ("", None), ("58145", None), ("x", None)],
)
def test_sic_is_a_merchant_category_code_of_four_digits(text, expected):
    assert values.mcc(text) == expected
