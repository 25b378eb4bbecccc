"""Deleting rows, looking into the trash, bringing them back."""

from decimal import Decimal
from uuid import uuid4

from rest_framework.test import APIClient

from tests.factories import NOW, TransactionFactory
from tests.transactions.conftest import Record
from transactions.models import Account, Transaction

URL = "/api/v1/transactions"


def ids(client: APIClient, path: str = "") -> list[str]:
    return [row["id"] for row in client.get(f"{URL}{path}").json()["results"]]


def test_a_deleted_row_is_in_the_trash_and_in_no_figure(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-10.00")

    assert alice_api.delete(f"{URL}/{row['id']}").status_code == 204

    assert ids(alice_api) == []
    assert ids(alice_api, "/trash") == [row["id"]]
    assert alice_api.get(f"{URL}/summary").json()["spent"] == "0.00"
    assert alice_api.get("/api/v1/accounts").json()["results"][0]["balance"] == "0.00"
    exported = b"".join(alice_api.get(f"{URL}/export.csv").streaming_content).decode()
    assert exported.count("\r\n") == 1
    assert alice_api.get(f"{URL}/{row['id']}").json()["deleted_at"] is not None


def test_a_row_is_deleted_once(alice_api: APIClient, record: Record) -> None:
    row = record()
    alice_api.delete(f"{URL}/{row['id']}")

    assert alice_api.delete(f"{URL}/{row['id']}").status_code == 404


def test_a_restored_row_is_what_it_was(alice_api: APIClient, record: Record) -> None:
    row = record(amount="-10.00", external_id="7", notes="kept")
    alice_api.delete(f"{URL}/{row['id']}")

    answer = alice_api.post(f"{URL}/{row['id']}/restore")

    assert answer.status_code == 200
    assert answer.json() == row | {"updated_at": answer.json()["updated_at"]}
    assert (ids(alice_api), ids(alice_api, "/trash")) == ([row["id"]], [])
    assert alice_api.get("/api/v1/accounts").json()["results"][0]["balance"] == "-10.00"


def test_restoring_a_row_that_is_there_changes_nothing(alice_api: APIClient, record: Record) -> None:
    row = record()

    assert alice_api.post(f"{URL}/{row['id']}/restore").json() == row
    assert len(alice_api.get(f"{URL}/{row['id']}/history").json()) == 1


def test_a_row_of_an_undone_import_comes_back_by_importing_again(
    alice_api: APIClient, account: Account
) -> None:
    row = TransactionFactory(account=account, import_id=uuid4(), source="statement", deleted_at=NOW)

    answer = alice_api.post(f"{URL}/{row.pk}/restore")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "IMPORT_UNDONE")
    assert ids(alice_api, "/trash") == []
    row.refresh_from_db()
    assert row.deleted_at == NOW


def test_the_trash_can_be_narrowed_down_and_paged(alice_api: APIClient, account: Account) -> None:
    for number in range(5):
        TransactionFactory(account=account, amount=Decimal(-number), deleted_at=NOW)

    page = alice_api.get(f"{URL}/trash", {"amount_max": "-2", "limit": "2", "ordering": "amount"}).json()

    assert [row["amount"] for row in page["results"]] == ["-4.00", "-3.00"]
    assert [row["amount"] for row in alice_api.get(page["next"]).json()["results"]] == ["-2.00"]
    assert alice_api.get(f"{URL}/trash", {"colour": "red"}).status_code == 400


def test_a_stranger_can_neither_delete_nor_restore(
    alice_api: APIClient, bob_api: APIClient, account: Account
) -> None:
    live, trashed = TransactionFactory(account=account), TransactionFactory(account=account, deleted_at=NOW)

    assert bob_api.delete(f"{URL}/{live.pk}").status_code == 404
    assert bob_api.post(f"{URL}/{trashed.pk}/restore").status_code == 404

    assert Transaction.objects.get(pk=live.pk).deleted_at is None
    assert Transaction.objects.get(pk=trashed.pk).deleted_at == NOW
