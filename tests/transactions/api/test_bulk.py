"""Up to a thousand rows in one request, each with an outcome of its own."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import TransactionFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Account, Merchant, Transaction
from users.models import User

URL = "/api/v1/transactions/bulk"
NOTHING = {"error": "", "error_code": "", "errors": []}


@pytest.fixture
def good(account: Account) -> Callable[..., dict[str, Any]]:
    """The body of a row that can be recorded."""
    return lambda **fields: {"account": str(account.pk), "date": "2026-03-10", "amount": "-10.00"} | fields


def outcomes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [row["outcome"] for row in answer.json()["rows"]]


def test_rows_are_recorded_and_named_by_their_ids(alice_api: APIClient, good: Any) -> None:
    rows = [good(description="LIDL 0412"), good(amount="12.00")]

    answer = alice_api.post(f"{URL}/create", {"rows": rows})

    body = answer.json()
    assert (body["dry_run"], body["counts"]) == (False, {"created": 2})
    assert [row["index"] for row in body["rows"]] == [0, 1]
    for asked, row in zip(rows, body["rows"], strict=True):
        assert row | NOTHING == row
        shown = alice_api.get(f"/api/v1/transactions/{row['id']}").json()
        assert {name: shown[name] for name in asked} == asked


def test_a_bad_row_loses_only_itself_and_says_where(alice_api: APIClient, bob: User, good: Any) -> None:
    foreign = str(category_of(bob, "coffee").pk)
    rows = [
        good(),
        good(amount="-1.005"),
        good(category=foreign),
        good(splits=[{"amount": "-1.00", "category": "x"}]),
        good(colour="red"),
        {},
        good(),
    ]

    answer = alice_api.post(f"{URL}/create", {"rows": rows})

    assert outcomes(answer) == ["created", "error", "error", "error", "error", "error", "created"]
    found = [[error["pointer"] for error in row["errors"]] for row in answer.json()["rows"]]
    assert found[1:5] == [
        ["/rows/1/amount"],
        ["/rows/2/category"],
        ["/rows/3/splits/0/category"],
        ["/rows/4/colour"],
    ]
    assert set(found[5]) == {"/rows/5/account", "/rows/5/date", "/rows/5/amount"}
    assert [row["error_code"] for row in answer.json()["rows"]][1:3] == ["VALIDATION_ERROR", "NOT_FOUND"]
    assert answer.json()["counts"] == {"created": 2, "error": 5}
    assert Transaction.objects.count() == 2


def test_a_row_that_came_before_is_a_duplicate(alice_api: APIClient, record: Record, good: Any) -> None:
    there, gone = record(external_id="1")["id"], record(external_id="3", amount="-3.00")["id"]
    alice_api.delete(f"/api/v1/transactions/{gone}")
    deleted_at = alice_api.get(f"/api/v1/transactions/{gone}").json()["deleted_at"]
    asked = [good(external_id=name) for name in ("1", "2", "2", "3")]

    answer = alice_api.post(f"{URL}/create", {"rows": asked})

    assert outcomes(answer) == ["duplicate", "created", "duplicate", "duplicate"]
    rows = answer.json()["rows"]
    assert [row["id"] for row in rows] == [there, rows[1]["id"], rows[1]["id"], gone]
    assert [row["deleted_at"] for row in rows] == [None, None, None, deleted_at]
    assert Transaction.objects.count() == 3


def test_an_undone_request_names_no_row_that_it_made(alice_api: APIClient, record: Record, good: Any) -> None:
    there = record(external_id="1")["id"]
    rows = [good(external_id=name) for name in ("1", "2", "2")]

    answer = alice_api.post(f"{URL}/create", {"dry_run": True, "rows": rows})

    assert outcomes(answer) == ["duplicate", "created", "duplicate"]
    assert [row["id"] for row in answer.json()["rows"]] == [there, None, None]


def test_a_dry_run_leaves_nothing_behind(alice_api: APIClient, good: Any) -> None:
    rows = [good(description="ZANZIBAR CORNER", external_id="1"), good(external_id="1"), good(amount="x")]

    answer = alice_api.post(f"{URL}/create", {"dry_run": True, "rows": rows})

    assert outcomes(answer) == ["created", "duplicate", "error"]
    assert (answer.json()["dry_run"], answer.json()["rows"][0]["id"]) == (True, None)
    assert not Transaction.objects.exists()
    assert not Merchant.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_atomic_request_with_a_bad_row_does_nothing(alice_api: APIClient, good: Any) -> None:
    rows = [good(external_id="1"), good(amount="x"), good(external_id="1")]

    answer = alice_api.post(f"{URL}/create", {"atomic": True, "rows": rows})

    assert outcomes(answer) == ["not_done", "error", "duplicate"]
    assert [row["id"] for row in answer.json()["rows"]] == [None, None, None]
    assert not Transaction.objects.exists()


def test_an_atomic_request_without_a_bad_row_is_done(alice_api: APIClient, good: Any) -> None:
    answer = alice_api.post(f"{URL}/create", {"atomic": True, "rows": [good(), good()]})

    assert outcomes(answer) == ["created", "created"]
    assert Transaction.objects.count() == 2


def test_a_category_chosen_in_one_row_is_used_for_the_next(
    alice_api: APIClient, alice: User, good: Any
) -> None:
    gifts = str(category_of(alice, "gifts").pk)
    rows = [good(description="ZANZIBAR CORNER", category=gifts), good(description="ZANZIBAR CORNER 2")]

    alice_api.post(f"{URL}/create", {"rows": rows})

    assert set(Transaction.objects.values_list("category_source", flat=True)) == {"manual", "correction"}


def test_rows_are_changed_by_id(alice_api: APIClient, record: Record) -> None:
    first, second = record(), record(notes="kept")

    answer = alice_api.post(
        f"{URL}/update",
        {"rows": [{"id": first["id"], "amount": "-11.00"}, {"id": second["id"], "date": "2026-01-01"}]},
    )

    assert outcomes(answer) == ["updated", "updated"]
    assert [row["id"] for row in answer.json()["rows"]] == [first["id"], second["id"]]
    assert alice_api.get(f"/api/v1/transactions/{first['id']}").json()["base_amount"] == "-11.00"
    changed = alice_api.get(f"/api/v1/transactions/{second['id']}").json()
    assert (changed["date"], changed["notes"]) == ("2026-01-01", "kept")


def test_what_was_listed_can_be_sent_back_in_bulk(alice_api: APIClient, record: Record) -> None:
    for number in range(3):
        record(description=f"LIDL {number}", amount="-3.00", currency="USD")
    listed = alice_api.get("/api/v1/transactions").json()["results"]

    answer = alice_api.post(f"{URL}/update", {"rows": listed})

    assert outcomes(answer) == ["updated"] * 3
    again = alice_api.get("/api/v1/transactions").json()["results"]
    assert [row | {"updated_at": ""} for row in again] == [row | {"updated_at": ""} for row in listed]


def test_a_change_that_is_wrong_is_named_by_its_row(
    alice_api: APIClient, bobs_account: Account, record: Record
) -> None:
    row = record()
    theirs = TransactionFactory(account=bobs_account)
    rows = [
        {"id": row["id"], "amount": "-1.005"},
        {"id": str(theirs.pk), "notes": "mine now"},
        {"id": str(uuid4()), "notes": "x"},
        {"id": "seven", "notes": "x"},
        {"notes": "x"},
        {"id": row["id"], "account": str(bobs_account.pk)},
        {"id": row["id"], "splits": [{"amount": "-1.00", "category": row["category"]}]},
    ]

    answer = alice_api.post(f"{URL}/update", {"rows": rows})

    assert set(outcomes(answer)) == {"error"}
    assert [one["errors"][0]["pointer"] for one in answer.json()["rows"]] == [
        "/rows/0/amount",
        "/rows/1/id",
        "/rows/2/id",
        "/rows/3/id",
        "/rows/4/id",
        "/rows/5/account",
        "/rows/6/splits",
    ]
    assert [one["error_code"] for one in answer.json()["rows"]] == [
        "VALIDATION_ERROR",
        "NOT_FOUND",
        "NOT_FOUND",
        "VALIDATION_ERROR",
        "VALIDATION_ERROR",
        "NOT_FOUND",
        "VALIDATION_ERROR",
    ]
    theirs.refresh_from_db()
    assert theirs.notes == ""
    assert alice_api.get(f"/api/v1/transactions/{row['id']}").json() == row


@pytest.mark.parametrize("mode", [{"dry_run": True}, {"atomic": True}])
def test_changes_are_not_kept_on_a_dry_run_or_where_one_fails(
    alice_api: APIClient, record: Record, mode: dict[str, bool]
) -> None:
    row = record()
    rows = [{"id": row["id"], "amount": "-99.00"}, {"id": row["id"], "amount": "x"}]

    alice_api.post(f"{URL}/update", mode | {"rows": rows})

    assert alice_api.get(f"/api/v1/transactions/{row['id']}").json() == row
    assert AuditEntry.objects.filter(object_id=row["id"]).count() == 1


def test_rows_are_deleted_by_id(alice_api: APIClient, bobs_account: Account, record: Record) -> None:
    first, second = record(), record()
    theirs = TransactionFactory(account=bobs_account)

    answer = alice_api.post(
        f"{URL}/delete", {"rows": [first["id"], str(theirs.pk), first["id"], second["id"]]}
    )

    assert outcomes(answer) == ["deleted", "error", "error", "deleted"]
    assert answer.json()["rows"][1]["errors"][0]["pointer"] == "/rows/1"
    assert {str(pk) for pk in Transaction.objects.trashed().values_list("pk", flat=True)} == {
        first["id"],
        second["id"],
    }
    theirs.refresh_from_db()
    assert theirs.deleted_at is None


def test_a_half_of_a_transfer_stops_an_atomic_deletion(
    alice_api: APIClient, alice: User, record: Record
) -> None:
    row, half = record(), TransactionFactory(account__user=alice)
    other = TransactionFactory(account__user=alice, amount=10)
    alice_api.post("/api/v1/transfers", {"outflow": str(half.pk), "inflow": str(other.pk)})

    answer = alice_api.post(f"{URL}/delete", {"atomic": True, "rows": [row["id"], str(half.pk)]})

    assert outcomes(answer) == ["not_done", "error"]
    assert answer.json()["rows"][1]["error_code"] == "TRANSACTION_IN_TRANSFER"
    assert not Transaction.objects.filter(deleted_at__isnull=False).exists()


@pytest.mark.parametrize("action", ["create", "update", "delete"])
@pytest.mark.parametrize("body", [{}, {"rows": []}, {"rows": "all"}, {"rows": [{}], "all": True}])
def test_a_request_without_rows_is_refused(alice_api: APIClient, action: str, body: dict[str, Any]) -> None:
    assert alice_api.post(f"{URL}/{action}", body).status_code == 400


def test_a_thousand_rows_and_no_more(alice_api: APIClient) -> None:
    refused = alice_api.post(f"{URL}/update", {"rows": [{}] * 1001})
    taken = alice_api.post(f"{URL}/update", {"rows": [{}] * 1000})

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/rows")
    assert outcomes(taken) == ["error"] * 1000


def test_a_further_row_costs_few_queries(
    alice_api: APIClient, good: Any, django_assert_max_num_queries: Any
) -> None:
    rows = [good(description="LIDL 0412", amount=f"-{number}.00") for number in range(1, 51)]

    with django_assert_max_num_queries(20 + 14 * len(rows)):
        answer = alice_api.post(f"{URL}/create", {"rows": rows})

    assert answer.json()["counts"] == {"created": 50}
