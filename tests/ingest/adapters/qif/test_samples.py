from decimal import Decimal

import pytest

from ingest.adapters.qif import QifReader
from ingest.domain.statement import StatementAccount, UnreadableStatementError
from tests.ingest.adapters.reading import FOR_NEWCOMERS, SAMPLES, read_with


def read(content, layout=None):
    return read_with(QifReader(), content, layout)


def read_sample(name):
    return read((SAMPLES / "qif" / name).read_bytes())


def test_an_export_of_several_accounts():
    found = read_sample("quicken.qif")

    assert found.reading.accounts == [
        StatementAccount("Everyday Checking", kind="checking", name="Everyday Checking"),
        StatementAccount("Blue Card", kind="credit_card", name="Blue Card"),
        StatementAccount("Brokerage", kind="investment", name="Brokerage"),
    ]
    assert [row.account for row in found.rows] == ["Everyday Checking"] * 3 + ["Blue Card"] * 2 + [
        "Brokerage"
    ]
    assert found.told == [
        ("2025-12-30", "1250.00", "Opening Balance"),
        ("2026-01-03", "-84.20", "Green Grocer weekly shop"),
        ("2026-01-13", "-200.00", "Transfer"),
        ("2026-01-14", "-19.99", "Bookshop"),
        ("2026-01-14", "-19.99", "Bookshop"),
        ("2026-01-16", "-300.00", "To checking"),
    ]
    assert found.remarks == [
        (24, "Splits that do not add up to their amount, which counts: -80.20 and not -84.20."),
        (57, "Memorized payments left out, they are patterns and not movements: Landlord."),
        (66, "Entries about securities left out, only cash movements are read: Buy."),
    ]
    assert found.reading.layout == {
        "encoding": {"value": "ascii", "confidence": 1.0},
        "date_order": {"value": "MDY", "confidence": 0.99},
        "decimal_mark": {"value": ".", "confidence": 0.99},
    }


def test_a_german_file_with_one_day_in_another_order():
    found = read_sample("german.qif")

    assert found.told == [
        ("2025-12-31", "-1234.56", "Miete Dezember"),
        ("2026-01-02", "2500.00", "Arbeitgeber GmbH Gehalt"),
        ("2026-01-13", "-5.00", "Kiosk"),
        ("2026-01-04", "-7.50", "Apotheke"),
    ]
    assert found.rejected == [(15, "D “morgen” is not a date."), (20, "T “viel” is not an amount.")]
    assert found.remarks == [
        (11, "Days that are none in the order of the others, read in the one in which they are: “1.13.26”."),
        (23, "Entries without ^ at their end, read as they stand: “Apotheke”."),
    ]


def test_the_sample_for_newcomers_is_of_a_credit_union():
    found = read((FOR_NEWCOMERS / "credit-union.qif").read_bytes())

    assert (len(found.rows), sum(row.amount for row in found.rows)) == (14, Decimal("1032.32"))
    assert found.accounts == ["Share Draft"]
    assert (found.rejected, found.remarks) == ([], [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/ 3'08", "2008-01-03"),
        ("1/ 3' 8", "2008-01-03"),
        ("12/31/98", "1998-12-31"),
        ("D6/ 1/94"[1:], "1994-06-01"),
        ("1/ 3/100", "2000-01-03"),
        ("2/14'2020", "2020-02-14"),
        ("2022-09-08", "2022-09-08"),
        ("31.12.2020", "2020-12-31"),
    ],
)
def test_days_as_programs_write_them(written, day):
    found = read(f"!Type:Bank\nD{written}\nT-1.00\nPShop\n^\n", {"date_order": "MDY"})

    assert str(found.row.date) == day


def test_one_day_above_twelve_decides_for_the_whole_file():
    found = read("!Type:Bank\nD02/01/2026\nT-1\n^\nD22/12/2026\nT-1\n^\n")

    assert [str(row.date) for row in found.rows] == ["2026-01-02", "2026-12-22"]


def test_a_layout_given_by_a_person_counts_most():
    content = "!Type:Bank\nD02/01/2026\nT-1,250\nPCaf\u00e9\n^\n".encode("cp1252")
    layout = {"date_order": "MDY", "decimal_mark": {"value": ",", "confidence": 1}, "encoding": "cp1252"}

    assert read(content, layout).told == [("2026-02-01", "-1.250", "Café")]
    with pytest.raises(
        UnreadableStatementError, match="has no part 'sign'; it has encoding, date_order, decimal_mark"
    ):
        read(content, {"sign": "inverted"})


def test_a_missing_mark_between_two_entries_loses_neither():
    found = read("!Type:Bank\nD1/13/2026\nT-1\nPOne\nD1/14/2026\nT-2\nPTwo\n^\n")

    assert [row.description for row in found.rows] == ["One", "Two"]


def test_an_entry_cut_inside_its_amount_is_left_out():
    found = read("!Type:Bank\nD1/13/2026\nPOne\nT-1\n^\nD1/14/2026\nPTwo\nT-12")

    assert [row.description for row in found.rows] == ["One"]
    assert found.rejected == [(6, "The file ends in the middle of this entry; it was left out.")]


def test_movements_without_a_header_are_those_of_a_bank_account():
    found = read("D1/13/2026\nT-1\nPShop\n^\n")

    assert found.row.description == "Shop"
    assert found.remarks[0] == (1, "No header says what the file lists; read as movements of a bank account.")


def test_an_opening_balance_names_its_account():
    found = read(
        "!Type:Oth L\nD1/13/2026\nT0.00\nPOpening Balance\nL[Car Loan]\n^\nD1/14/2026\nT-5\nPFee\n^\n"
    )

    assert [row.account for row in found.rows] == ["Car Loan", "Car Loan"]
    assert found.reading.accounts[0].kind == "loan"


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ("PShop\nMSHOP 123", "SHOP 123"),
        ("N1042", "CHECK 1042"),
        ("NATM\nLCash", "Cash"),
        ("L[Savings]", "Savings"),
        ("SFood\nEbread\n$-1", "bread"),
    ],
)
def test_what_stands_in_for_a_description(record, text):
    assert read(f"!Type:Bank\nD1/13/2026\nT-1\n{record}\n^\n").row.description == text


@pytest.mark.parametrize("content", ["^\n!Type:Security\nNExample\n", "!Type:Cat\nNFood\n^\n", "hello\n"])
def test_a_file_without_movements_or_accounts_is_refused(content):
    with pytest.raises(UnreadableStatementError) as refusal:
        read(content)

    assert refusal.value.line in (1, 2)
