"""A purchase that several sources tell of stays one row."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from transactions.models import Account, Sighting, Transaction

URL = "/api/v1/sightings"


@pytest.fixture
def tell(alice_api: APIClient) -> Any:
    """Tells of a purchase of 12.50 at a café on 10 March."""

    def told(*, client: APIClient = alice_api, **fields: Any) -> Any:
        body = {
            "source": "email",
            "external_id": "message-1",
            "date": "2026-03-10",
            "amount": "-12.50",
            "currency": "EUR",
            "description": "Cafe Luna Berlin",
        } | fields
        return client.post(URL, body)

    return told


def typed(client: APIClient, account: Account, **fields: Any) -> Any:
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-12.50", "description": "Cafe Luna"}
    return client.post("/api/v1/transactions", body | fields)


def test_an_unknown_purchase_makes_a_row_that_waits_for_its_account(tell: Any) -> None:
    answer = tell()

    row = Transaction.objects.get()
    assert answer.status_code == 201
    assert answer.json()["transaction"] == str(row.pk)
    assert (answer.json()["link"], answer.json()["account"]) == ("origin", None)
    assert (row.source, row.account.kind, row.account.name) == ("email", "unassigned", "Not assigned (EUR)")


def test_the_same_telling_again_changes_nothing(tell: Any) -> None:
    first = tell()
    again = tell(amount="-99.00")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Transaction.objects.count() == 1


def test_a_telling_is_found_by_its_own_id_on_any_account(
    alice_api: APIClient, bob_api: APIClient, account: Account, tell: Any
) -> None:
    waiting = tell().json()
    placed = tell(external_id="message-2", account=str(account.pk), amount="-3.00").json()

    for told in (waiting, placed):
        query = {"external_id": told["external_id"]}
        assert alice_api.get(URL, query).json()["results"] == [told]
        assert bob_api.get(URL, query).json()["results"] == []
    assert alice_api.get(URL, {"external_id": "message"}).json()["results"] == []


def test_an_e_mail_a_receipt_and_a_typed_entry_are_one_purchase(
    alice_api: APIClient, account: Account, tell: Any
) -> None:
    row = tell(date="2026-03-09").json()["transaction"]
    receipt = tell(source="receipt", external_id="photo-1", account=str(account.pk)).json()
    entry = typed(alice_api, account, date="2026-03-11", notes="With Ben")

    assert receipt["transaction"] == row
    assert (receipt["link"], receipt["score"]) == ("matched", 86)
    assert entry.status_code == 200
    assert (entry.json()["id"], entry.json()["notes"]) == (row, "With Ben")
    assert entry.json()["account"] == str(account.pk)
    assert Transaction.objects.count() == 1
    seen = alice_api.get(f"/api/v1/transactions/{row}/evidence").json()
    assert [(each["source"], each["link"]) for each in seen] == [
        ("email", "origin"), ("receipt", "matched"), ("manual", "matched"),
    ]  # fmt: skip


def test_an_authorisation_gives_way_to_its_settlement_with_a_tip(account: Account, tell: Any) -> None:
    tell(status="pending", account=str(account.pk), description="Restaurant Luna", external_id="auth")
    settled = tell(
        date="2026-03-12", amount="-14.00", account=str(account.pk), description="Restaurant Luna", external_id="done"
    )  # fmt: skip

    row = Transaction.objects.get()
    assert settled.json()["reasons"][0] == "It is the authorised amount with a tip."
    assert (str(row.amount), row.status, row.date.isoformat()) == ("-14.0000", "posted", "2026-03-12")


def test_a_strangers_account_cannot_be_named_and_nothing_is_told(
    bob_api: APIClient, account: Account, tell: Any
) -> None:
    answer = tell(client=bob_api, account=str(account.pk))

    assert answer.status_code == 404
    assert not Sighting.objects.exists()


def test_a_stranger_sees_no_sightings(bob_api: APIClient, tell: Any) -> None:
    told = tell().json()

    assert bob_api.get(URL).json()["results"] == []
    assert bob_api.get(f"{URL}/{told['id']}").status_code == 404


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"source": "manual"}, "/source"),
        ({"source": "statement"}, "/source"),
        ({"amount": "-12.501"}, "/amount"),
        ({"external_id": ""}, "/external_id"),
        ({"currency": "XXZ"}, "/currency"),
    ],
)
def test_a_mistake_is_named(tell: Any, fields: dict[str, str], pointer: str) -> None:
    answer = tell(**fields)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Transaction.objects.exists()


def test_what_a_source_books_of_its_own_takes_the_day_and_amount_that_were_settled(
    tell: Any, alice_api: APIClient, account: Account
) -> None:
    tell(status="pending", account=str(account.pk), external_id="auth", amount="-40.00")

    again = tell(account=str(account.pk), external_id="auth", amount="-46.00", date="2026-03-12")

    assert (again.status_code, again.json()["status"], again.json()["amount"]) == (200, "posted", "-46.00")
    row = Transaction.objects.get()
    assert (str(row.amount), row.status, row.date.isoformat()) == ("-46.0000", "posted", "2026-03-12")
    (shown,) = alice_api.get("/api/v1/accounts").json()["results"]
    assert (shown["balance"], shown["pending"]) == ("-46.00", "0.00")
    tell(account=str(account.pk), external_id="auth", amount="-99.00")
    assert str(Transaction.objects.get().amount) == "-46.0000"
