"""What a person deleted stays deleted, whichever other source tells of it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import AccountFactory
from tests.ingest.conftest import URL as STATEMENTS
from tests.transactions.api.conftest import Bring, counts, ofx_of
from tests.transactions.conftest import Record
from transactions.models import Account, Sighting, Transaction
from users.models import User

URL = "/api/v1/transactions"
LIDL = ("2026-03-10", "LIDL 0412 BERLIN", "-38.27")
TYPED = {"date": "2026-03-09", "description": "Lidl", "amount": "-38.27"}


@pytest.fixture
def trash(alice_api: APIClient) -> Any:
    """Ids in alice's trash."""
    return lambda: [row["id"] for row in alice_api.get(f"{URL}/trash").json()["results"]]


@pytest.fixture
def tell(alice_api: APIClient) -> Any:
    """Tells by mail of the purchase at Lidl."""

    def told(**fields: Any) -> Any:
        body = {
            "source": "email",
            "external_id": "message-1",
            "date": "2026-03-10",
            "amount": "-38.27",
            "currency": "EUR",
            "description": "LIDL 0412 BERLIN",
        } | fields
        return alice_api.post("/api/v1/sightings", body)

    return told


def delete(client: APIClient, row: str) -> None:
    assert client.delete(f"{URL}/{row}").status_code == 204


def told_of(client: APIClient, row: str) -> list[tuple[str, str]]:
    seen = client.get("/api/v1/sightings", {"transaction": row, "ordering": "created_at"}).json()["results"]
    return [(one["source"], one["channel"]) for one in seen]


def undo(client: APIClient, job: dict[str, Any]) -> None:
    assert client.post(f"{STATEMENTS}/{job['id']}/undo").status_code == 200


def balances(client: APIClient) -> dict[str, str]:
    return {one["name"]: one["balance"] for one in client.get("/api/v1/accounts").json()["results"]}


def test_a_statement_that_tells_of_a_deleted_row_does_not_bring_it_back(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any, trash: Any
) -> None:
    typed = record(**TYPED)
    delete(alice_api, typed["id"])

    job = bring_in(LIDL)

    assert counts(job) == {"deleted": 1}
    assert (rows(), trash()) == ([], [typed["id"]])
    assert told_of(alice_api, typed["id"]) == [("manual", ""), ("statement", "csv")]
    assert balances(alice_api) == {"Everyday": "0.00"}
    assert counts(bring_in(LIDL)) == {"deleted": 1}


def test_another_format_of_a_statement_does_not_bring_back_what_was_deleted_of_the_first(
    alice_api: APIClient, bring_in: Bring, rows: Any, trash: Any
) -> None:
    bring_in(LIDL, ("2026-03-11", "ARAL STATION 4711", "-58.21"))
    deleted, kept = (row["id"] for row in rows())
    delete(alice_api, deleted)

    job = bring_in(content=ofx_of([LIDL, ("2026-03-11", "ARAL STATION 4711", "-58.21")]), filename="a.ofx")

    assert counts(job) == {"matched": 1, "deleted": 1}
    assert ([row["id"] for row in rows()], trash()) == ([kept], [deleted])


def test_a_mail_that_tells_of_a_deleted_row_is_a_sighting_of_it(
    alice_api: APIClient, account: Account, record: Record, rows: Any, trash: Any, tell: Any
) -> None:
    typed = record(**TYPED)
    delete(alice_api, typed["id"])

    answer = tell(account=str(account.pk))

    assert (answer.status_code, answer.json()["transaction"]) == (201, typed["id"])
    assert (answer.json()["link"], answer.json()["score"]) == ("matched", 96)
    assert (rows(), trash()) == ([], [typed["id"]])
    assert tell(account=str(account.pk)).status_code == 200
    assert Transaction.objects.count() == 1


def test_a_dry_run_counts_a_deleted_row_as_the_import_would(
    alice_api: APIClient, record: Record, bring_in: Bring
) -> None:
    delete(alice_api, record(**TYPED)["id"])
    before = list(Transaction.objects.values())

    job = bring_in(LIDL, ("2026-03-12", "REWE", "-1.00"), dry_run="true")

    assert counts(job) == {"deleted": 1, "new": 1}
    assert list(Transaction.objects.values()) == before
    assert Sighting.objects.count() == 1


@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_who_asks_for_deleted_rows_gets_them_back(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any, dry_run: str
) -> None:
    typed = record(**TYPED)
    delete(alice_api, typed["id"])

    job = bring_in(LIDL, restore_deleted="true", dry_run=dry_run)

    assert counts(job) == {"restored": 1}
    assert [row["id"] for row in rows()] == ([] if dry_run == "true" else [typed["id"]])
    if dry_run == "false":
        trail = AuditEntry.objects.filter(object_id=typed["id"]).order_by("id")
        assert [entry.action for entry in trail] == ["created", "deleted", "updated", "restored"]
        assert counts(bring_in(LIDL)) == {"duplicate": 1}


def test_a_row_that_is_restored_knows_what_was_told_of_it_meanwhile(
    alice_api: APIClient, alice: User, account: Account, record: Record, bring_in: Bring, rows: Any
) -> None:
    nowhere = AccountFactory(user=alice, name="Not assigned", kind="unassigned")
    typed = record(**TYPED, account=str(nowhere.pk), status="pending")
    delete(alice_api, typed["id"])
    assert counts(bring_in(LIDL)) == {"deleted": 1}
    assert balances(alice_api) == {"Everyday": "0.00", "Not assigned": "0.00"}

    alice_api.post(f"{URL}/{typed['id']}/restore")

    (row,) = rows()
    assert (row["account"], row["status"], row["date"]) == (str(account.pk), "posted", "2026-03-10")
    assert balances(alice_api) == {"Everyday": "-38.27", "Not assigned": "0.00"}


def test_a_live_row_comes_before_a_surer_one_in_the_trash(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any, trash: Any
) -> None:
    deleted = record(**(TYPED | {"date": "2026-03-10"}))
    delete(alice_api, deleted["id"])
    live = record(**(TYPED | {"date": "2026-03-07"}))

    assert counts(bring_in(LIDL)) == {"matched": 1}

    assert ([row["id"] for row in rows()], trash()) == ([live["id"]], [deleted["id"]])
    assert told_of(alice_api, deleted["id"]) == [("manual", "")]


def test_of_two_equal_purchases_the_one_that_was_deleted_stays_so(
    alice_api: APIClient, bring_in: Bring, rows: Any, trash: Any
) -> None:
    bring_in(LIDL, LIDL)
    deleted, live = (row["id"] for row in rows())
    delete(alice_api, deleted)

    job = bring_in(content=ofx_of([LIDL, LIDL, LIDL]), filename="march.ofx")

    assert counts(job) == {"matched": 1, "deleted": 1, "new": 1}
    assert trash() == [deleted]
    assert len(rows()) == 2
    assert live in [row["id"] for row in rows()]


def test_what_is_typed_again_is_wanted_again(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any, trash: Any
) -> None:
    bring_in(LIDL)
    (booked,) = rows()
    delete(alice_api, booked["id"])

    answer = alice_api.post(URL, {"account": str(account.pk)} | TYPED)

    assert answer.status_code == 201
    assert ([row["id"] for row in rows()], trash()) == ([answer.json()["id"]], [booked["id"]])


def test_rows_of_an_undone_import_take_no_sighting(alice_api: APIClient, bring_in: Bring, rows: Any) -> None:
    undo(alice_api, bring_in(LIDL))

    assert counts(bring_in(content=ofx_of([LIDL]), filename="march.ofx")) == {"new": 1}
    assert counts(bring_in(LIDL)) == {"matched": 1}
    assert len(rows()) == 1


def test_rows_that_all_imports_took_back_take_no_sighting_and_are_in_no_trash(
    alice_api: APIClient, bring_in: Bring, rows: Any, trash: Any
) -> None:
    first = bring_in(LIDL)
    second = bring_in(content=ofx_of([LIDL]), filename="march.ofx")

    undo(alice_api, first)
    undo(alice_api, second)

    assert (rows(), trash()) == ([], [])
    assert counts(bring_in(LIDL)) == {"new": 1}


def test_a_row_that_was_merged_takes_no_sighting(
    alice_api: APIClient, apart: Any, bring_in: Bring, rows: Any, tell: Any
) -> None:
    typed, booked = apart
    alice_api.post(f"{URL}/{typed['id']}/merge", {"other": booked["id"]})

    answer = tell()

    assert answer.json()["link"] == "origin"
    assert [row["id"] for row in rows()] == [typed["id"], answer.json()["transaction"]]


def test_the_deletion_outlives_an_import_that_is_undone(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any, trash: Any
) -> None:
    typed = record(**TYPED)
    delete(alice_api, typed["id"])
    undo(alice_api, bring_in(LIDL))

    assert told_of(alice_api, typed["id"]) == [("manual", "")]
    assert counts(bring_in(LIDL)) == {"deleted": 1}
    assert (rows(), trash()) == ([], [typed["id"]])


def test_what_the_person_kept_apart_is_not_lost_in_the_trash(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any, trash: Any
) -> None:
    typed = record(**TYPED)
    job = bring_in(LIDL)
    (seen,) = [
        one["id"] for one in alice_api.get(f"{URL}/{typed['id']}/evidence").json() if one["channel"] == "csv"
    ]
    alice_api.post(f"{URL}/{typed['id']}/split-off", {"sighting": seen})
    delete(alice_api, typed["id"])
    undo(alice_api, job)

    assert counts(bring_in(LIDL)) == {"new": 1}
    assert (len(rows()), trash()) == (1, [typed["id"]])


def test_what_the_person_said_is_one_purchase_stays_so_in_the_trash(
    alice_api: APIClient, apart: Any, bring_in: Bring, rows: Any, trash: Any
) -> None:
    typed, booked = apart
    alice_api.post(f"{URL}/{typed['id']}/merge", {"other": booked["id"]})
    undo(alice_api, {"id": booked["import_id"]})
    delete(alice_api, typed["id"])

    assert counts(bring_in(LIDL)) == {"deleted": 1}
    assert (rows(), trash()) == ([], [typed["id"]])


def test_a_strangers_trash_takes_no_sighting(
    bob_api: APIClient, bobs_account: Account, bring_in: Bring, rows: Any
) -> None:
    theirs = bob_api.post(URL, {"account": str(bobs_account.pk)} | TYPED).json()
    delete(bob_api, theirs["id"])

    assert counts(bring_in(LIDL)) == {"new": 1}
    assert len(rows()) == 1
    assert told_of(bob_api, theirs["id"]) == [("manual", "")]


def test_the_trash_costs_an_import_no_query_a_row(
    alice_api: APIClient, record: Record, bring_in: Bring
) -> None:
    queries = []
    for day, number in (("2026-03-01", 1), ("2026-03-20", 12)):
        lines = [(day, f"SHOP {letter * 5}", "-1.00") for letter in "ABCDEFGHIJKL"[:number]]
        for _, text, amount in lines:
            delete(alice_api, record(date=day, description=text, amount=amount)["id"])
        with CaptureQueriesContext(connection) as captured:
            assert counts(bring_in(*lines)) == {"deleted": number}
        queries.append(len(captured))

    assert queries[0] == queries[1]
