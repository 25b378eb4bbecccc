"""What cannot be read fails in words, and leaves nothing in the ledger."""

import io
import zipfile
from typing import Any

import pytest

from ingest.services import staging
from tests.ingest.conftest import Import, csv_of
from transactions.models import Account, Transaction

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("statement.csv", "Date,Amount\n2026-03-01,-1.00\n")
    return held.getvalue()


@pytest.mark.parametrize(
    ("filename", "content", "word"),
    [
        ("march.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", "PDF"),
        ("march.zip", archive(), "zip"),
        ("march.html", b"<!DOCTYPE html><html><body>Please sign in</body></html>", "web page"),
        ("march.csv", b"   \n\n  \n", "empty"),
        ("march.bin", bytes(range(256)) * 40, "binary"),
        ("march.csv", b"Name,City\nAda,London\nAlan,Wilmslow\n", ""),
        ("march.csv", b"Date,Description,Amount\n", ""),
        ("march.txt", b"Dear Ada, here is the statement that you asked for.\n", ""),
        ("march.ofx", b"OFXHEADER:100\n\n<OFX></OFX>", ""),
        ("march.qif", PICTURE, "no statement"),
        ("march.xml", PICTURE, "PNG image"),
        ("march.camt", PICTURE, "not well-formed XML"),
        ("march.sta", PICTURE, "not MT940"),
    ],
)
def test_a_file_that_is_no_statement_fails_with_a_sentence(
    bring_in: Import, filename: str, content: bytes, word: str
) -> None:
    job = bring_in(content, filename=filename)

    assert job["status"] == "failed"
    assert word in job["error"]
    assert job["error"][0].isupper()
    assert job["error"].endswith(".")
    assert "our side" not in job["error"]
    assert not Transaction.objects.exists()
    assert not Account.objects.exists()


def test_the_sentence_names_the_line(bring_in: Import) -> None:
    job = bring_in(csv_of([("2026-03-01", "A", "ten"), ("2026-03-02", "B", "eleven")]))

    assert job["status"] == "failed"
    assert "ten" in job["error"]
    assert job["error"].lower().count("line 2") == 1


def test_rows_that_cannot_be_read_are_told_and_lose_nobody_else(bring_in: Import, ledger: Any) -> None:
    job = bring_in(
        csv_of(
            [
                ("2026-03-01", "GOOD", "-1.00"),
                ("2026-02-30", "NO SUCH DAY", "-1.00"),
                ("2026-03-02", "NO NUMBER", "ten"),
                ("2026-03-03", "ALSO GOOD", "-2.00"),
            ]
        )
    )

    assert (job["status"], job["rows"]["new"], job["rows"]["invalid"]) == ("succeeded", 2, 2)
    assert [problem["line"] for problem in job["problems"] if problem["rejected"]] == [3, 4]
    assert all(problem["message"] for problem in job["problems"])
    assert [row[1] for row in ledger()] == ["GOOD", "ALSO GOOD"]


def test_an_amount_finer_than_its_currency_is_a_problem_of_its_row(bring_in: Import, ledger: Any) -> None:
    job = bring_in(
        b"Date,Description,Amount,Currency\n"
        b"2026-03-01,GOOD,-100,JPY\n"
        b"2026-03-02,TOO FINE,-100.50,JPY\n"
        b"2026-03-03,GOOD TOO,-200,JPY\n"
    )

    assert (job["rows"]["new"], job["rows"]["invalid"]) == (2, 1)
    assert [problem["line"] for problem in job["problems"]] == [3]
    assert "JPY" in job["problems"][0]["message"]
    assert [row[2] for row in ledger()] == ["-100", "-200"]


def test_a_currency_without_a_rate_is_a_problem_of_its_row(
    bring_in: Import, account: Account, ledger: Any
) -> None:
    job = bring_in(
        b"Date,Description,Amount,Currency\n"
        b"2026-03-01,AT HOME,-1.00,EUR\n"
        b"2026-03-02,SOUK,-20.00,AED\n"
        b"2026-03-03,AT HOME AGAIN,-2.00,EUR\n",
        account=str(account.pk),
    )

    assert (job["status"], job["rows"]["new"], job["rows"]["invalid"]) == ("succeeded", 2, 1)
    assert [(problem["line"], problem["rejected"]) for problem in job["problems"]] == [(3, True)]
    assert "AED" in job["problems"][0]["message"]
    assert [row[1] for row in ledger()] == ["AT HOME", "AT HOME AGAIN"]


def test_the_list_of_problems_is_bounded_their_count_is_not(
    bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MAX_PROBLEMS", 5)
    bad = [("2026-03-02", f"ROW {n}", "ten") for n in range(20)]

    job = bring_in(csv_of([("2026-03-01", "GOOD", "-1.00"), *bad, ("2026-03-03", "GOOD", "-1.00")]))

    assert (len(job["problems"]), job["rows"]["invalid"], job["rows"]["new"]) == (5, 20, 2)


def test_a_file_has_a_bounded_number_of_rows(bring_in: Import, settings: Any) -> None:
    settings.STATEMENT_MAX_ROWS = 3
    rows = [("2026-03-01", f"ROW {n}", "-1.00") for n in range(4)]

    assert bring_in(csv_of(rows[:3]))["status"] == "succeeded"
    job = bring_in(csv_of(rows))

    assert (job["status"], "more than 3 rows" in job["error"]) == ("failed", True)
    assert Transaction.objects.count() == 3


def test_letters_that_a_database_cannot_hold_do_no_harm(bring_in: Import, ledger: Any) -> None:
    job = bring_in(
        b"OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
        b"<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>"
        b"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260301<TRNAMT>-1.00<FITID>1<NAME>A&#0;B\x00C&#xD800;D</STMTTRN>"
        b"</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>",
        filename="march.ofx",
    )

    assert job["status"] == "succeeded"
    assert len(ledger()) == 1


def test_a_very_long_description_is_cut(bring_in: Import, ledger: Any) -> None:
    job = bring_in(csv_of([("2026-03-01", "LONG " * 400, "-1.00")]))

    assert job["status"] == "succeeded"
    assert len(ledger()[0][1]) <= 500
