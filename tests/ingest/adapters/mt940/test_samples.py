from datetime import date
from decimal import Decimal

import pytest

from ingest.adapters.mt940 import Mt940Reader
from ingest.domain.statement import RowStatus, StatementAccount, StatementRow, UnreadableStatementError
from tests.ingest.adapters.reading import FOR_NEWCOMERS, SAMPLES, read_with


def read(content, layout=None):
    return read_with(Mt940Reader(), content, layout)


def read_sample(name):
    return read((SAMPLES / "mt940" / name).read_bytes())


def test_a_german_statement_has_numbered_details_and_days_across_the_year():
    found = read_sample("german.sta")

    assert found.reading.accounts == [StatementAccount("10010010/0123456789", "EUR", bank="10010010")]
    assert found.told == [
        ("2025-12-30", "-49.90", "Stadtwerke Musterhausen GmbH Rechnung 2025-1187 vom29.12.2025"),
        ("2026-01-02", "2000", "Beispiel AG Gehalt Januar, Beginn 2026-01-02T07:15:30 Uhr"),
        ("2026-01-02", "-100.00", "Erika Muster Irrlaeufer"),
        ("2026-03-01", "-3.50", "ENTGELTABSCHLUSS"),
    ]
    assert found.rows[0] == StatementRow(
        line=5,
        date=date(2025, 12, 30),
        amount=Decimal("-49.90"),
        description="Stadtwerke Musterhausen GmbH Rechnung 2025-1187 vom29.12.2025",
        currency="EUR",
        account="10010010/0123456789",
        external_id="2025123000017",
    )
    assert [row.external_id for row in found.rows] == [
        "2025123000017",
        "2026010200003",
        "2026010200004",
        None,
    ]
    assert (found.rejected, found.remarks) == ([], [])


def test_a_dutch_statement_has_named_details_and_envelopes():
    found = read_sample("dutch.sta")

    assert found.accounts == ["NL91ABNA0417164300"]
    assert found.told == [
        ("2026-01-15", "-12.5", "J de Vries Lunch dinsdag"),
        ("2026-01-15", "7.00", "ING BANK NV INZAKE WEBSHOP Retour order 55"),
        ("2026-01-15", "-4.00", "Bakker Bart UTRECHT Betaalautomaat 14:23 pasnr. 001"),
    ]
    ((line, message),) = found.remarks
    assert line == 15
    assert message.endswith("opening to the closing balance: NL91ABNA0417164300 (off by -0.50).")


def test_an_interim_report_gives_pending_rows():
    found = read_sample("interim.942")

    assert found.told == [("(2026-01-15)", "-19.99", "PKP INTERCITY Bilet")]
    assert found.row.currency == "PLN"
    assert found.remarks == []


def test_rows_that_cannot_be_read_are_named_with_their_line():
    found = read_sample("broken.sta")

    assert found.told == [("2026-01-04", "-1.00", "Kiosk")]
    assert found.rejected == [
        (4, "“261301” is not a date."),
        (5, "“260102X1,00NMSC” is not a movement: day, C or D and amount are expected."),
        (6, "“1.2.3,4,” is not an amount."),
    ]


def test_the_sample_for_newcomers_is_polish_and_ties():
    found = read((FOR_NEWCOMERS / "polish-mt940.sta").read_bytes())

    assert (len(found.rows), sum(row.amount for row in found.rows)) == (12, Decimal("3317.07"))
    assert {row.currency for row in found.rows} == {"PLN"}
    assert (found.rejected, found.remarks) == ([], [])


def test_an_envelope_alone_says_that_rows_are_of_the_day():
    found = read("{1:F01X}{2:O942BANKXXXXN}{4:\n:20:1\n:25:12345\n:61:260102C1,NMSC\n-}")

    assert found.row.status is RowStatus.PENDING


@pytest.mark.parametrize(
    ("content", "line"),
    [(":86:091\n-", 1), ("\n:20:TELEREPORTING\n", 2), (":25:1234\n", 1), ("1\n2\n3\n", None)],
)
def test_a_file_without_statement_is_refused(content, line):
    with pytest.raises(UnreadableStatementError) as refusal:
        read(content)

    assert refusal.value.line == line


def test_a_statement_without_rows_is_one():
    found = read(":20:1\n:25:1234\n:60F:C260101EUR1,00\n:62F:C260101EUR1,00\n-\n")

    assert (found.accounts, found.rows) == (["1234"], [])


def test_the_encoding_can_be_corrected():
    content = ":20:1\n:25:1\n:61:260102D1,NMSC\n:86:Sklep Łódź\n".encode("cp1250")

    assert read(content, {"encoding": "cp1250"}).row.description == "Sklep Łódź"
    with pytest.raises(UnreadableStatementError, match="has no part 'delimiter'; it has encoding"):
        read(content, {"delimiter": ";"})


def test_an_old_code_page_is_recognised():
    content = ":20:1\n:25:1\n:60F:C260102HUF1,\n:61:260102DF1,N031\nBankon belüli átutalás, díj, jóváírás\n"

    assert read(content.encode("cp852")).row.description == "Bankon belüli átutalás, díj, jóváírás"
