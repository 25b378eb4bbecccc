"""``/api/v1/transactions/{id}``: changing one row."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TagFactory, TransactionFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Account
from users.models import User

URL = "/api/v1/transactions"


def test_what_was_read_can_be_put_back_unchanged(alice_api: APIClient, alice: User, record: Record) -> None:
    shown = record(
        description="LIDL",
        amount="-30.00",
        currency="USD",
        account_amount="-27.77",
        tags=[str(TagFactory(user=alice).pk)],
        splits=[
            {"amount": "-10.00", "category": str(category_of(alice, "groceries").pk), "notes": "food"},
            {"amount": "-20.00", "category": str(category_of(alice, "alcohol-tobacco").pk), "notes": ""},
        ],
        external_id="1",
        time="10:00:00",
    )

    again = alice_api.put(f"{URL}/{shown['id']}", shown)

    assert again.status_code == 200
    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert [entry.action for entry in AuditEntry.objects.filter(object_id=shown["id"])] == ["created"]


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Something else"},
        {"notes": "kept the receipt"},
        {"date": "2026-01-31"},
        {"time": "07:15:00"},
        {"status": "pending"},
        {"external_id": "mine-1"},
    ],
)
def test_one_field_can_be_changed_alone(alice_api: APIClient, record: Record, change: dict[str, Any]) -> None:
    before = record(description="QXZ 99112")

    after = alice_api.patch(f"{URL}/{before['id']}", change).json()

    assert after == before | change | {"updated_at": after["updated_at"]}
    entry = AuditEntry.objects.get(object_id=before["id"], action="updated")
    assert entry.changes == {name: [before[name], value] for name, value in change.items()}


def test_a_changed_amount_is_worth_something_else(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-10.00")

    after = alice_api.patch(f"{URL}/{row['id']}", {"amount": "-11.00"}).json()

    assert (after["amount"], after["account_amount"], after["base_amount"]) == ("-11.00", "-11.00", "-11.00")
    assert alice_api.get("/api/v1/accounts").json()["results"][0]["balance"] == "-11.00"


def test_a_new_currency_must_be_able_to_hold_the_amount(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-12.50")

    answer = alice_api.patch(f"{URL}/{row['id']}", {"currency": "JPY"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/amount")
    assert alice_api.get(f"{URL}/{row['id']}").json() == row


def test_a_row_can_move_to_another_account_and_keeps_its_currency(
    alice_api: APIClient, alice: User, record: Record
) -> None:
    row = record(amount="-10.00", date="2024-03-15")
    dollars = AccountFactory(user=alice, currency="USD")

    after = alice_api.patch(f"{URL}/{row['id']}", {"account": str(dollars.pk)}).json()

    assert (after["amount"], after["currency"]) == ("-10.00", "EUR")
    assert (after["account_amount"], after["account_currency"]) == ("-10.89", "USD")


def test_the_external_id_of_an_imported_row_stays(alice_api: APIClient, account: Account) -> None:
    row = TransactionFactory(account=account, source="statement", external_id="abc-1")

    answer = alice_api.patch(f"{URL}/{row.pk}", {"external_id": None})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "EXTERNAL_ID_FIXED")
    row.refresh_from_db()
    assert row.external_id == "abc-1"


@pytest.mark.parametrize("method", ["put", "patch"])
def test_a_row_in_the_trash_cannot_be_changed(alice_api: APIClient, account: Account, method: str) -> None:
    row = TransactionFactory(account=account, deleted_at=NOW)
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-1.00"}

    answer = getattr(alice_api, method)(f"{URL}/{row.pk}", body)

    assert answer.status_code == 404
    row.refresh_from_db()
    assert str(row.amount) == "-10.0000"
