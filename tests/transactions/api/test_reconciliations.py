"""``/api/v1/reconciliations``: an account held against its statement."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TransactionFactory
from transactions.models import Account, Reconciliation, Transaction
from users.models import User

URL = "/api/v1/reconciliations"


@pytest.fixture
def held(alice: User) -> Account:
    """An account with 100 at first, then rows of -10 and -5 on two days, and one of -7 that is not booked."""
    account = AccountFactory(user=alice, name="Held", opening_balance=Decimal("100.00"))
    TransactionFactory(account=account, date="2026-03-10", amount=Decimal("-10.00"))
    TransactionFactory(account=account, date="2026-03-11", amount=Decimal("-5.00"))
    TransactionFactory(account=account, date="2026-03-10", amount=Decimal("-7.00"), status="pending")
    TransactionFactory(account=account, date="2026-03-10", amount=Decimal("-1.00"), deleted_at=NOW)
    return account


def reconcile(client: APIClient, account: Account, **fields: Any) -> Any:
    body = {"account": str(account.pk), "on": "2026-03-10", "statement_balance": "90.00"} | fields
    return client.post(URL, body)


def test_a_balance_is_held_against_the_rows_of_its_day(alice_api: APIClient, held: Account) -> None:
    answer = reconcile(alice_api, held, notes="March")

    assert answer.status_code == 201
    shown = answer.json()
    assert shown | {"id": "", "created_at": "", "updated_at": ""} == {
        "id": "",
        "account": str(held.pk),
        "on": "2026-03-10",
        "currency": "EUR",
        "statement_balance": "90.00",
        "ledger_balance": "90.00",
        "pending": "-7.00",
        "difference": "0.00",
        "notes": "March",
        "created_at": "",
        "updated_at": "",
    }
    assert alice_api.get(f"{URL}/{shown['id']}").json() == shown


def test_the_difference_follows_the_ledger(alice_api: APIClient, held: Account) -> None:
    shown = reconcile(alice_api, held, statement_balance="80.00").json()
    assert shown["difference"] == "-10.00"

    TransactionFactory(account=held, date="2026-03-09", amount=Decimal("-4.00"))

    after = alice_api.get(f"{URL}/{shown['id']}").json()
    assert (after["ledger_balance"], after["difference"]) == ("86.00", "-6.00")


def test_a_difference_can_be_booked_once(alice_api: APIClient, held: Account) -> None:
    shown = reconcile(alice_api, held, statement_balance="80.00").json()

    adjusted = alice_api.post(f"{URL}/{shown['id']}/adjust")
    again = alice_api.post(f"{URL}/{shown['id']}/adjust")

    assert (adjusted.status_code, adjusted.json()["difference"]) == (200, "0.00")
    row = Transaction.objects.get(description="Balance adjustment")
    assert (str(row.date), row.amount, row.account, row.source) == ("2026-03-10", -10, held, "manual")
    assert (again.status_code, again.json()["error_code"]) == (409, "ALREADY_RECONCILED")
    assert Transaction.objects.filter(description="Balance adjustment").count() == 1


def test_an_account_has_one_balance_a_day(alice_api: APIClient, held: Account) -> None:
    first = reconcile(alice_api, held)
    other = reconcile(alice_api, held, on="2026-03-11").json()

    again = reconcile(alice_api, held, statement_balance="1.00")
    moved = alice_api.patch(f"{URL}/{other['id']}", {"on": "2026-03-10"})

    for answer in (again, moved):
        assert (answer.status_code, answer.json()["error_code"]) == (409, "RECONCILIATION_EXISTS")
    assert alice_api.get(f"{URL}/{first.json()['id']}").json() == first.json()
    assert Reconciliation.objects.count() == 2


def test_what_was_read_can_be_put_back_unchanged(alice_api: APIClient, held: Account) -> None:
    shown = reconcile(alice_api, held, notes="March").json()

    again = alice_api.put(f"{URL}/{shown['id']}", shown)

    assert again.status_code == 200
    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert [entry.action for entry in AuditEntry.objects.filter(object_id=shown["id"])] == ["created"]


def test_one_field_can_be_changed_alone(alice_api: APIClient, held: Account) -> None:
    shown = reconcile(alice_api, held).json()

    after = alice_api.patch(f"{URL}/{shown['id']}", {"statement_balance": "91.00"}).json()

    assert (after["statement_balance"], after["difference"]) == ("91.00", "1.00")
    entry = AuditEntry.objects.get(object_id=shown["id"], action="updated")
    assert list(entry.changes) == ["statement_balance"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"statement_balance": "90.001"}, "/statement_balance"),
        ({"statement_balance": 90.5}, "/statement_balance"),
        ({"statement_balance": None}, "/statement_balance"),
        ({"on": "yesterday"}, "/on"),
        ({"account": "seven"}, "/account"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_mistake_is_named(
    alice_api: APIClient, held: Account, fields: dict[str, Any], pointer: str
) -> None:
    body = {"account": str(held.pk), "on": "2026-03-10", "statement_balance": "90.00"} | fields

    answer = alice_api.post(URL, body)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Reconciliation.objects.exists()


def test_another_account_must_be_able_to_hold_the_balance(
    alice_api: APIClient, alice: User, held: Account
) -> None:
    shown = reconcile(alice_api, held, statement_balance="90.50").json()
    yen = AccountFactory(user=alice, currency="JPY")

    answer = alice_api.patch(f"{URL}/{shown['id']}", {"account": str(yen.pk)})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/statement_balance")
    assert alice_api.get(f"{URL}/{shown['id']}").json() == shown


def test_a_removed_balance_is_gone_and_the_rows_stay(alice_api: APIClient, held: Account) -> None:
    shown = reconcile(alice_api, held).json()

    assert alice_api.delete(f"{URL}/{shown['id']}").status_code == 204

    assert alice_api.get(URL).json()["results"] == []
    assert Transaction.objects.count() == 4


def test_balances_are_listed_by_day_for_an_account_at_one_price(
    alice_api: APIClient, alice: User, held: Account, django_assert_num_queries: Any
) -> None:
    reconcile(alice_api, AccountFactory(user=alice))
    for day in (9, 11, 10):
        reconcile(alice_api, held, on=f"2026-03-{day:02}")

    with django_assert_num_queries(3):
        listed = alice_api.get(URL, {"account": str(held.pk)}).json()["results"]

    assert [(one["on"], one["ledger_balance"]) for one in listed] == [
        ("2026-03-11", "85.00"),
        ("2026-03-10", "90.00"),
        ("2026-03-09", "100.00"),
    ]


def test_a_stranger_can_neither_see_nor_change_nor_adjust(
    alice_api: APIClient, bob_api: APIClient, held: Account
) -> None:
    shown = reconcile(alice_api, held, statement_balance="1.00").json()

    assert bob_api.get(URL).json()["results"] == []
    assert reconcile(bob_api, held).status_code == 404
    for method, path in (("get", ""), ("patch", ""), ("delete", ""), ("post", "/adjust")):
        assert getattr(bob_api, method)(f"{URL}/{shown['id']}{path}").status_code == 404

    assert alice_api.get(URL).json()["results"] == [shown]
    assert Transaction.objects.count() == 4
