import pytest

from ingest.domain.statement import UnreadableStatementError
from tests.ingest.adapters.csv.reading import money, read

FILE = "Day;Booked;Text;Sum one;Sum two\n01/02/2026;02/02/2026;Shop;1,00;2,00\n03/02/2026;04/02/2026;Shop;-3,00;4,00\n"


def test_plain_values_and_values_with_confidence_correct_alike():
    plain = read(FILE, layout={"columns": {"amount": "Sum two"}, "sign": "inverted"})
    full = read(
        FILE,
        layout={
            "columns": {"value": {"amount": {"value": 4, "confidence": 1}}, "confidence": 1},
            "sign": {"value": "inverted", "confidence": 0.2},
        },
    )

    assert plain.rows == full.rows
    assert plain.amounts == money("-2.00", "-4.00")
    assert plain.reading.layout["sign"] == {"value": "inverted", "confidence": 1.0}


def test_the_order_of_dates_can_be_corrected():
    assert read(FILE, layout={"date_order": "MDY"}).dates == ["2026-01-02", "2026-03-02"]


def test_a_role_can_be_taken_away_and_moved():
    found = read(FILE, layout={"columns": {"date": "Booked", "amount": "Sum one", "balance": None}})

    assert found.dates == ["2026-02-02", "2026-02-04"]
    assert "balance" not in found.part("columns")


def test_debit_and_credit_displace_the_amount():
    found = read(FILE, layout={"columns": {"debit": 4, "credit": 3}, "sign": "debit_credit"})

    assert found.amounts == money("-1.00", "-7.00")


def test_account_and_currency_can_be_stated():
    found = read(FILE, layout={"account": "12345", "currency": "sek"})

    assert {(row.account, row.currency) for row in found.rows} == {("12345", "SEK")}


def test_named_columns_are_found_though_the_header_has_moved():
    layout = read(FILE).reading.layout
    moved = read("A new line above\n" + FILE, layout=layout)

    assert moved.amounts == read(FILE).amounts
    assert moved.part("header_line") == 2


def test_plain_ascii_of_one_file_does_not_bind_the_next():
    layout = read("Date;Text;Amount\n2026-01-02;Shop;-1,00\n").reading.layout
    later = read("Date;Text;Amount\n2026-01-02;Bäckerei Müller;-1,00\n".encode("cp1252"), layout=layout)

    assert later.texts == ["Bäckerei Müller"]


@pytest.mark.parametrize(
    ("layout", "named"),
    [
        ({"delimeter": ";"}, "delimeter"),
        ({"delimiter": ";;"}, "delimiter"),
        ({"encoding": "klingon"}, "encoding"),
        ({"date_order": "DYM"}, "date_order"),
        ({"decimal_mark": "'"}, "decimal_mark"),
        ({"sign": "maybe"}, "sign"),
        ({"header_line": 0}, "header_line"),
        ({"header_line": 99}, "99"),
        ({"currency": "EURO"}, "currency"),
        ({"columns": ["Day"]}, "columns"),
        ({"columns": {"payee": "Text"}}, "payee"),
        ({"columns": {"amount": "Sum three"}}, "Sum three"),
        ({"columns": {"amount": 12}}, "12"),
        ({"columns": {"amount": 1.5}}, "amount"),
        ({"columns": {"amount": ["Sum one", "Sum two"]}}, "amount"),
        ({"columns": {"date": None}}, "dates"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(layout: dict, named: str):
    with pytest.raises(UnreadableStatementError) as refusal:
        read(FILE, layout=layout)

    assert named in refusal.value.message
