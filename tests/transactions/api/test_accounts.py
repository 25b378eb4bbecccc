"""``/api/v1/accounts``."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TransactionFactory
from transactions.models import Account, Transaction
from users.models import User

URL = "/api/v1/accounts"


def opened(client: APIClient, **fields: Any) -> dict[str, Any]:
    answer = client.post(URL, {"name": "Main", "kind": "checking", "currency": "EUR"} | fields)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_a_new_account_starts_with_its_opening_balance(alice_api: APIClient) -> None:
    shown = opened(
        alice_api, opening_balance="250.5", number="DE89370400440532013000", institution="Volksbank"
    )

    assert shown["opening_balance"] == shown["balance"] == "250.50"
    assert shown["pending"] == "0.00"
    assert (shown["number"], shown["institution"]) == ("DE89370400440532013000", "Volksbank")
    assert shown["is_closed"] is False
    assert alice_api.get(f"{URL}/{shown['id']}").json() == shown


def test_a_currency_may_be_written_in_lower_case(alice_api: APIClient) -> None:
    assert opened(alice_api, currency="usd")["currency"] == "USD"


@pytest.mark.parametrize(
    ("currency", "opening_balance", "shown"),
    [("EUR", "-12.3", "-12.30"), ("JPY", "1200", "1200"), ("BHD", "1.234", "1.234")],
)
def test_amounts_are_shown_at_the_precision_of_the_currency(
    alice_api: APIClient, currency: str, opening_balance: str, shown: str
) -> None:
    assert opened(alice_api, currency=currency, opening_balance=opening_balance)["balance"] == shown


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"name": ""}, "/name", "blank"),
        ({"name": None}, "/name", "null"),
        ({"name": "x" * 101}, "/name", "max_length"),
        ({"kind": "purse"}, "/kind", "invalid_choice"),
        ({"currency": "ZZZ"}, "/currency", "unknown_currency"),
        ({"opening_balance": "1.005"}, "/opening_balance", "not_exact"),
        ({"currency": "JPY", "opening_balance": "1.5"}, "/opening_balance", "not_exact"),
        ({"opening_balance": 1.5}, "/opening_balance", "not_a_string"),
        ({"opening_balance": "NaN"}, "/opening_balance", "invalid"),
        ({"colour": "red"}, "/colour", "unknown_field"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_opened(
    alice_api: APIClient, fields: dict[str, Any], pointer: str, code: str
) -> None:
    answer = alice_api.post(URL, {"name": "Main", "kind": "checking", "currency": "EUR"} | fields)

    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert not Account.objects.exists()


def test_two_accounts_of_a_person_have_different_names(alice_api: APIClient, bob_api: APIClient) -> None:
    opened(alice_api, name="Main")

    answer = alice_api.post(URL, {"name": "MAIN", "kind": "cash", "currency": "EUR"})

    assert answer.status_code == 409
    assert answer.json()["error_code"] == "ACCOUNT_NAME_TAKEN"
    assert opened(bob_api, name="Main")["name"] == "Main"


def test_a_balance_is_the_opening_balance_and_the_posted_rows(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice, opening_balance=Decimal("100.00"))
    TransactionFactory(account=account, amount=Decimal("-30.25"))
    TransactionFactory(account=account, amount=Decimal("12.00"))
    TransactionFactory(account=account, amount=Decimal("-7.00"), status=Transaction.Status.PENDING)
    TransactionFactory(account=account, amount=Decimal("-999.00"), deleted_at=NOW)

    shown = alice_api.get(f"{URL}/{account.pk}").json()

    assert (shown["balance"], shown["pending"]) == ("81.75", "-7.00")


def test_a_balance_counts_what_the_bank_booked(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice, currency="EUR")
    TransactionFactory(
        account=account, amount=Decimal("-20.00"), currency="USD", account_amount=Decimal("-18.61")
    )

    assert alice_api.get(f"{URL}/{account.pk}").json()["balance"] == "-18.61"


def test_what_was_read_can_be_put_back_unchanged(alice_api: APIClient) -> None:
    shown = opened(alice_api, opening_balance="10", number="42", institution="Bank")

    again = alice_api.put(f"{URL}/{shown['id']}", shown)

    assert again.status_code == 200
    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert [entry.action for entry in AuditEntry.objects.filter(object_id=shown["id"])] == ["created"]


def test_a_change_is_kept_and_on_record(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice, name="Old")

    answer = alice_api.patch(f"{URL}/{account.pk}", {"name": "New", "is_closed": True})

    assert (answer.json()["name"], answer.json()["is_closed"]) == ("New", True)
    entry = AuditEntry.objects.get(object_id=account.pk)
    assert (entry.actor_id, entry.via, entry.action) == (alice.pk, "api", "updated")
    assert entry.changes == {"name": ["Old", "New"], "is_closed": [False, True]}


def test_an_account_with_rows_keeps_its_currency(alice_api: APIClient, alice: User) -> None:
    account = TransactionFactory(account__user=alice).account

    answer = alice_api.patch(f"{URL}/{account.pk}", {"currency": "USD"})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "ACCOUNT_CURRENCY_FIXED")
    account.refresh_from_db()
    assert account.currency == "EUR"


def test_an_empty_account_may_change_its_currency(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice, opening_balance=Decimal("12.00"))

    assert alice_api.patch(f"{URL}/{account.pk}", {"currency": "JPY"}).json()["balance"] == "12"


def test_a_new_currency_must_be_able_to_hold_the_opening_balance(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice, opening_balance=Decimal("12.50"))

    answer = alice_api.patch(f"{URL}/{account.pk}", {"currency": "JPY"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/opening_balance"
    account.refresh_from_db()
    assert account.currency == "EUR"


def test_an_account_that_never_held_a_row_can_be_deleted(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice)

    assert alice_api.delete(f"{URL}/{account.pk}").status_code == 204
    assert not Account.objects.exists()
    assert AuditEntry.objects.get(object_id=account.pk).action == "deleted"


def test_an_account_with_rows_cannot_be_deleted_not_even_with_trashed_ones(
    alice_api: APIClient, alice: User
) -> None:
    account = TransactionFactory(account__user=alice, deleted_at=NOW).account

    answer = alice_api.delete(f"{URL}/{account.pk}")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "ACCOUNT_NOT_EMPTY")
    assert answer.json()["details"] == {"transactions": 1}
    assert Account.objects.filter(pk=account.pk).exists()


def test_a_list_holds_ones_own_accounts_by_name(alice_api: APIClient, alice: User, bob: User) -> None:
    for name in ("Savings", "Cash", "Main"):
        AccountFactory(user=alice, name=name)
    AccountFactory(user=bob, name="Bob's")

    listed = alice_api.get(URL).json()["results"]

    assert [one["name"] for one in listed] == ["Cash", "Main", "Savings"]


def test_a_list_can_be_narrowed_down(alice_api: APIClient, alice: User) -> None:
    wanted = AccountFactory(user=alice, kind="savings", currency="USD", is_closed=True)
    AccountFactory(user=alice, kind="checking")

    for query in ({"kind": "savings"}, {"currency": "USD"}, {"is_closed": "true"}):
        assert [one["id"] for one in alice_api.get(URL, query).json()["results"]] == [str(wanted.pk)]
    assert alice_api.get(URL, {"colour": "red"}).json()["errors"][0]["code"] == "unknown_parameter"


def test_a_list_costs_the_same_queries_however_long(
    alice_api: APIClient, alice: User, django_assert_num_queries: Any
) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            TransactionFactory(account=AccountFactory(user=alice), date=dt.date(2026, 3, 1))

    fill(2)
    alice_api.get(URL)
    with django_assert_num_queries(queries_of_a_list()):
        alice_api.get(URL)
    fill(10)
    with django_assert_num_queries(queries_of_a_list()):
        assert len(alice_api.get(URL).json()["results"]) == 12


def queries_of_a_list() -> int:
    from django.conf import settings

    return 1 if settings.CACHE_IS_SHARED else 2


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_strangers_account_does_not_exist(bob_api: APIClient, alice: User, method: str) -> None:
    account = AccountFactory(user=alice, name="Hers")
    body = {"name": "Mine", "kind": "cash", "currency": "USD"}

    answer = getattr(bob_api, method)(f"{URL}/{account.pk}", body if method in {"put", "patch"} else None)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    account.refresh_from_db()
    assert (account.name, account.kind, account.currency) == ("Hers", "checking", "EUR")
    assert not AuditEntry.objects.filter(object_id=account.pk).exists()
