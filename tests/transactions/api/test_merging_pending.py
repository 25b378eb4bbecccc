"""A pending row into which the person merges a booked one is booked, until the two are told apart."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import TransactionFactory, category_of
from tests.transactions.api.conftest import Bring
from tests.transactions.api.test_merging import LIDL, merge, split_off, unchanged, undo
from tests.transactions.conftest import Record
from transactions.models import Transaction

SETTLED = {"date": "2026-03-10", "amount": "-38.27", "account_amount": "-38.27", "base_amount": "-38.27"}


@pytest.fixture
def held(record: Record) -> dict[str, Any]:
    """What the card was authorised for."""
    return record(
        date="2026-03-08", description="Weekly shopping", amount="-50.00", status="pending", notes="for Ada"
    )


@pytest.fixture
def booked(held: dict[str, Any], bring_in: Bring, rows: Any) -> dict[str, Any]:
    bring_in(LIDL)
    (row,) = (each for each in rows() if each["id"] != held["id"])
    return row


def test_a_pending_row_is_booked_with_the_day_and_amount_of_the_bank(
    alice_api: APIClient, held: dict[str, Any], booked: dict[str, Any]
) -> None:
    answer = merge(alice_api, held["id"], booked["id"])

    assert unchanged(answer.json()) == unchanged(held) | SETTLED | {"status": "posted"}
    assert alice_api.get("/api/v1/accounts").json()["results"][0]["balance"] == "-38.27"
    last = AuditEntry.objects.filter(object_id=held["id"]).latest("id")
    assert last.changes["status"] == ["pending", "posted"]


def test_told_apart_it_is_pending_again(
    alice_api: APIClient, held: dict[str, Any], booked: dict[str, Any], rows: Any
) -> None:
    merge(alice_api, held["id"], booked["id"])

    split_off(alice_api, held["id"], source="statement")

    assert [unchanged(row) for row in rows()] == [unchanged(held), unchanged(booked)]


def test_an_undone_import_leaves_it_pending(
    alice_api: APIClient, held: dict[str, Any], bring_in: Bring, rows: Any
) -> None:
    job = bring_in(LIDL)
    merge(alice_api, held["id"], rows()[1]["id"])

    undo(alice_api, job)

    assert [unchanged(row) for row in rows()] == [unchanged(held)]


def test_what_is_typed_books_nothing(alice_api: APIClient, held: dict[str, Any], record: Record) -> None:
    typed = record(date="2026-03-10", description="Lidl", amount="-38.27")

    answer = merge(alice_api, held["id"], typed["id"])

    assert unchanged(answer.json()) == unchanged(held)


def test_the_amount_of_a_row_with_parts_stays(
    alice_api: APIClient, alice: Any, held: dict[str, Any], booked: dict[str, Any]
) -> None:
    parts = [
        {"amount": amount, "category": str(category_of(alice, code).pk)}
        for amount, code in (("-30.00", "groceries"), ("-20.00", "home"))
    ]
    assert alice_api.patch(f"/api/v1/transactions/{held['id']}", {"splits": parts}).status_code == 200

    merged = merge(alice_api, held["id"], booked["id"]).json()

    assert (merged["status"], merged["date"], merged["amount"]) == ("posted", "2026-03-10", "-50.00")


def test_the_amount_of_a_row_with_refunds_stays(
    alice_api: APIClient, held: dict[str, Any], booked: dict[str, Any]
) -> None:
    row = Transaction.objects.get(pk=held["id"])
    TransactionFactory(account=row.account, amount="45.00", date="2026-03-20", refund_of=row)

    merged = merge(alice_api, held["id"], booked["id"]).json()

    assert (merged["status"], merged["amount"]) == ("posted", "-50.00")
