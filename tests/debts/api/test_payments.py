"""Payments: typed in, or found in the ledger."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from debts.models import DebtPayment
from tests.debts.api.conftest import Post, fixed
from tests.factories import AccountFactory, TransactionFactory, category_of
from transactions.models import Transaction
from users.models import User


@pytest.fixture
def debt(add_debt: Post) -> dict[str, Any]:
    return add_debt(
        name="Car loan",
        lender="Autobank",
        kind="auto",
        balance_on="2026-01-15",
        due_day=15,
        minimum_payment=fixed("110.00"),
        segments=[{"amount": "1000.00", "apr": "12"}],
    )


def pay(client: APIClient, debt: dict[str, Any], **fields: Any) -> Any:
    return client.post(f"/api/v1/debts/{debt['id']}/payments", fields)


def row_of(user: User, **fields: Any) -> Transaction:
    account = fields.pop("account", None) or AccountFactory(user=user)
    amount = fields.pop("amount", Decimal("-110.00"))
    return TransactionFactory(account=account, user=user, amount=amount, **fields)


def test_a_payment_splits_into_interest_and_principal(alice_api: APIClient, debt: dict[str, Any]) -> None:
    first = pay(alice_api, debt, paid_on="2026-02-15", amount="110.00").json()
    second = pay(alice_api, debt, paid_on="2026-03-15", amount="110.00").json()

    assert (first["interest_part"], first["principal_part"], first["balance_after"]) == (
        "10.00",
        "100.00",
        "900.00",
    )
    assert (second["interest_part"], second["principal_part"], second["balance_after"]) == (
        "9.00",
        "101.00",
        "799.00",
    )


def test_within_a_month_interest_runs_by_the_day(alice_api: APIClient, debt: dict[str, Any]) -> None:
    # 1000.00 at 12 % for 10 days of 365
    paid = pay(alice_api, debt, paid_on="2026-01-25", amount="110.00").json()

    assert paid["interest_part"] == "3.29"


def test_what_the_lender_says_of_the_interest_wins(alice_api: APIClient, debt: dict[str, Any]) -> None:
    paid = pay(alice_api, debt, paid_on="2026-02-15", amount="110.00", interest="12.50").json()

    assert (paid["interest_part"], paid["principal_part"], paid["balance_after"]) == (
        "12.50",
        "97.50",
        "902.50",
    )


def test_a_payment_from_before_the_balance_changes_nothing(
    alice_api: APIClient, debt: dict[str, Any]
) -> None:
    paid = pay(alice_api, debt, paid_on="2026-01-01", amount="110.00").json()

    assert (paid["interest_part"], paid["balance_after"]) == (None, None)
    assert alice_api.get(f"/api/v1/debts/{debt['id']}").json()["balance"] == debt["balance"]


def test_a_row_of_the_ledger_brings_its_day_and_amount(
    alice_api: APIClient, alice: User, debt: dict[str, Any]
) -> None:
    row = row_of(alice, date="2026-02-15")

    paid = pay(alice_api, debt, transaction=str(row.pk)).json()

    assert (paid["paid_on"], paid["amount"], paid["transaction"]) == ("2026-02-15", "110.00", str(row.pk))


def test_a_row_is_one_payment_only(alice_api: APIClient, alice: User, debt: dict[str, Any]) -> None:
    row = row_of(alice, date="2026-02-15")
    pay(alice_api, debt, transaction=str(row.pk))

    again = pay(alice_api, debt, transaction=str(row.pk))

    assert (again.status_code, again.json()["error_code"]) == (409, "PAYMENT_LINKED")
    assert DebtPayment.objects.count() == 1


def test_a_row_in_the_trash_has_not_paid(alice_api: APIClient, alice: User, debt: dict[str, Any]) -> None:
    row = row_of(alice, date="2026-02-15")
    pay(alice_api, debt, transaction=str(row.pk))
    alice_api.delete(f"/api/v1/transactions/{row.pk}")

    assert alice_api.get(f"/api/v1/debts/{debt['id']}/payments").json()["results"] == []
    assert alice_api.get(f"/api/v1/debts/{debt['id']}").json()["balance"] == debt["balance"]


def test_a_strangers_row_is_no_payment(alice_api: APIClient, bob: User, debt: dict[str, Any]) -> None:
    answer = pay(alice_api, debt, transaction=str(row_of(bob).pk))

    assert answer.status_code == 404
    assert not DebtPayment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"paid_on": "2026-02-15"}, "/amount"),
        ({"amount": "10.00"}, "/paid_on"),
        ({"paid_on": "2026-03-16", "amount": "10.00"}, "/paid_on"),
        ({"paid_on": "2026-02-15", "amount": "-10.00"}, "/amount"),
        ({"paid_on": "2026-02-15", "amount": "10.001"}, "/amount"),
    ],
)
def test_a_mistake_in_a_payment_is_named(
    alice_api: APIClient, debt: dict[str, Any], fields: dict[str, str], pointer: str
) -> None:
    answer = pay(alice_api, debt, **fields)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not DebtPayment.objects.exists()


def test_money_that_came_in_is_no_payment(alice_api: APIClient, alice: User, debt: dict[str, Any]) -> None:
    answer = pay(alice_api, debt, transaction=str(row_of(alice, amount=Decimal("110.00")).pk))

    assert answer.json()["errors"][0]["code"] == "not_a_payment"


def test_a_payment_is_corrected_and_forgotten(alice_api: APIClient, debt: dict[str, Any]) -> None:
    paid = pay(alice_api, debt, paid_on="2026-02-15", amount="110.00").json()
    url = f"/api/v1/debt-payments/{paid['id']}"

    corrected = alice_api.patch(url, {"amount": "210.00"}).json()
    gone = alice_api.delete(url)

    assert (corrected["amount"], corrected["balance_after"]) == ("210.00", "800.00")
    assert gone.status_code == 204
    assert not DebtPayment.objects.exists()


def test_a_stranger_changes_no_payment(
    alice_api: APIClient, bob_api: APIClient, debt: dict[str, Any]
) -> None:
    paid = pay(alice_api, debt, paid_on="2026-02-15", amount="110.00").json()
    url = f"/api/v1/debt-payments/{paid['id']}"

    refused = [bob_api.get(url), bob_api.patch(url, {"amount": "1.00"}), bob_api.delete(url)]

    assert {answer.status_code for answer in refused} == {404}
    assert alice_api.get(url).json() == paid


def test_the_likeliest_rows_are_suggested_first_and_linked_ones_no_more(
    alice_api: APIClient, alice: User, debt: dict[str, Any]
) -> None:
    account = AccountFactory(user=alice)
    loan_payment = category_of(alice, "loan-payment")
    sure = row_of(
        alice, account=account, date="2026-02-15", description="SEPA AUTOBANK RATE", category=loan_payment
    )
    likely = row_of(
        alice, account=account, date="2026-02-16", amount=Decimal("-110.00"), description="RATE 2/24"
    )
    row_of(alice, account=account, date="2026-02-16", amount=Decimal("-9.00"), description="LIDL")
    row_of(alice, account=account, date="2026-01-01", description="AUTOBANK")
    linked = row_of(alice, account=account, date="2026-03-15", description="AUTOBANK")
    pay(alice_api, debt, transaction=str(linked.pk))

    found = alice_api.get(f"/api/v1/debts/{debt['id']}/suggested-payments").json()

    assert [(each["transaction"], each["score"]) for each in found] == [
        (str(sure.pk), 100),
        (str(likely.pk), 40),
    ]
    assert found[1]["reasons"] == [
        "The amount is one that you pay on this debt.",
        "It was paid near the due day.",
    ]


def test_what_arrives_on_the_debts_own_account_is_a_payment(
    alice_api: APIClient, alice: User, add_debt: Post
) -> None:
    account = AccountFactory(user=alice, kind="credit_card")
    card = add_debt(name="Card", account=str(account.pk))
    arrived = row_of(alice, account=account, date="2026-02-05", amount=Decimal("75.00"), description="DANKE")
    row_of(alice, account=account, date="2026-02-06", amount=Decimal("-75.00"), description="Card shop")

    found = alice_api.get(f"/api/v1/debts/{card['id']}/suggested-payments").json()

    assert [(each["transaction"], each["amount"]) for each in found] == [(str(arrived.pk), "75.00")]
    assert pay(alice_api, card, transaction=str(arrived.pk)).status_code == 201
