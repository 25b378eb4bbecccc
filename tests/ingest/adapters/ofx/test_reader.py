from datetime import date
from decimal import Decimal

import pytest

from ingest.adapters.ofx import OfxReader
from ingest.domain.statement import StatementAccount, UnreadableStatementError
from tests.ingest.adapters.ofx.reading import HEADER, SAMPLES, entry, read, statement


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_sample_is_recognised_whatever_its_name(path):
    assert OfxReader().recognises(path.read_bytes(), "download.txt") >= 0.9


@pytest.mark.parametrize(
    ("head", "filename", "expected"),
    [
        (b"\r\n\r\n<OFX>\r\n", "x", 0.99),
        (b"\xef\xbb\xbf" + HEADER.encode(), "x", 0.99),
        (HEADER.encode("utf-16"), "x", 0.99),
        (b"HTTP/1.1 200 OK\n\n" + HEADER.encode(), "x", 0.7),
        (b"<!DOCTYPE html><title>Sign in</title>", "a.QFX", 0.3),
        (b"", "a.ofx", 0.3),
        (b"Date;Amount\n2025-01-01;5\n", "a.csv", 0.0),
        (b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022"/>', "a.xml", 0.0),
        (b" " * 65536, "a.txt", 0.0),
    ],
)
def test_how_sure_it_is(head, filename, expected):
    assert OfxReader().recognises(head, filename) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The file is empty."),
        (" \n", "The file is empty."),
        ("%PDF-1.7 ...", "The file is not OFX: no OFX tag was found in it."),
        (
            "<html><head><title>Session&nbsp;expired</title>",
            "The file is a web page, not a statement. It is titled “Session expired”.",
        ),
        (
            "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1></OFX>",
            "The file holds no statement: nothing in it lists an account's movements.",
        ),
        (
            "<OFX><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong &amp; late</STATUS></SONRS></OFX>",
            "The file holds no statement; the bank answered with an error, code 15500: Wrong & late.",
        ),
        (
            "<OFX><STMTTRNRS><STATUS><CODE>2000</CODE></STATUS></STMTTRNRS></OFX>",
            "The file holds no statement; the bank answered with an error, code 2000.",
        ),
    ],
)
def test_what_is_no_statement_is_refused_with_the_reason(content, message):
    with pytest.raises(UnreadableStatementError) as refusal:
        read(content)
    assert refusal.value.message == message


def test_a_list_of_accounts_is_no_statement():
    with pytest.raises(UnreadableStatementError, match="holds no statement"):
        read(
            "<OFX><ACCTINFO><BANKACCTINFO><BANKACCTFROM><ACCTID>5</BANKACCTFROM></BANKACCTINFO></ACCTINFO></OFX>"
        )


def test_a_statement_without_movements_is_one():
    found = read(statement(""))

    assert found.rows == []
    assert found.reading.accounts == [StatementAccount("77", "EUR", "checking", "1")]


def test_layout_says_nothing_where_the_file_does_not():
    found = read("<OFX><STMTRS></STMTRS></OFX>")

    assert found.reading.layout["version"] == {"value": None, "confidence": 0.0}
    assert found.told == ["The file has no OFX header; version and encoding are taken from the rest."]


def test_a_header_ofxtools_refuses_is_read_with_a_remark():
    found = read(statement(entry()).replace("CHARSET:1252", "CHARSET:1251"))

    assert found.row.description == "Shop"
    assert found.told[0].startswith("The header departs from the standard (Invalid OFX header - '1251'")


def test_the_currency_of_the_account_comes_from_its_rows_where_the_statement_names_none():
    found = read(statement(entry("<CURRENCY><CURRATE>1<CURSYM>aud</CURRENCY>"), currency="<CURDEF></CURDEF>"))

    assert found.row.currency == "AUD"
    assert found.reading.accounts[0].currency == "AUD"


def test_currency_may_follow_the_account():
    found = read(statement(entry(), currency="").replace("</BANKACCTFROM>", "</BANKACCTFROM><CURDEF>NOK"))

    assert found.row.currency == "NOK"
    assert found.reading.accounts == [StatementAccount("77", "NOK", "checking", "1")]


def test_a_currency_that_is_none_is_left_out():
    found = read(statement(entry("<CURRENCY><CURSYM>US dollars</CURRENCY>")))

    assert found.row.currency == "EUR"
    assert found.told == ["Not a currency code, taken as not stated: CURSYM “US dollars”."]


def test_original_currency_leaves_the_amount_in_the_statements_own():
    assert read(statement(entry("<ORIGCURRENCY><CURSYM>GBP</ORIGCURRENCY>"))).row.currency == "EUR"


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("CHECKING", "checking"),
        ("SAVINGS", "savings"),
        ("MONEYMRKT", "savings"),
        ("CD", "savings"),
        ("CREDITLINE", "loan"),
        ("CREDITCARD", "credit_card"),
        ("Checking", "checking"),
        ("SOMETHING", ""),
    ],
)
def test_account_types_become_kinds_of_the_ledger(stated, kind):
    found = read(statement("", account=f"<ACCTID>77<ACCTTYPE>{stated}"))

    assert found.reading.accounts[0].kind == kind


def test_a_loan_statement():
    found = read(
        f"{HEADER}<OFX><LOANMSGSRSV1><LOANSTMTTRNRS><LOANSTMTRS><CURDEF>CAD<LOANACCTFROM><LOANACCTID>L-1"
        "<LOANACCTTYPE>MORTGAGE</LOANACCTFROM><LOANTRANLIST><LOANSTMTTRN><LOANTRNTYPE>PAYMENT<DTPOSTED>20250101"
        "<TRNAMT>900.00<LOANTRNAMT><PRINAMT>700.00<INTAMT>200.00</LOANTRNAMT><FITID>1<NAME>January"
        "</LOANSTMTTRN></LOANTRANLIST></LOANSTMTRS></LOANSTMTTRNRS></LOANMSGSRSV1></OFX>"
    )

    assert found.reading.accounts == [StatementAccount("L-1", "CAD", "loan")]
    assert (found.row.amount, found.row.description) == (Decimal("900.00"), "January")


def test_two_files_in_one_are_both_read():
    second = statement(entry("<NAME>Two"), account="<ACCTID>88<ACCTTYPE>SAVINGS")

    assert [row.account for row in read(statement(entry()) + "\n" + second).rows] == ["77", "88"]


def test_a_single_separator_is_decimal_and_said_to_be():
    found = read(statement(entry(amount="-1,234")))

    assert found.row.amount == Decimal("-1.234")
    (remark,) = found.told
    assert remark.startswith("A single comma or point is the decimal one by the standard")
    assert remark.endswith("“-1,234” is -1.234.")


def test_values_inside_a_tag_of_the_banks_own_do_not_pass_for_the_rows():
    found = read(statement(entry("<X.DETAIL>\n<NAME>Not this<TRNAMT>5</X.DETAIL><NAME>This")))

    assert (found.row.description, found.row.amount) == ("This", Decimal("-1.00"))


def test_repeated_memos_add_up():
    assert read(statement(entry("<NAME>A<MEMO>one<MEMO>two"))).row.description == "A one two"


def test_an_entry_the_bank_withdraws_is_no_row():
    found = read(statement(entry("<CORRECTFITID>9<CORRECTACTION>DELETE") + entry("<NAME>Kept")))

    assert found.row.description == "Kept"
    assert found.told == [
        "Entries the bank withdraws; nothing is booked for them, an earlier one may have to go: FITID 9."
    ]


def test_an_entry_that_replaces_another_is_a_row_with_a_remark():
    found = read(statement(entry("<NAME>Right<CORRECTFITID>9<CORRECTACTION>REPLACE")))

    assert found.row.description == "Right"
    assert found.told == ["Entries that replace one the bank sent before: FITID 9."]


def test_without_name_or_memo_the_type_and_check_number_describe():
    assert read(statement(entry("<CHECKNUM>1042"))).row.description == "OTHER 1042"


def test_one_bad_row_does_not_lose_the_others():
    found = read(statement(entry(day="soon") + entry() + entry(amount="") + entry(day="20250228")))

    assert [row.date for row in found.rows] == [date(2025, 1, 31), date(2025, 2, 28)]
    assert [(problem.line, problem.message) for problem in found.rejected] == [
        (11, "DTPOSTED “soon” is not a date."),
        (13, "TRNAMT is empty."),
    ]


def test_a_row_with_neither_day_nor_amount_names_both():
    found = read(statement("<STMTTRN><FITID>1</STMTTRN>"))

    assert found.rejected[0].message == "DTPOSTED is missing; TRNAMT is missing."


def test_remarks_count_what_happens_often():
    found = read(statement("".join(entry("<COLOUR>red") for _ in range(1_500))))

    assert found.told == ["Tags the standard does not have here, left aside: COLOUR (1,500 times)."]
    assert found.remarks[0].line == 11
