"""A row that the ledger cannot hold is left out, with its line and why; the others are posted."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.ingest.conftest import URL, Import, csv_of
from transactions.models import Account, Transaction

GOOD = [("2026-03-10", "Shop", "-1.00"), ("2026-03-12", "Shop", "-2.00")]
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:UTF-8
CHARSET:NONE
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
{rows}
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
CAMT_ENTRY = """<Ntry><Amt Ccy="EUR">{size}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{on}</Dt></BookgDt><AddtlNtryInf>{text}</AddtlNtryInf></Ntry>
"""
CAMT = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
{rows}</Stmt></BkToCstmrStmt></Document>
"""


def as_ofx(rows: list[tuple[str, str, str]]) -> bytes:
    lines = [
        f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{on.replace('-', '')}<TRNAMT>{amount}<FITID>{number}"
        f"<NAME>{text}</STMTTRN>"
        for number, (on, text, amount) in enumerate(rows)
    ]
    return OFX.format(rows="\n".join(lines)).encode()


def as_camt(rows: list[tuple[str, str, str]]) -> bytes:
    entries = (CAMT_ENTRY.format(on=on, text=text, size=amount.lstrip("-")) for on, text, amount in rows)
    return CAMT.format(rows="".join(entries)).encode()


def as_qif(rows: list[tuple[str, str, str]]) -> bytes:
    records = (f"D{on}\nT{amount}\nP{text}\n^\n" for on, text, amount in rows)
    return ("!Type:Bank\n" + "".join(records)).encode()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (("9999-12-31", "Shop", "-3.00"), "The date 9999-12-31 is not one from 1900-01-01 to 2200-12-31."),
        (("0001-01-01", "Shop", "-3.00"), "The date 0001-01-01 is not one from 1900-01-01 to 2200-12-31."),
        (("2201-01-01", "Shop", "-3.00"), "The date 2201-01-01 is not one from 1900-01-01 to 2200-12-31."),
        (("2026-03-11", "Shop", "-1000000000000.00"), "The amount is not below 1000000000000."),
    ],
)
@pytest.mark.parametrize("write", [csv_of, as_qif])
def test_a_row_outside_the_bounds_loses_only_itself(
    account: Account, bring_in: Import, ledger: Any, write: Any, bad: Any, reason: str
) -> None:
    job = bring_in(write([GOOD[0], bad, GOOD[1]]), account=str(account.pk))

    assert (job["status"], job["error"]) == ("succeeded", "")
    assert (job["rows"]["new"], job["rows"]["invalid"]) == (2, 1)
    (problem,) = [one for one in job["problems"] if one["rejected"]]
    assert problem["message"] == reason
    assert problem["line"] is not None
    assert ledger() == GOOD


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01", "2201-01-01"])
@pytest.mark.parametrize(
    ("write", "reason"),
    [(as_ofx, "DTPOSTED “{compact}” is not a date."), (as_camt, "BookgDt and ValDt hold no date.")],
)
def test_where_days_have_one_form_one_outside_the_bounds_is_none(
    account: Account, bring_in: Import, ledger: Any, write: Any, reason: str, on: str
) -> None:
    job = bring_in(write([GOOD[0], (on, "Shop", "-3.00"), GOOD[1]]), account=str(account.pk))

    assert (job["status"], job["rows"]["new"], job["rows"]["invalid"]) == ("succeeded", 2, 1)
    told = [one["message"] for one in job["problems"] if one["rejected"]]
    assert told == [reason.format(compact=on.replace("-", ""))]
    assert ledger() == GOOD


def test_the_first_and_the_last_day_are_posted(
    alice_api: APIClient, account: Account, bring_in: Import, ledger: Any
) -> None:
    rows = [("1900-01-01", "Shop", "-1.00"), ("2200-12-31", "Shop", "-999999999999.99")]

    job = bring_in(csv_of(rows), account=str(account.pk))

    assert (job["status"], job["rows"]["new"], job["rows"]["invalid"]) == ("succeeded", 2, 0)
    assert ledger() == rows
    assert len(alice_api.get(f"{URL}/{job['id']}/rows").json()["results"]) == 2


def test_a_file_of_nothing_else_fails_in_words(bring_in: Import, account: Account) -> None:
    job = bring_in(csv_of([("9999-12-31", "Shop", "-3.00")]), account=str(account.pk))

    assert job["status"] == "failed"
    assert job["error"] == "Line 2: The date 9999-12-31 is not one from 1900-01-01 to 2200-12-31."
    assert not Transaction.objects.exists()
