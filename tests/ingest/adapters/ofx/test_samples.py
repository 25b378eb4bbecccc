from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.domain.statement import RowStatus, StatementAccount, StatementRow, UnreadableStatementError
from tests.ingest.adapters.ofx.reading import read, read_sample


def test_a_version_1_checking_statement():
    found = read_sample("checking.ofx")

    assert found.reading.format == "ofx"
    assert found.reading.accounts == [StatementAccount("000123456789", "USD", "checking", "Harbor Bank")]
    assert found.rows[1] == StatementRow(
        line=51,
        date=date(2025, 1, 3),
        amount=Decimal("-45.10"),
        description="CARD 4421 WHOLE FOODS MKT #10236 PORTLAND",
        currency="USD",
        account="000123456789",
        external_id="2025010302",
        time=time(21, 45, 7),
    )
    assert [row.description for row in found.rows] == [
        "NORTHWIND TRADERS PAYROLL 01/02",
        "CARD 4421 WHOLE FOODS MKT #10236 PORTLAND",
        "CHECK 1042",
        "AT&T MOBILITY Café 'autopay' AT&T",
    ]
    assert (found.rejected, found.remarks) == ([], [])


def test_a_version_2_savings_statement():
    found = read_sample("savings-xml.ofx")

    assert found.reading.accounts == [
        StatementAccount("0532013000", "EUR", "savings", "Sparkasse Musterstadt"),
    ]
    assert [(row.amount, row.currency, row.description, row.mcc) for row in found.rows] == [
        (Decimal("3.17"), "EUR", "Zinsen <Januar> & Boni", None),
        (Decimal("-1250.00"), "EUR", "Übertrag Girokonto", None),
        (Decimal("-40.00"), "CHF", "Züri Café", "0763"),
        (Decimal("-9.40"), "EUR", "Metro Londýn", None),
    ]
    assert found.reading.layout == {
        "version": {"value": "211", "confidence": 1.0},
        "encoding": {"value": "utf-8", "confidence": 0.98},
    }


def test_on_a_card_the_sign_of_the_amount_counts_and_not_the_type():
    found = read_sample("credit-card.qfx")

    assert found.reading.accounts[0].kind == "credit_card"
    assert [row.amount for row in found.rows] == [Decimal("-12.99"), Decimal("150.00"), Decimal("4.75")]
    assert found.told == [
        "Type and sign disagree, the sign of the amount counts: DEBIT with a positive amount.",
    ]
    assert found.remarks[0].line == 60


def test_several_statements_in_one_file_keep_their_rows_apart():
    found = read_sample("two-accounts.ofx")

    assert [(row.account, row.external_id) for row in found.rows] == [
        ("1111", "C1"),
        ("2222", "V1"),
        ("4444", "K1"),
    ]
    assert [(account.number, account.kind) for account in found.reading.accounts] == [
        ("1111", "checking"),
        ("2222", "savings"),
        ("4444", "credit_card"),
    ]
    assert found.told == [
        "The bank answered a part of the request with an error, code 2003: Account 3333 not found.",
    ]


def test_of_an_investment_only_cash_movements_become_rows():
    found = read_sample("investment-cash.ofx")

    assert found.reading.accounts == [StatementAccount("Z-900", "USD", "investment", "Summit Brokerage")]
    assert [(row.date, row.amount) for row in found.rows] == [
        (date(2025, 1, 8), Decimal("500.0000")),
        (date(2025, 1, 31), Decimal("-2.5000")),
    ]
    assert found.told == ["Entries about securities left out, only cash movements are read: BUYSTOCK."]


def test_a_pending_list_gives_pending_rows():
    found = read_sample("pending.ofx")

    assert [(row.description, row.status) for row in found.rows] == [
        ("CHIPOTLE 0420", RowStatus.POSTED),
        ("SHELL OIL 5744", RowStatus.PENDING),
    ]
    assert found.rows[1].date == date(2025, 1, 31)
    assert found.remarks == []


def test_an_error_answer_passes_on_what_the_bank_says():
    with pytest.raises(UnreadableStatementError) as refusal:
        read_sample("error-answer.ofx")

    assert refusal.value.message == (
        "The file holds no statement; the bank answered with an error, code 2000: Service closed until 06:00."
    )
    assert refusal.value.line == 29


def test_a_truncated_file_gives_the_whole_rows_and_rejects_the_cut_one():
    found = read_sample("truncated.ofx")

    assert [row.external_id for row in found.rows] == ["T1", "T2"]
    assert [(problem.line, problem.message) for problem in found.rejected] == [
        (
            57,
            "The file ends in the middle of this entry (DTPOSTED 20250107, TRNAMT -1234.); it was left out.",
        ),
    ]
    assert found.told == ["The file ends before its closing OFX tag: the end may be missing."]


def test_odd_tags_are_read_around_and_named():
    found = read_sample("odd-tags.ofx")

    assert [(row.line, row.amount, row.description) for row in found.rows] == [
        (55, Decimal("12.34"), "Opening bonus"),
        (66, Decimal("1234.56"), "RENT < JANUARY"),
    ]
    assert [(problem.line, problem.message) for problem in found.rejected] == [
        (74, "DTPOSTED “20250231” is not a date."),
        (82, "TRNAMT “$5.00” is not an amount."),
        (88, "DTPOSTED is empty."),
    ]
    assert [(remark.line, remark.message) for remark in found.remarks] == [
        (13, "The OFX header comes late, other text or blank lines before it are skipped."),
        (31, "Tags without a value, taken as not stated: LANGUAGE, ACCTTYPE, FITID, BALAMT."),
        (48, "Longer than the standard allows, kept whole: BANKID beyond 9 characters."),
        (56, "Values the standard does not have, read as far as they are plain: TRNTYPE “Credit”."),
        (60, "Tags the standard does not have here, left aside: SHOP."),
        (66, "Closing tags missing, ended where the next part begins: STMTTRN."),
        (69, "Type and sign disagree, the sign of the amount counts: DEBIT with a positive amount."),
    ]


def test_header_and_body_may_share_one_line():
    found = read_sample("one-line.ofx")

    assert [(row.line, row.description) for row in found.rows] == [
        (1, "TRADER JOE'S #544"),
        (1, "TARGET 00012"),
    ]
    assert found.reading.layout["version"]["value"] == "102"


def test_the_sample_for_newcomers_has_two_coffees_on_one_day():
    found = read((Path(__file__).parents[4] / "docs" / "samples" / "credit-card.ofx").read_bytes())

    assert (len(found.rows), sum(row.amount for row in found.rows)) == (26, Decimal("-744.75"))
    first, second = found.rows[:2]
    assert (first.date, first.amount, first.description) == (second.date, second.amount, second.description)
    assert first.external_id != second.external_id
    assert (found.rejected, found.remarks) == ([], [])
