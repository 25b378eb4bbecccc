"""``/api/v1/transfers``: money moved between own accounts."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, AccountFactory, TransactionFactory, category_of
from transactions.models import Transaction, Transfer
from users.models import User

URL = "/api/v1/transfers"
ROWS = "/api/v1/transactions"


def row(user: User, amount: str, **fields: Any) -> Transaction:
    return TransactionFactory(account=AccountFactory(user=user), amount=Decimal(amount), **fields)


def link(client: APIClient, outflow: Transaction, inflow: Transaction) -> Any:
    return client.post(URL, {"outflow": str(outflow.pk), "inflow": str(inflow.pk)})


def shown(client: APIClient, one: Transaction) -> dict[str, Any]:
    return client.get(f"{ROWS}/{one.pk}").json()


def test_two_rows_are_joined(alice_api: APIClient, alice: User) -> None:
    paid, received = row(alice, "-50.00"), row(alice, "50.00")

    answer = link(alice_api, paid, received)

    assert answer.status_code == 201
    transfer = answer.json()
    assert (transfer["outflow"], transfer["inflow"]) == (str(paid.pk), str(received.pk))
    assert alice_api.get(f"{URL}/{transfer['id']}").json() == transfer
    assert alice_api.get(URL).json()["results"] == [transfer]
    for one in (paid, received):
        assert (shown(alice_api, one)["kind"], shown(alice_api, one)["transfer"]) == (
            "transfer",
            transfer["id"],
        )


def test_a_transfer_is_neither_earned_nor_spent(alice_api: APIClient, alice: User) -> None:
    groceries = category_of(alice, "groceries")
    paid, received = row(alice, "-50.00", category=groceries), row(alice, "50.00")
    before = alice_api.get(f"{ROWS}/summary").json()
    assert (before["income"], before["spent"]) == ("50.00", "50.00")

    link(alice_api, paid, received)

    after = alice_api.get(f"{ROWS}/summary").json()
    assert (after["income"], after["spent"], after["lines"]) == ("0.00", "0.00", [])


def test_two_currencies_may_differ_in_amount(alice_api: APIClient, alice: User) -> None:
    paid = row(alice, "-50.00")
    received = TransactionFactory(
        account=AccountFactory(user=alice, currency="USD"), amount=Decimal("54.10"), currency="USD"
    )

    assert link(alice_api, paid, received).status_code == 201


@pytest.mark.parametrize(
    ("outflow", "inflow", "reason"),
    [
        ("50.00", "50.00", "The paying row must be an outflow."),
        ("0.00", "50.00", "The paying row must be an outflow."),
        ("-50.00", "-50.00", "The receiving row must be an inflow."),
        ("-50.00", "0.00", "The receiving row must be an inflow."),
        ("-50.00", "49.99", "The amounts must be equal where the currency is the same."),
    ],
)
def test_amounts_that_do_not_fit_are_refused(
    alice_api: APIClient, alice: User, outflow: str, inflow: str, reason: str
) -> None:
    assert_refused(alice_api, row(alice, outflow), row(alice, inflow), reason)


def test_a_row_is_not_a_transfer_to_itself(alice_api: APIClient, alice: User) -> None:
    paid = row(alice, "-50.00")

    assert_refused(alice_api, paid, paid, "The receiving row must be an inflow.")


def test_the_accounts_are_different(alice_api: APIClient, alice: User) -> None:
    paid = row(alice, "-50.00")
    received = TransactionFactory(account=paid.account, amount=Decimal("50.00"))

    assert_refused(alice_api, paid, received, "The rows must be in different accounts.")


def test_a_row_is_half_of_one_transfer_only(alice_api: APIClient, alice: User) -> None:
    paid, received, other = row(alice, "-50.00"), row(alice, "50.00"), row(alice, "50.00")
    link(alice_api, paid, received)

    answer = link(alice_api, paid, other)

    assert answer.json()["error"] == "One of the rows is part of a transfer already."
    assert Transfer.objects.count() == 1


def test_a_trashed_row_takes_no_part(alice_api: APIClient, alice: User) -> None:
    assert_refused(
        alice_api,
        row(alice, "-50.00", deleted_at=NOW),
        row(alice, "50.00"),
        "One of the rows is in the trash.",
    )


def assert_refused(client: APIClient, outflow: Transaction, inflow: Transaction, reason: str) -> None:
    answer = link(client, outflow, inflow)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "TRANSFER_NOT_POSSIBLE")
    assert answer.json()["error"] == reason
    assert not Transfer.objects.exists()
    assert not Transaction.objects.filter(transfer__isnull=False).exists()


def test_taken_apart_both_rows_stay_and_are_what_they_were(alice_api: APIClient, alice: User) -> None:
    paid, received = row(alice, "-50.00"), row(alice, "50.00")
    before = [shown(alice_api, one) for one in (paid, received)]
    transfer = link(alice_api, paid, received).json()

    assert alice_api.delete(f"{URL}/{transfer['id']}").status_code == 204

    for one, was in zip((paid, received), before, strict=True):
        now = shown(alice_api, one)
        assert now == was | {"updated_at": now["updated_at"]}
    assert [entry.changes for entry in AuditEntry.objects.filter(object_id=paid.pk).order_by("id")] == [
        {"transfer": [None, transfer["id"]]},
        {"transfer": [transfer["id"], None]},
    ]


@pytest.mark.parametrize("change", [{"amount": "-51.00"}, {"currency": "USD"}, {"account": None}])
def test_one_half_cannot_be_changed_so_that_it_no_longer_fits(
    alice_api: APIClient, alice: User, change: dict[str, Any]
) -> None:
    paid, received = row(alice, "-50.00"), row(alice, "50.00")
    link(alice_api, paid, received)
    was = shown(alice_api, paid)
    if "account" in change:
        change = {"account": str(AccountFactory(user=alice).pk)}

    answer = alice_api.patch(f"{ROWS}/{paid.pk}", change)

    assert (answer.status_code, answer.json()["error_code"]) == (409, "TRANSACTION_IN_TRANSFER")
    assert shown(alice_api, paid) == was


def test_one_half_can_be_described_but_not_deleted(alice_api: APIClient, alice: User) -> None:
    paid, received = row(alice, "-50.00"), row(alice, "50.00")
    link(alice_api, paid, received)

    assert alice_api.patch(f"{ROWS}/{paid.pk}", {"notes": "to savings"}).status_code == 200
    answer = alice_api.delete(f"{ROWS}/{paid.pk}")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "TRANSACTION_IN_TRANSFER")
    paid.refresh_from_db()
    assert paid.deleted_at is None


def test_a_list_costs_the_same_queries_however_long(
    alice_api: APIClient, alice: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        link(alice_api, row(alice, "-50.00"), row(alice, "50.00"))

    with django_assert_max_num_queries(3):
        assert len(alice_api.get(URL).json()["results"]) == 8


@pytest.mark.parametrize("side", ["outflow", "inflow"])
def test_a_strangers_row_does_not_exist(alice_api: APIClient, alice: User, bob: User, side: str) -> None:
    paid = row(bob if side == "outflow" else alice, "-50.00")
    received = row(bob if side == "inflow" else alice, "50.00")

    answer = link(alice_api, paid, received)

    assert (answer.status_code, answer.json()["details"]["pointer"]) == (404, f"/{side}")
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("method", ["get", "delete"])
def test_a_strangers_transfer_does_not_exist(
    alice_api: APIClient, bob_api: APIClient, alice: User, method: str
) -> None:
    transfer = link(alice_api, row(alice, "-50.00"), row(alice, "50.00")).json()

    assert getattr(bob_api, method)(f"{URL}/{transfer['id']}").status_code == 404
    assert bob_api.get(URL).json()["results"] == []
    assert alice_api.get(f"{URL}/{transfer['id']}").json() == transfer
