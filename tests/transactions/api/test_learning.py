"""What a person corrects is used from the next row on, for them alone."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories import category_of
from tests.transactions.conftest import Record
from transactions.models import Account, Merchant
from users.models import User

URL = "/api/v1/transactions"


@pytest.fixture
def gifts(alice: User) -> str:
    return str(category_of(alice, "gifts").pk)


def correct(client: APIClient, row: dict[str, Any], category: str) -> dict[str, Any]:
    answer = client.patch(f"{URL}/{row['id']}", {"category": category})
    assert answer.status_code == 200, answer.json()
    return answer.json()


@pytest.mark.parametrize("description", ["ZANZIBAR CORNER 0042 BERLIN", "LIDL 0412", "STARBUCKS STORE 10482"])
def test_a_correction_is_used_for_the_next_row(
    alice_api: APIClient, record: Record, gifts: str, description: str
) -> None:
    corrected = correct(alice_api, record(description=description), gifts)
    assert (corrected["category_source"], corrected["category_reason"]) == ("manual", "You chose it.")

    following = record(description=description)

    assert (following["category"], following["category_source"], following["category_confidence"]) == (
        gifts,
        "correction",
        "1.00",
    )
    assert following["category_reason"]


def test_earlier_rows_stay_as_they_are(alice_api: APIClient, record: Record, gifts: str) -> None:
    earlier, row = record(description="LIDL 0412"), record(description="LIDL 0413")

    correct(alice_api, row, gifts)

    assert alice_api.get(f"{URL}/{earlier['id']}").json() == earlier


def test_the_latest_correction_counts(alice_api: APIClient, alice: User, record: Record, gifts: str) -> None:
    books = str(category_of(alice, "books").pk)
    row = record(description="LIDL 0412")

    correct(alice_api, row, gifts)
    correct(alice_api, row, books)

    assert record(description="LIDL 0412")["category"] == books


def test_a_category_of_ones_own_can_be_taught(alice_api: APIClient, record: Record) -> None:
    own = alice_api.post("/api/v1/categories", {"name": "Sailing", "group": "wants"}).json()

    correct(alice_api, record(description="LIDL 0412"), own["id"])

    following = record(description="LIDL 0412")
    assert (following["category"], following["category_name"]) == (own["id"], "Sailing")


def test_a_category_chosen_while_recording_is_a_lesson_too(record: Record, gifts: str) -> None:
    record(description="LIDL 0412", category=gifts)

    assert record(description="LIDL 0412")["category"] == gifts


def test_putting_a_row_back_as_it_was_teaches_nothing(alice_api: APIClient, record: Record) -> None:
    row = record(description="LIDL 0412")

    alice_api.put(f"{URL}/{row['id']}", row)

    assert Merchant.objects.get().category is None


def test_a_correction_teaches_nobody_else(
    alice_api: APIClient, bob_api: APIClient, bobs_account: Account, record: Record, gifts: str
) -> None:
    correct(alice_api, record(description="LIDL 0412"), gifts)

    body = {
        "account": str(bobs_account.pk),
        "date": "2026-03-10",
        "amount": "-1.00",
        "description": "LIDL 0412",
    }
    theirs = bob_api.post(URL, body).json()

    assert (theirs["category_name"], theirs["category_source"]) == ("Groceries", "dictionary")
    assert Merchant.objects.get(user=bobs_account.user).category is None
