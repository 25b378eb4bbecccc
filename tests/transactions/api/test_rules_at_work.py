"""Rules on rows that come in: which of them fit, and what they may change."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import (
    AccountFactory,
    MerchantFactory,
    TagFactory,
    category_of,
)
from tests.transactions.api.conftest import Bring, Make
from tests.transactions.conftest import Record
from users.models import User

URL = "/api/v1/rules"
ROWS = "/api/v1/transactions"


def test_a_typed_row_is_changed_by_all_rules_and_the_first_wins(
    alice: User, record: Record, make: Make
) -> None:
    books, gifts = (str(category_of(alice, code).pk) for code in ("books", "gifts"))
    tags = sorted(str(TagFactory(user=alice).pk) for _ in range(2))
    make(name="Second", position=2, text="ZANZIBAR", set_category=gifts, add_tags=tags[:1], set_notes="two")
    make(name="First", position=1, text="zanzibar", set_category=books, add_tags=tags[1:], is_ignored=True)
    make(name="Off", position=0, text="zanzibar", set_notes="never", is_active=False)

    row = record(description="Zanzibar Corner")

    assert (row["category"], row["category_source"], row["category_confidence"]) == (books, "rule", "1.00")
    assert row["category_reason"] == "Your rule “First” says so."
    assert (row["tags"], row["notes"], row["is_ignored"]) == (tags, "two", True)


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({"pattern": r"^zan.*\d{3}$"}, True),
        ({"pattern": r"^corner"}, False),
        ({"amount_min": "10", "amount_max": "10.00"}, True),
        ({"amount_min": "10.01"}, False),
        ({"direction": "out"}, True),
        ({"direction": "in"}, False),
        ({"text": "corner", "direction": "in"}, False),
    ],
)
def test_all_conditions_must_hold(record: Record, make: Make, condition: dict[str, str], fits: bool) -> None:
    make(name="Conditions", **condition)

    assert record(description="ZANZIBAR CORNER 815", amount="-10.00")["is_ignored"] is fits


def test_a_rule_can_be_about_an_account_or_a_merchant(alice: User, record: Record, make: Make) -> None:
    cash, merchant = AccountFactory(user=alice, name="Cash"), MerchantFactory(user=alice)
    make(name="Cash", account=str(cash.pk), set_notes="cash")
    make(name="Merchant", merchant=str(merchant.pk), set_notes="merchant")

    found = [record(), record(account=str(cash.pk)), record(merchant=str(merchant.pk))]

    assert [row["notes"] for row in found] == ["", "cash", "merchant"]


def test_rows_of_an_import_are_changed_before_anybody_sees_them(
    alice: User, make: Make, bring_in: Bring, rows: Any
) -> None:
    gifts = category_of(alice, "gifts")
    make(set_category=str(gifts.pk))

    bring_in(("2026-03-10", "ZANZIBAR 1", "-1.00"), ("2026-03-11", "LIDL", "-2.00"))

    assert [(row["category_code"], row["category_source"]) for row in rows()] == [
        ("gifts", "rule"),
        ("groceries", "dictionary"),
    ]
    entries = AuditEntry.objects.filter(object_id=rows()[0]["id"]).order_by("id")
    assert [(entry.action, entry.via) for entry in entries] == [("created", "import"), ("updated", "import")]
    assert entries[1].changes["rules"] == ["Zanzibar"]


def test_a_transfer_by_rule_is_neither_earned_nor_spent(
    alice_api: APIClient, record: Record, make: Make
) -> None:
    make(is_transfer=True)

    row = record(description="ZANZIBAR")

    assert (row["kind"], row["category_code"]) == ("transfer", "transfer")
    assert alice_api.get(f"{ROWS}/summary").json()["spent"] == "0.00"


def test_an_ignored_row_counts_in_the_balance_and_nowhere_else(
    alice_api: APIClient, record: Record, make: Make
) -> None:
    make(is_ignored=True)
    record(description="ZANZIBAR", amount="-10.00")
    record(amount="-1.00")

    assert alice_api.get(f"{ROWS}/summary").json()["spent"] == "1.00"
    assert alice_api.get("/api/v1/accounts").json()["results"][0]["balance"] == "-11.00"
    for wanted, count in (("true", 1), ("false", 1)):
        assert len(alice_api.get(ROWS, {"is_ignored": wanted}).json()["results"]) == count


def test_what_a_person_chose_for_a_typed_row_holds_against_every_rule(
    alice: User, record: Record, make: Make
) -> None:
    books, gifts = (str(category_of(alice, code).pk) for code in ("books", "gifts"))
    mine, theirs = (str(MerchantFactory(user=alice).pk) for _ in range(2))
    make(set_category=gifts, set_merchant=theirs, set_notes="by rule")

    row = record(description="ZANZIBAR", category=books, merchant=mine, notes="my own")

    assert (row["category"], row["merchant"], row["notes"]) == (books, mine, "my own")
    assert row["category_source"] == "manual"


def test_the_rules_of_others_change_nothing(bob_api: APIClient, record: Record) -> None:
    bob_api.post(URL, {"name": "All", "text": "zanzibar", "is_ignored": True})

    assert record(description="ZANZIBAR")["is_ignored"] is False
