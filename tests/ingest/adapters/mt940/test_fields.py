from decimal import Decimal

import pytest

from ingest.adapters.mt940 import Mt940Reader
from ingest.adapters.mt940.details import read_details
from ingest.adapters.mt940.movement import read_movement
from ingest.domain.remarks import Remarks
from tests.ingest.adapters.reading import read_with


def movement(text):
    return read_movement(text, Remarks(), line=1)


@pytest.mark.parametrize(
    ("mark", "amount"),
    [
        ("C", "5.00"),
        ("D", "-5.00"),
        ("CR", "5.00"),
        ("DR", "-5.00"),
        ("CN", "5.00"),
        ("DD", "-5.00"),
        ("RC", "-5.00"),
        ("RD", "5.00"),
        ("RCR", "-5.00"),
        ("RDR", "5.00"),
    ],
)
def test_a_reversal_undoes_and_a_letter_of_the_currency_does_not(mark, amount):
    assert movement(f"2601020102{mark}5,00NTRF").amount == Decimal(amount)


def test_an_expected_movement_is_not_booked():
    assert movement("260102EC5,00NTRF").expected
    assert not movement("260102C5,00NTRF").expected


@pytest.mark.parametrize(
    ("days", "booked"),
    [
        ("260105", "2026-01-05"),
        ("260105    ", "2026-01-05"),
        ("2601050106", "2026-01-06"),
        ("2512310102", "2026-01-02"),
        ("2601011231", "2025-12-31"),
        ("2402280229", "2024-02-29"),
        ("2602300301", "2026-03-01"),
        ("240230", "2024-02-29"),
        ("2601059999", "2026-01-05"),
        ("991231", "1999-12-31"),
    ],
)
def test_the_booking_day_counts_in_the_year_nearest_to_the_value_date(days, booked):
    assert str(movement(f"{days}D1,00NMSC").date) == booked


@pytest.mark.parametrize("days", ["260230", "2602300230"])
def test_a_day_that_no_calendar_has_is_remarked_on_once(days):
    remarks = Remarks()
    read_movement(f"{days}D1,00NMSC", remarks, line=7)

    (remark,) = remarks.problems()
    assert (remark.line, remark.message) == (
        7,
        "Days that no calendar has, taken as the last one of their month: 2026-02-30.",
    )


@pytest.mark.parametrize(
    ("text", "customer", "bank", "name"),
    [
        ("NTRFNONREF//MB170119012058", "NONREF", "MB170119012058", ""),
        ("NTRFKREF+//536D80EFEC56ACF8", "KREF", "536D80EFEC56ACF8", ""),
        ("NMSC", "", None, ""),
        ("N060P000029225      KPN - MOBIEL", "P000029225", None, "KPN - MOBIEL"),
        ("NOVBNL47INGB9999999999", "NL47INGB9999999999", None, ""),
        ("NTRFR1//0000", "R1", None, ""),
        ("NTRFR1//NONREF", "R1", None, ""),
    ],
)
def test_references(text, customer, bank, name):
    found = movement(f"260105D1,00{text}")

    assert (found.customer_reference, found.bank_reference, found.name) == (customer, bank, name)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["166?00LABEL?20SVWZ+Rent?32Ann", " Lee"], "Ann Lee Rent"),
        (["166?00LABEL?20EREF+1?32Ann"], "Ann EREF+1"),
        (["166?00LABEL?109310"], "LABEL"),
        (["020~00Przelew~20Czynsz maj~32SPOLDZIELNIA"], "SPOLDZIELNIA Czynsz maj"),
        (["020<20Czynsz<32ADM"], "ADM Czynsz"),
        (["000>100987654321>20 HUUR>21 KANTOOR"], "HUUR KANTOOR"),
        (["/EREF/1/BENM//NAME/JOHN DOE/REMI/Reference 7/ISDT/2013-01-02"], "JOHN DOE Reference 7"),
        (["/REMI/USTD//Invoice 9/"], "Invoice 9"),
        (["/EREF/only a reference"], "/EREF/only a reference"),
        (["NL47INGB9999999999 hr jansen", "", "Betaling sieraden"], "hr jansen Betaling sieraden"),
        (["999PN5477SCHECK-NR. 1"], "SCHECK-NR. 1"),
        (["Kiosk", "am Park"], "Kiosk am Park"),
        (["what? 20 pieces"], "what? 20 pieces"),
    ],
)
def test_details_in_the_dialects_of_banks(lines, text):
    assert read_details(lines) == text


def test_a_wrapped_time_is_no_tag():
    found = read_with(
        Mt940Reader(),
        ":20:1\n:25:1\n:60F:C260101EUR1,\n:61:260102D1,NMSC\n:86:at T16\n:20:37 Fo\n:61:260103D2,NMSC\n",
    )

    assert found.told == [("2026-01-02", "-1", "at T16 :20:37 Fo"), ("2026-01-03", "-2", "")]


def test_text_about_the_statement_is_not_text_of_its_last_row():
    found = read_with(
        Mt940Reader(), ":25:1\n:60F:C260101EUR1,\n:61:260102D1,NMSC\n:86:Shop\n:62F:C260102EUR0,\n:86:Total\n"
    )

    assert found.row.description == "Shop"


def test_two_rows_that_look_the_same_stay_two():
    row = ":61:260102D1,NMSCNONREF//123456\n:86:Shop\n"
    found = read_with(Mt940Reader(), f":20:1\n:25:1\n{row}{row}")

    assert found.rows[0].external_id == found.rows[1].external_id == "123456"
    assert len(found.rows) == 2
