"""A person's word on which sightings are one purchase: merge, split off, and what outlives an undone import."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import NOW, TransactionFactory
from tests.ingest.conftest import URL as STATEMENTS
from tests.transactions.api.conftest import Bring, counts, ofx_of
from tests.transactions.conftest import Record
from transactions.models import Account, Sighting, Transaction, Verdict
from users.models import User

URL = "/api/v1/transactions"
LIDL = ("2026-03-10", "LIDL 0412 BERLIN", "-38.27")


def merge(client: APIClient, kept: Any, other: Any) -> Any:
    return client.post(f"{URL}/{kept}/merge", {"other": str(other)})


def evidence(client: APIClient, row: str) -> list[dict[str, Any]]:
    return client.get(f"{URL}/{row}/evidence").json()


def split_off(client: APIClient, row: str, *, source: str) -> Any:
    """Tell the row's only sighting of this source from it."""
    (sighting,) = [one["id"] for one in evidence(client, row) if one["source"] == source]
    return client.post(f"{URL}/{row}/split-off", {"sighting": sighting})


def undo(client: APIClient, job: dict[str, Any]) -> None:
    assert client.post(f"{STATEMENTS}/{job['id']}/undo").status_code == 200


def unchanged(row: dict[str, Any], *, but: tuple[str, ...] = ("updated_at",)) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in but}


def test_two_rows_become_one_and_the_one_that_is_named_first_stays_as_it_is(
    alice_api: APIClient, apart: Any, rows: Any
) -> None:
    typed, booked = apart

    answer = merge(alice_api, booked["id"], typed["id"])

    assert answer.status_code == 200
    assert unchanged(answer.json()) == unchanged(booked)
    assert rows() == [answer.json()]
    assert [(one["source"], one["link"], one["reasons"]) for one in evidence(alice_api, booked["id"])] == [
        ("manual", "person", ["You said so."]),
        ("statement", "origin", []),
    ]
    assert alice_api.get("/api/v1/accounts").json()["results"][0]["balance"] == "-38.27"
    trail = AuditEntry.objects.filter(object_id=typed["id"]).order_by("id").values_list("action", flat=True)
    assert list(trail) == ["created", "deleted"]


def test_a_merged_row_is_neither_in_the_trash_nor_restored_from_it(alice_api: APIClient, apart: Any) -> None:
    typed, booked = apart
    merge(alice_api, booked["id"], typed["id"])

    answer = alice_api.post(f"{URL}/{typed['id']}/restore")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "TRANSACTION_MERGED")
    assert alice_api.get(f"{URL}/trash").json()["results"] == []
    assert Transaction.objects.get(pk=typed["id"]).deleted_at is not None


def test_a_row_that_others_were_merged_into_goes_to_the_trash_and_comes_back(
    alice_api: APIClient, apart: Any, bring_in: Bring, rows: Any
) -> None:
    typed, booked = apart
    merge(alice_api, booked["id"], typed["id"])

    alice_api.delete(f"{URL}/{booked['id']}")
    assert counts(bring_in(LIDL)) == {"deleted": 1}
    assert rows() == []

    alice_api.post(f"{URL}/{booked['id']}/restore")
    assert [row["id"] for row in rows()] == [booked["id"]]
    assert len(evidence(alice_api, booked["id"])) == 2


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"amount": 10}, "One is money out, the other money in."),
        ({"amount": 0}, "One is money out, the other money in."),
        ({"deleted_at": NOW}, "One of the rows is in the trash."),
    ],
)
def test_rows_that_cannot_be_one_purchase_stay_two(
    alice_api: APIClient, account: Account, other: dict[str, Any], reason: str
) -> None:
    kept, left = TransactionFactory(account=account), TransactionFactory(account=account, **other)
    before = list(Transaction.objects.order_by("pk").values())

    answer = merge(alice_api, kept.pk, left.pk)

    assert (answer.status_code, answer.json()["error_code"]) == (409, "NOT_ONE_PURCHASE")
    assert answer.json()["error"] == reason
    assert list(Transaction.objects.order_by("pk").values()) == before


def test_a_row_is_not_merged_with_itself(alice_api: APIClient, account: Account) -> None:
    row = TransactionFactory(account=account)

    answer = merge(alice_api, row.pk, row.pk)

    assert (answer.status_code, answer.json()["error_code"]) == (409, "NOT_ONE_PURCHASE")
    assert answer.json()["error"] == "A row cannot be merged with itself."
    assert Transaction.objects.live().count() == 1


def test_half_of_a_transfer_and_what_has_refunds_must_be_unlinked_first(
    alice_api: APIClient, alice: User, account: Account
) -> None:
    kept, half, bought = (TransactionFactory(account=account, amount=-10) for _ in range(3))
    other = TransactionFactory(account__user=alice, amount=10)
    back = TransactionFactory(account=account, amount=4)
    alice_api.post("/api/v1/transfers", {"outflow": str(half.pk), "inflow": str(other.pk)})
    alice_api.post(f"{URL}/{back.pk}/refund", {"purchase": str(bought.pk)})

    reasons = [merge(alice_api, kept.pk, left.pk).json()["error"] for left in (half, bought)]

    assert reasons == [
        "The row that would go is part of a transfer; unlink it first.",
        "The row that would go has refunds; unlink them first.",
    ]
    assert Transaction.objects.live().count() == 5
    assert merge(alice_api, half.pk, kept.pk).status_code == 200


def test_a_merged_row_that_is_split_off_is_what_it_was(alice_api: APIClient, apart: Any, rows: Any) -> None:
    typed, booked = apart
    merge(alice_api, booked["id"], typed["id"])

    answer = split_off(alice_api, booked["id"], source="manual")

    assert answer.status_code == 200
    assert unchanged(answer.json()) == unchanged(typed)
    assert [unchanged(row) for row in rows()] == [unchanged(typed), unchanged(booked)]
    assert [one["source"] for one in evidence(alice_api, typed["id"])] == ["manual"]


def test_a_merged_row_takes_all_that_told_of_it_along(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    other = TransactionFactory(account=account, date="2026-03-01", amount="-40.00")
    Sighting.objects.create(
        user=account.user,
        transaction=other,
        source="receipt",
        external_id="scan-1",
        date="2026-03-01",
        amount=-40,
        currency="EUR",
        status="posted",
        link="origin",
    )
    bring_in(LIDL)
    booked = rows()[1]
    bring_in(content=ofx_of([LIDL]), filename="march.ofx")
    merge(alice_api, other.pk, booked["id"])
    seen = [one for one in evidence(alice_api, str(other.pk)) if one["channel"] == "csv"]

    answer = alice_api.post(f"{URL}/{other.pk}/split-off", {"sighting": seen[0]["id"]})

    assert answer.json()["id"] == booked["id"]
    assert [one["channel"] for one in evidence(alice_api, booked["id"])] == ["csv", "ofx"]
    assert [one["source"] for one in evidence(alice_api, str(other.pk))] == ["receipt"]


def test_rows_merged_one_into_the_next_can_each_be_told_apart(alice_api: APIClient, record: Record) -> None:
    first, second, third = (record(description=f"SHOP {n}", amount=f"-{n}.00") for n in (1, 2, 3))
    merge(alice_api, second["id"], first["id"])
    merge(alice_api, third["id"], second["id"])
    sightings = {one["amount"]: one["id"] for one in evidence(alice_api, third["id"])}

    for row in (first, second):
        body = {"sighting": sightings[row["amount"]]}
        answer = alice_api.post(f"{URL}/{third['id']}/split-off", body)
        assert unchanged(answer.json()) == unchanged(row)

    assert len(evidence(alice_api, third["id"])) == 1


def test_what_a_machine_joined_becomes_a_row_of_its_own(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    typed = record(date="2026-03-09", description="Lidl", amount="-38.27", status="pending")
    job = bring_in(LIDL)
    assert [(row["status"], row["date"]) for row in rows()] == [("posted", "2026-03-10")]

    own = split_off(alice_api, typed["id"], source="statement").json()

    assert (own["date"], own["description"], own["amount"]) == LIDL
    assert (own["status"], own["source"], own["import_id"]) == ("posted", "statement", job["id"])
    assert own["category_code"] == "groceries"
    assert unchanged(rows()[0]) == unchanged(typed)
    assert counts(bring_in(LIDL)) == {"duplicate": 1}


def test_a_row_that_its_statement_leaves_is_the_person_s_own(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    job = bring_in(LIDL)
    (booked,) = rows()
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-38.27", "description": "Lidl"}
    alice_api.post(URL, body)

    own = split_off(alice_api, booked["id"], source="statement").json()

    assert (own["external_id"], own["import_id"]) == (booked["external_id"], job["id"])
    kept = alice_api.get(f"{URL}/{booked['id']}").json()
    assert (kept["external_id"], kept["import_id"]) == (None, None)
    undo(alice_api, job)
    assert [row["id"] for row in rows()] == [booked["id"]]
    assert counts(bring_in(LIDL)) == {"new": 1}


def test_a_typed_entry_keeps_its_own_external_id_when_it_is_split_off(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    (booked,) = rows()
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-38.27", "description": "Lidl"}
    alice_api.post(URL, body | {"external_id": "till:7"})

    own = split_off(alice_api, booked["id"], source="manual").json()
    again = alice_api.post(URL, body | {"external_id": "till:7"})

    assert own["external_id"] == "till:7"
    assert (again.status_code, again.json()["error_code"]) == (409, "EXTERNAL_ID_EXISTS")


def test_all_that_tells_of_a_row_stays_with_it(alice_api: APIClient, record: Record) -> None:
    row = record()

    answer = split_off(alice_api, row["id"], source="manual")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "LAST_SIGHTING")
    assert Transaction.objects.count() == 1


def test_a_sighting_of_another_row_is_not_split_off(alice_api: APIClient, apart: Any) -> None:
    typed, booked = apart
    foreign = evidence(alice_api, booked["id"])[0]["id"]

    answer = alice_api.post(f"{URL}/{typed['id']}/split-off", {"sighting": foreign})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "NOT_ITS_SIGHTING")
    assert not Verdict.objects.exists()


def test_a_stranger_can_neither_merge_nor_split_off(
    alice_api: APIClient, bob_api: APIClient, bobs_account: Account, apart: Any, rows: Any
) -> None:
    typed, booked = apart
    theirs = TransactionFactory(account=bobs_account)
    before = rows()
    sighting = evidence(alice_api, typed["id"])[0]["id"]

    assert merge(bob_api, theirs.pk, typed["id"]).status_code == 404
    assert merge(bob_api, typed["id"], theirs.pk).status_code == 404
    assert merge(alice_api, typed["id"], uuid4()).status_code == 404
    for row in (theirs.pk, booked["id"]):
        answer = bob_api.post(f"{URL}/{row}/split-off", {"sighting": sighting})
        assert answer.status_code == 404

    assert rows() == before
    assert not Verdict.objects.exists()
