# ruff: noqa: RUF001  (letters of other alphabets are the point here)
import json
from pathlib import Path

import pytest

from ingest.domain.statement import RowStatus, StatementAccount
from tests.ingest.adapters.csv.reading import SAMPLES, money, read, read_sample

FOR_NEWCOMERS = Path(__file__).parents[4] / "docs" / "samples"


def test_us_checking_account():
    found = read_sample("us_checking.csv")

    assert found.amounts == money("-64.18", "1850.00", "-88.50", "-950.00")
    assert found.dates == ["2026-03-16", "2026-03-15", "2026-03-12", "2026-03-05"]
    assert found.texts[2] == "CITY POWER & LIGHT, AUTOPAY"
    assert found.part("date_order") == "MDY"
    assert found.problems == []


def test_german_account_with_preamble_in_windows_1252():
    found = read_sample("german_preamble.csv")

    assert found.amounts == money("2845.20", "-72.00", "-5.25")
    assert found.texts[0] == "Möbelwerk Süd GmbH Gehalt April"
    assert found.part("encoding") == "cp1252"
    assert found.part("header_line") == 6
    assert found.rows[0].line == 7
    assert found.reading.accounts == [StatementAccount("DE89370400440532013000", currency="EUR")]


def test_uk_debit_and_credit_columns():
    found = read_sample("uk_debit_credit.csv")

    assert found.amounts == money("-18.40", "45.00", "-1120.00")
    assert {row.currency for row in found.rows} == {"GBP"}
    assert found.part("sign") == "debit_credit"


def test_bulgarian_account_in_windows_1251():
    found = read_sample("bulgarian.csv")

    assert found.amounts == money("-24.90", "2300.00", "-1.50")
    assert found.texts[0] == "Супермаркет Пролет Плащане с карта"
    assert [problem.line for problem in found.problems] == [5]
    assert found.rejected == []


def test_french_account_in_latin_1():
    found = read_sample("french.csv")

    assert found.amounts == money("-6.80", "1950.00", "-58.12")
    assert found.texts[1] == "Virement reçu Société Élan"


def test_tab_delimited_account():
    found = read_sample("tab_delimited.csv")

    assert found.amounts == money("-4.35", "2140.00")
    assert found.part("delimiter") == "\t"
    assert {row.currency for row in found.rows} == {"EUR"}


def test_credit_card_without_minus_signs():
    found = read_sample("credit_card_inverted.csv")

    assert found.amounts == money("-32.50", "-47.10", "310.00", "-21.75")
    assert found.part("sign") == "inverted"


def test_dates_in_several_orders_in_one_file():
    found = read_sample("mixed_dates.csv")

    assert found.dates == ["2026-03-01", "2026-03-15", "2026-03-16", "2026-03-17", "2026-03-04", "2026-03-18"]
    assert [problem.line for problem in found.problems if problem.line] == [7]


def test_pipes_in_utf_16():
    found = read_sample("pipe_utf16.csv")

    assert found.amounts == money("-12.50", "1400.00")
    assert found.texts == ["Café Übersee", "Wages"]
    assert found.part("delimiter") == "|"


def test_no_header():
    found = read_sample("no_header.csv")

    assert found.amounts == money("-4.55", "1000.00", "-120.00")
    assert found.part("header_line") is None
    assert found.part("columns") == {"date": 0, "amount": 1, "balance": 3, "description": [2]}


def test_repeated_header_and_footer():
    found = read_sample("repeated_header_footer.csv")

    assert found.amounts == money("-12.34", "1000.00", "-1.00")
    assert [row.line for row in found.rows] == [4, 5, 9]
    assert [problem.line for problem in found.problems] == [6, 7, 10]
    assert found.rows[0].account == "NL91ABNA0417164300"


def test_states_and_fees():
    found = read_sample("states_and_fees.csv")

    assert found.amounts == money("-10.00", "-20.50", "-9.50", "-5.00")
    assert [row.status for row in found.rows] == [RowStatus.POSTED] * 3 + [RowStatus.PENDING]
    assert found.part("fee") == "subtracted"
    assert [problem.line for problem in found.problems] == [6]
    assert str(found.rows[0].time) == "10:05:00"


def test_three_identical_rows_are_three_movements():
    found = read_sample("identical_rows.csv")

    assert found.amounts == money("-2.00", "-2.00", "-2.00", "1500.00")


def test_direction_column():
    found = read_sample("direction_column.csv")

    assert found.amounts == money("-12.34", "2500.00")
    assert found.dates == ["2026-03-01", "2026-02-28"]
    assert found.part("sign") == "direction"
    assert {row.currency for row in found.rows} == {"EUR"}


def test_several_accounts_in_one_file():
    found = read_sample("several_accounts.csv")

    assert found.reading.accounts == [
        StatementAccount("GB33BUKB20201555555555", currency="GBP"),
        StatementAccount("DE89370400440532013000", currency="EUR"),
    ]
    assert [row.external_id for row in found.rows] == ["tx-90001", "tx-90002", "tx-90003"]


def test_broken_rows_are_reported_and_reading_goes_on():
    found = read_sample("broken_rows.csv")

    assert found.amounts == money("-1.00", "-5.00", "-6.00", "-7.00")
    assert [row.line for row in found.rows] == [2, 6, 7, 9]
    assert found.texts[1:3] == ["Quote left open", "Over two lines"]
    assert [problem.line for problem in found.rejected] == [3, 4, 5]
    assert found.rejected[0].message == "Column 'Date': '2026-13-45' is not a date in the order YMD"
    assert "Column 'Amount': '12x' is not an amount" in found.rejected[1].message
    assert found.rejected[2].message == "The row has 2 columns instead of 3, and no amount"


def test_records_of_two_lines():
    found = read_sample("two_line_records.csv")

    assert found.amounts == money("-12.34", "2500.00", "-3.00")
    assert found.texts[0] == "CARD PAYMENT CHEESE SHOP AMSTERDAM"


def test_damaged_utf_8_is_read_with_a_remark():
    found = read_sample("damaged_utf8.csv")

    assert found.texts[:2] == ["Bäckerei Krüger", "Café Schön"]
    assert found.texts[2] == "M\ufffdbelhaus Öhler"
    assert [problem.line for problem in found.problems] == [4]


@pytest.mark.parametrize(
    ("name", "rows", "total"), [("checking.csv", 60, "-633.75"), ("german-giro.csv", 30, "563.22")]
)
def test_the_samples_for_newcomers_read_without_a_remark(name: str, rows: int, total: str):
    found = read((FOR_NEWCOMERS / name).read_bytes(), filename=name)

    assert len(found.rows) == rows
    assert sum(found.amounts) == money(total)[0]
    assert found.problems == []
    assert {row.currency for row in found.rows} == {"EUR"}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.stem)
def test_reading_twice_and_by_its_own_layout_gives_the_same_rows(path: Path):
    first = read_sample(path.name)
    stored = json.loads(json.dumps(first.reading.layout))

    assert read_sample(path.name).rows == first.rows
    assert read_sample(path.name, layout=stored).rows == first.rows
