"""Which account the rows of a statement belong to."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories import AccountFactory, TransactionFactory
from tests.ingest.conftest import Import, csv_of
from transactions.models import Account, Transaction
from users.models import User

ROWS = [("2026-03-02", "LIDL 0412", "-38.27")]


def ofx(number: str, *, currency: str = "EUR", amount: str = "-1.00") -> bytes:
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
        f"<OFX><BANKMSGSRSV1>{statement(number, currency, amount)}</BANKMSGSRSV1></OFX>"
    ).encode()


def statement(number: str, currency: str, amount: str) -> str:
    return (
        f"<STMTTRNRS><STMTRS><CURDEF>{currency}<BANKACCTFROM><BANKID>1<ACCTID>{number}<ACCTTYPE>SAVINGS"
        "</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302"
        f"<TRNAMT>{amount}<FITID>77<NAME>LIDL 0412</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS>"
    )


def test_a_given_account_takes_the_rows(bring_in: Import, account: Account, bob: User) -> None:
    AccountFactory(user=bob)

    job = bring_in(csv_of(ROWS), account=str(account.pk))

    assert job["account"] == str(account.pk)
    assert Transaction.objects.get().account == account
    assert Account.objects.for_user(account.user).count() == 1


def test_an_account_is_found_by_its_number(bring_in: Import, alice: User) -> None:
    AccountFactory(user=alice, number="99")
    mine = AccountFactory(user=alice, number="12345678")

    job = bring_in(ofx("12345678"), filename="march.ofx")

    assert job["account"] == str(mine.pk)
    assert Transaction.objects.get().account == mine


def test_a_strangers_account_of_that_number_is_not_it(bring_in: Import, alice: User, bob: User) -> None:
    theirs = AccountFactory(user=bob, number="12345678")

    job = bring_in(ofx("12345678"), filename="march.ofx")

    assert job["account"] != str(theirs.pk)
    assert Transaction.objects.get().account.user == alice


def test_an_unknown_number_opens_an_account_once(alice_api: APIClient, bring_in: Import) -> None:
    first = bring_in(ofx("12345678", currency="USD"), filename="march.ofx")
    second = bring_in(ofx("12345678", currency="USD", amount="-2.00"), filename="april.ofx")

    opened = Account.objects.get()
    assert first["account"] == second["account"] == str(opened.pk)
    assert (opened.number, opened.currency, opened.kind) == ("12345678", "USD", "savings")
    assert opened.name.endswith("…5678")
    assert first["accounts_found"][0]["number"] == "12345678"
    assert alice_api.get(f"/api/v1/accounts/{opened.pk}").json()["balance"] == "-3.00"


def test_a_number_of_any_length_finds_its_account_again(bring_in: Import) -> None:
    number = "9" * 90

    first = bring_in(ofx(number), filename="march.ofx")
    second = bring_in(ofx(number), filename="march.ofx")

    assert first["account"] == second["account"]
    assert second["rows"]["duplicate"] == 1


def test_a_statement_without_a_number_has_one_account_for_all(bring_in: Import) -> None:
    first, second = bring_in(csv_of(ROWS)), bring_in(csv_of([("2026-04-02", "LIDL 0412", "-1.00")]))

    assert first["account"] == second["account"] == str(Account.objects.get().pk)
    assert Account.objects.get().name == "Imported account"


def test_a_taken_name_is_counted_up(bring_in: Import, alice: User) -> None:
    AccountFactory(user=alice, name="imported ACCOUNT", number="7")

    bring_in(csv_of(ROWS))

    assert set(Account.objects.values_list("name", flat=True)) == {"imported ACCOUNT", "Imported account 2"}


def test_a_file_of_two_accounts_fills_two(bring_in: Import) -> None:
    content = ofx("1").replace(
        b"</BANKMSGSRSV1>", statement("2", "EUR", "-1.00").encode() + b"</BANKMSGSRSV1>"
    )

    job = bring_in(content, filename="both.ofx")

    assert (job["rows"]["new"], job["account"]) == (2, None)
    assert {one["number"] for one in job["accounts_found"]} == {"1", "2"}
    assert sorted(Transaction.objects.values_list("account__number", flat=True)) == ["1", "2"]


def test_a_file_of_two_accounts_does_not_fit_into_one(bring_in: Import, account: Account) -> None:
    content = ofx("1").replace(
        b"</BANKMSGSRSV1>", statement("2", "EUR", "-1.00").encode() + b"</BANKMSGSRSV1>"
    )

    job = bring_in(content, filename="both.ofx", account=str(account.pk))

    assert (job["status"], "2 accounts" in job["error"]) == ("failed", True)
    assert not Transaction.objects.exists()


def test_a_given_account_learns_its_number(bring_in: Import, account: Account) -> None:
    bring_in(ofx("12345678"), filename="march.ofx", account=str(account.pk))

    job = bring_in(ofx("12345678", amount="-2.00"), filename="april.ofx")

    assert job["account"] == str(account.pk)


def test_a_row_that_was_typed_is_one_with_the_row_of_the_statement(
    bring_in: Import, account: Account, ledger: Any
) -> None:
    TransactionFactory(account=account, date="2026-03-02", description="LIDL 0412", amount="-38.27")

    job = bring_in(csv_of(ROWS), account=str(account.pk))

    assert (job["rows"]["new"], job["rows"]["matched"]) == (0, 1)
    assert ledger() == ROWS


@pytest.mark.parametrize("currency", ["USD", "JPY"])
def test_rows_without_a_currency_are_in_that_of_the_account(
    bring_in: Import, alice: User, currency: str
) -> None:
    account = AccountFactory(user=alice, currency=currency)

    bring_in(csv_of([("2026-03-02", "LIDL", "-38")]), account=str(account.pk))

    row = Transaction.objects.get()
    assert (row.currency, row.account_amount) == (currency, -38)
