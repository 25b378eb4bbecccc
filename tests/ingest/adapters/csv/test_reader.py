import io
from decimal import Decimal

import pytest

from ingest.adapters.csv import CsvReader
from ingest.domain.statement import StatementRow, UnreadableStatementError
from tests.ingest.adapters.csv.reading import SAMPLES, money, read

HEADINGS = "Date,Description,Amount,Balance\n"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.stem)
def test_it_recognises_statements(path):
    assert CsvReader().recognises(path.read_bytes(), path.name) > 0.9


def test_it_does_not_take_other_files_for_its_own():
    reader = CsvReader()

    assert reader.recognises(b"OFXHEADER:100\nDATA:OFXSGML\n", "statement.csv") == 0.0
    assert reader.recognises(b"%PDF-1.7", "statement.csv") == 0.0
    assert reader.recognises(b"Dear sir, this is a letter.\n", "letter.txt") < 0.3


def test_a_balance_that_does_not_follow_is_a_remark_and_never_a_refusal():
    found = read(
        HEADINGS + "2026-03-01,A,10.00,110.00\n2026-03-02,B,-5.00,105.00\n2026-03-03,C,1.00,106.00\n"
        "2026-03-04,D,1.00,107.00\n2026-03-05,E,1.00,108.00\n2026-03-06,F,-8.00,90.00\n2026-03-07,G,1.00,91.00\n"
    )

    assert len(found.rows) == 7
    assert found.rejected == []
    assert [(problem.line, "expected 100.00" in problem.message) for problem in found.problems] == [(7, True)]


def test_opening_and_closing_balances_are_no_movements():
    found = read(
        "Date,Description,Debit,Credit,Balance\n01/03/2026,BALANCE BROUGHT FORWARD,,,100.00\n"
        "02/03/2026,Shop,10.00,,90.00\n13/03/2026,Salary,,500.00,590.00\n31/03/2026,CLOSING BALANCE,,,590.00\n"
    )

    assert found.amounts == money("-10.00", "500.00")
    assert [problem.line for problem in found.problems] == [2, 5]


def test_a_shop_called_total_is_a_shop():
    found = read(
        "Date,Description,Amount\n2026-03-01,TOTAL 4411 LYON,-50.00\n2026-03-02,Balance Yoga Studio,-20.00\n"
    )

    assert found.amounts == money("-50.00", "-20.00")


def test_pending_rows_without_a_date_are_told_of_and_left_out():
    found = read("Date,Description,Amount\nPending,Shop,-1.00\n2026-03-01,Shop,-2.00\n")

    assert found.amounts == money("-2.00")
    assert [(problem.line, problem.rejected) for problem in found.problems] == [(2, False)]


def test_a_line_that_is_no_transaction_is_told_of_and_left_out():
    found = read("01.03.2026;Shop;-1,00;EUR\nJust a line of text;;\n13.03.2026;Shop;-2,00;EUR\n")

    assert found.amounts == money("-1.00", "-2.00")
    assert [(problem.line, problem.rejected) for problem in found.problems] == [(2, False)]


def test_an_implausible_year_is_read_as_it_is_written():
    found = read("Date;Text;Amount\n1111/11/11;Shop;-1,00\n1111/11/11;Shop;-1,00\n")

    assert found.dates == ["1111-11-11", "1111-11-11"]
    assert found.problems == []


def test_white_space_and_control_characters_are_cleaned_from_descriptions():
    found = read("Date,Text,Amount\n2026-03-01,  POS\u00a0 SHOP\x07  17 ,-1.00\n")

    assert found.texts == ["POS SHOP 17"]


def test_spreadsheet_formulas_and_hints_are_undone():
    found = read('sep=;\n="01.02.2026";="Shop";="-3,40"\n="12.02.2026";="\'Shop";="-4,40"\n')

    assert found.amounts == money("-3.40", "-4.40")
    assert found.texts == ["Shop", "Shop"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\n<!DOCTYPE html><html>Sign in", "web page"),
        (b"<?xml version='1.0'?><Document>", "XML"),
        (b"OFXHEADER:100\n", "OFX"),
        (b"!Type:Bank\nD1/2/26\n", "QIF"),
        (b":20:STARTUMS\n:25:1/2\n", "MT940"),
        (b'{"transactions": []}', "JSON"),
        (b"Date,Amount\n2026-01-01,1\x00\n", "NUL"),
        (b"Dear sir,\nthis is no statement.\n", "line 1"),
        (b"Date,Description,Amount\n", "no rows"),
        (b"Date,Description,Amount\n2026-99-01,x,-1\n", "line 2"),
        (b"a," * 100_000, "longer than"),
    ],
)
def test_what_is_no_statement_is_refused_in_words(content: bytes, said: str):
    with pytest.raises(UnreadableStatementError) as refusal:
        read(content)

    assert said in refusal.value.message


def test_an_overlong_record_is_rejected_and_reading_goes_on():
    found = read(
        "Date,Text,Amount\n2026-03-01,Shop,-1.00\n2026-03-02,"
        + "x" * 200_000
        + ",-2.00\n2026-03-03,Shop,-3.00\n"
    )

    assert found.amounts == money("-1.00", "-3.00")
    assert [problem.line for problem in found.rejected] == [3]


def test_rows_come_as_they_are_read():
    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            chunk = super().read(size)
            self.taken += len(chunk)
            return chunk

    rows = "".join(f"2026-03-01,Shop {number},-{number}.25\n" for number in range(40_000))
    source = Counting(("Date,Description,Amount\n" + rows).encode())
    reading = CsvReader().read(source, filename="long.csv")
    looked_at = source.taken

    first = next(reading.items)

    assert isinstance(first, StatementRow)
    assert source.taken - looked_at < 100_000
    assert sum(1 for _ in reading.items) == 39_999


def test_the_sum_of_a_long_file_is_exact():
    rows = "".join(f"2026-03-{day % 28 + 1:02d};Shop {day};-0,01\n" for day in range(10_000))

    assert sum(read("Date;Text;Amount\n" + rows).amounts) == Decimal("-100.00")
