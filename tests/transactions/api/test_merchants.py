"""``/api/v1/merchants``."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import MerchantFactory, TransactionFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Merchant
from users.models import User

URL = "/api/v1/merchants"


def test_a_merchant_is_known_by_the_name_that_stands_on_statements(alice_api: APIClient) -> None:
    answer = alice_api.post(URL, {"name": "Kwik-E-Mart #204"})

    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["name"], shown["category"]) == ("Kwik-E-Mart #204", None)
    assert shown["key"] == Merchant.objects.get(pk=shown["id"]).key != ""


def test_the_same_merchant_is_not_added_twice(alice_api: APIClient) -> None:
    alice_api.post(URL, {"name": "Blue Bottle"})

    answer = alice_api.post(URL, {"name": "BLUE BOTTLE"})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "MERCHANT_EXISTS")
    assert Merchant.objects.count() == 1


@pytest.mark.parametrize("name", ["", "  ", "***", "x" * 101])
def test_a_name_must_name_somebody(alice_api: APIClient, name: str) -> None:
    answer = alice_api.post(URL, {"name": name})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/name")
    assert not Merchant.objects.exists()


def test_a_taught_category_is_that_of_the_next_row(alice_api: APIClient, alice: User, record: Record) -> None:
    gifts = category_of(alice, "gifts")
    alice_api.post(URL, {"name": "Zanzibar Corner", "category": str(gifts.pk)})

    row = record(description="ZANZIBAR CORNER 0042")

    assert (row["category"], row["category_source"], row["category_confidence"]) == (
        str(gifts.pk),
        "correction",
        "1.00",
    )


def test_null_unteaches(alice_api: APIClient, alice: User, record: Record) -> None:
    first = record(description="ZANZIBAR CORNER", category=str(category_of(alice, "gifts").pk))

    answer = alice_api.patch(f"{URL}/{first['merchant']}", {"category": None})

    assert answer.json()["category"] is None
    assert record(description="ZANZIBAR CORNER")["category_name"] == "Uncategorised"


def test_a_new_name_shows_on_every_row(alice_api: APIClient, record: Record) -> None:
    row = record(description="ZANZIBAR CORNER")

    alice_api.patch(f"{URL}/{row['merchant']}", {"name": "The corner"})

    assert alice_api.get(f"/api/v1/transactions/{row['id']}").json()["merchant_name"] == "The corner"
    assert record(description="ZANZIBAR CORNER")["merchant"] == row["merchant"]


def test_what_was_read_can_be_put_back_unchanged(alice_api: APIClient, alice: User) -> None:
    merchant = MerchantFactory(user=alice, category=category_of(alice, "coffee"))
    shown = alice_api.get(f"{URL}/{merchant.pk}").json()

    again = alice_api.put(f"{URL}/{merchant.pk}", shown)

    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert not AuditEntry.objects.exists()


def test_a_deleted_merchant_leaves_its_rows(alice_api: APIClient, record: Record) -> None:
    row = record(description="ZANZIBAR CORNER")

    assert alice_api.delete(f"{URL}/{row['merchant']}").status_code == 204

    shown = alice_api.get(f"/api/v1/transactions/{row['id']}").json()
    assert (shown["merchant"], shown["merchant_name"], shown["description"]) == (
        None,
        None,
        "ZANZIBAR CORNER",
    )


def test_a_list_is_ordered_by_name_and_searched_by_text(alice_api: APIClient, alice: User, bob: User) -> None:
    for name in ("Shell", "Aral", "Shellfish Bar"):
        MerchantFactory(user=alice, name=name)
    MerchantFactory(user=bob, name="Shell of Bob")

    assert [one["name"] for one in alice_api.get(URL).json()["results"]] == ["Aral", "Shell", "Shellfish Bar"]
    assert [one["name"] for one in alice_api.get(URL, {"text": "shell"}).json()["results"]] == [
        "Shell",
        "Shellfish Bar",
    ]


def test_a_strangers_category_cannot_be_taught(bob_api: APIClient, alice: User) -> None:
    answer = bob_api.post(URL, {"name": "Aral", "category": str(category_of(alice, "fuel").pk)})

    assert (answer.status_code, answer.json()["details"]["pointer"]) == (404, "/category")
    assert not Merchant.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_strangers_merchant_does_not_exist(bob_api: APIClient, alice: User, method: str) -> None:
    merchant = TransactionFactory(account__user=alice, merchant=MerchantFactory(user=alice)).merchant
    body: dict[str, Any] = {"name": "Mine", "category": None}

    answer = getattr(bob_api, method)(f"{URL}/{merchant.pk}", body if method in {"put", "patch"} else None)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert Merchant.objects.get(pk=merchant.pk).name == merchant.name
