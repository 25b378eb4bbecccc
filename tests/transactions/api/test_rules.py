"""``/api/v1/rules``: what a person wants done with rows of a kind."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import (
    MerchantFactory,
    PersonFactory,
    TagFactory,
    TransactionFactory,
    category_of,
)
from tests.transactions.api.conftest import Make
from tests.transactions.conftest import Record
from transactions.models import Account, Rule, Transaction
from transactions.services import rules
from users.models import User

URL = "/api/v1/rules"
ROWS = "/api/v1/transactions"


def test_a_rule_has_all_that_was_said_and_nothing_else(alice_api: APIClient, alice: User) -> None:
    gifts = str(category_of(alice, "gifts").pk)

    answer = alice_api.post(URL, {"name": "Presents", "text": "toys", "set_category": gifts})

    assert answer.status_code == 201
    shown = answer.json()
    assert shown | {"id": "", "created_at": "", "updated_at": ""} == {
        "id": "",
        "name": "Presents",
        "position": 1,
        "is_active": True,
        "text": "toys",
        "pattern": "",
        "merchant": None,
        "account": None,
        "amount_min": None,
        "amount_max": None,
        "direction": "",
        "set_category": gifts,
        "set_merchant": None,
        "set_notes": "",
        "add_tags": [],
        "is_transfer": False,
        "is_ignored": False,
        "created_at": "",
        "updated_at": "",
    }
    assert alice_api.get(f"{URL}/{shown['id']}").json() == shown
    assert AuditEntry.objects.get(object_id=shown["id"]).action == "created"


def test_what_was_read_can_be_put_back_unchanged(
    alice_api: APIClient, alice: User, account: Account, make: Make
) -> None:
    merchant = str(MerchantFactory(user=alice).pk)
    shown = make(
        name="Everything",
        position=7,
        is_active=False,
        text="shop",
        pattern="^shop [0-9]+$",
        merchant=merchant,
        account=str(account.pk),
        amount_min="1.50",
        amount_max="2000",
        direction="out",
        set_category=str(category_of(alice, "books").pk),
        set_merchant=merchant,
        set_notes="by rule",
        add_tags=[str(TagFactory(user=alice).pk)],
        is_ignored=True,
    )
    assert (shown["amount_min"], shown["amount_max"]) == ("1.5", "2000")

    again = alice_api.put(f"{URL}/{shown['id']}", shown)

    assert again.status_code == 200, again.json()
    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert [entry.action for entry in AuditEntry.objects.filter(object_id=shown["id"])] == ["created"]


def test_one_field_can_be_changed_alone(alice_api: APIClient, make: Make) -> None:
    before = make()

    after = alice_api.patch(f"{URL}/{before['id']}", {"text": "elsewhere"}).json()

    assert after == before | {"text": "elsewhere", "updated_at": after["updated_at"]}
    entry = AuditEntry.objects.get(object_id=before["id"], action="updated")
    assert entry.changes == {"text": ["zanzibar", "elsewhere"]}


def test_rules_are_listed_in_the_order_in_which_they_are_asked(alice_api: APIClient, make: Make) -> None:
    for name in ("First", "Second", "Third"):
        make(name=name, text="x")
    last = alice_api.get(URL).json()["results"][0]

    alice_api.patch(f"{URL}/{last['id']}", {"position": 9})

    listed = alice_api.get(URL).json()["results"]
    assert [(one["name"], one["position"]) for one in listed] == [("Second", 2), ("Third", 3), ("First", 9)]


def test_a_list_costs_the_same_however_many_there_are(
    alice_api: APIClient, alice: User, make: Make, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make(name=f"Rule {number}", text="x", add_tags=[str(TagFactory(user=alice).pk)])

    with django_assert_num_queries(3):
        assert len(alice_api.get(URL).json()["results"]) == 5


def test_a_deleted_rule_is_gone_and_its_rows_stay(alice_api: APIClient, make: Make, record: Record) -> None:
    rule = make()
    row = record(description="ZANZIBAR")

    assert alice_api.delete(f"{URL}/{rule['id']}").status_code == 204

    assert alice_api.get(URL).json()["results"] == []
    assert alice_api.get(f"{ROWS}/{row['id']}").json()["is_ignored"] is True


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"is_ignored": True}, "", "invalid"),
        ({"text": "x"}, "/set_category", "required"),
        ({"pattern": "(", "is_ignored": True}, "/pattern", "invalid_pattern"),
        ({"amount_min": "-1", "is_ignored": True}, "/amount_min", "min_value"),
        ({"amount_min": "3", "amount_max": "2", "is_ignored": True}, "", "invalid"),
        ({"direction": "up", "is_ignored": True}, "/direction", "invalid_choice"),
        ({"text": "x", "is_ignored": True, "colour": "red"}, "/colour", "unknown_field"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    alice_api: APIClient, body: dict[str, Any], pointer: str, code: str
) -> None:
    for path in ("", "/preview"):
        answer = alice_api.post(f"{URL}{path}", {"name": "Nonsense", **body})

        assert answer.status_code == 400
        assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]
    assert not Rule.objects.exists()


def test_a_transfer_has_no_other_category(alice_api: APIClient, alice: User) -> None:
    gifts = str(category_of(alice, "gifts").pk)

    answer = alice_api.post(URL, {"name": "Both", "text": "x", "set_category": gifts, "is_transfer": True})

    assert (answer.status_code, answer.json()["error"]) == (400, "A transfer has a category of its own.")
    assert not Rule.objects.exists()


def test_a_change_may_not_leave_a_rule_without_a_condition_or_an_act(
    alice_api: APIClient, make: Make
) -> None:
    rule = make()

    for change in ({"text": ""}, {"is_ignored": False}):
        assert alice_api.patch(f"{URL}/{rule['id']}", change).status_code == 400

    assert alice_api.get(f"{URL}/{rule['id']}").json() == rule


def test_a_person_has_at_most_so_many_rules(
    alice_api: APIClient, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MAX_RULES", 2)
    make()
    make()

    answer = alice_api.post(URL, {"name": "Third", "text": "x", "is_ignored": True})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "RULE_LIMIT_EXCEEDED")
    assert answer.json()["details"] == {"max_count": 2}
    assert Rule.objects.count() == 2


def test_a_preview_says_what_would_change_and_changes_nothing(
    alice_api: APIClient, alice: User, record: Record
) -> None:
    rows = [record(description=f"ZANZIBAR {number}", date=f"2026-03-0{number}") for number in (1, 2)]
    record(description="LIDL")
    chosen = category_of(alice, "books")
    record(description="ZANZIBAR BOOKS", category=str(chosen.pk))
    gifts, tag = category_of(alice, "gifts"), TagFactory(user=alice)

    answer = alice_api.post(
        f"{URL}/preview",
        {"pattern": r"zanzibar \d", "set_category": str(gifts.pk), "add_tags": [str(tag.pk)]},
    )

    assert answer.status_code == 200
    before = [row["category"] for row in rows]
    assert answer.json() == {
        "rows_changed": 2,
        "preview": [
            {
                "transaction": rows[number]["id"],
                "date": rows[number]["date"],
                "description": rows[number]["description"],
                "changes": {
                    "category": [before[number], str(gifts.pk)],
                    "tags": [[], [str(tag.pk)]],
                    "rules": ["This rule"],
                },
            }
            for number in (1, 0)
        ],
    }
    assert not Rule.objects.exists()
    assert alice_api.get(f"{ROWS}/{rows[0]['id']}").json() == rows[0]


def test_a_stranger_can_neither_see_nor_use_a_rule(
    alice_api: APIClient, bob_api: APIClient, bob: User, make: Make
) -> None:
    rule = make()
    theirs = str(category_of(PersonFactory(), "gifts").pk)
    TransactionFactory(account__user=bob, description="ZANZIBAR")
    before = Rule.objects.values().get()

    assert bob_api.get(URL).json()["results"] == []
    assert bob_api.get(f"{URL}/{rule['id']}").status_code == 404
    for method in ("put", "patch", "delete"):
        assert getattr(bob_api, method)(f"{URL}/{rule['id']}", rule).status_code == 404
    assert bob_api.post(f"{URL}/apply", {"rule": rule["id"]}).status_code == 404
    for path in ("", "/preview"):
        body = {"name": "x", "text": "x", "set_category": theirs}
        assert alice_api.post(f"{URL}{path}", body).status_code == 404
    assert alice_api.get(f"{URL}/{uuid4()}").status_code == 404

    assert Rule.objects.values().get() == before
    assert not Transaction.objects.filter(is_ignored=True).exists()
