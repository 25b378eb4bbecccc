"""``/api/v1/categories``."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import AccountFactory, MerchantFactory, TransactionFactory, category_of
from transactions.domain.category_tree import SHIPPED_CATEGORIES
from transactions.models import Category, Split, Transaction
from users.models import User

URL = "/api/v1/categories"


def added(client: APIClient, **fields: Any) -> dict[str, Any]:
    answer = client.post(URL, {"name": "Sailing", "group": "wants"} | fields)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def all_of(client: APIClient, **query: str) -> list[dict[str, Any]]:
    return client.get(URL, {"limit": "500"} | query).json()["results"]


def test_everybody_starts_with_the_shipped_tree_in_its_order(alice_api: APIClient) -> None:
    listed = all_of(alice_api)

    assert [one["code"] for one in listed] == [one.code for one in SHIPPED_CATEGORIES]
    names = {one["id"]: one["code"] for one in listed}
    for one, shipped in zip(listed, SHIPPED_CATEGORIES, strict=True):
        assert (one["name"], one["group"], names.get(one["parent"])) == (
            shipped.name,
            shipped.group,
            shipped.parent,
        )
        assert (one["essential"], one["priority"], one["is_hidden"]) == (
            shipped.essential,
            shipped.priority,
            False,
        )


def test_a_category_of_ones_own_can_stand_under_a_shipped_one(alice_api: APIClient, alice: User) -> None:
    parent = category_of(alice, "travel")

    shown = added(alice_api, parent=str(parent.pk), essential=False, priority=4)

    assert (shown["name"], shown["code"], shown["parent"], shown["group"], shown["priority"]) == (
        "Sailing",
        "",
        str(parent.pk),
        "wants",
        4,
    )
    assert all_of(alice_api, parent=str(parent.pk))[-1] == shown


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"name": ""}, "/name", "blank"),
        ({"name": "x" * 61}, "/name", "max_length"),
        ({"group": "dreams"}, "/group", "invalid_choice"),
        ({"priority": 0}, "/priority", "min_value"),
        ({"priority": 6}, "/priority", "max_value"),
        ({"code": "sailing", "is_boat": True}, "/is_boat", "unknown_field"),
        ({"parent": "sea"}, "/parent", "invalid_id"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_added(
    alice_api: APIClient, fields: dict[str, Any], pointer: str, code: str
) -> None:
    answer = alice_api.post(URL, {"name": "Sailing", "group": "wants"} | fields)

    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]
    assert not Category.objects.filter(code="").exists()


def test_there_are_two_levels_and_no_third(alice_api: APIClient, alice: User) -> None:
    child = category_of(alice, "hotels")

    answer = alice_api.post(URL, {"name": "Sailing", "group": "wants", "parent": str(child.pk)})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "too_deep")


def test_a_category_cannot_be_its_own_parent(alice_api: APIClient) -> None:
    own = added(alice_api)

    answer = alice_api.patch(f"{URL}/{own['id']}", {"parent": own["id"]})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "too_deep")


def test_a_category_with_children_cannot_become_a_child(alice_api: APIClient, alice: User) -> None:
    top = added(alice_api, name="Boats")
    added(alice_api, name="Sails", parent=top["id"])

    answer = alice_api.patch(f"{URL}/{top['id']}", {"parent": str(category_of(alice, "travel").pk)})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "too_deep")


def test_a_child_is_in_the_group_of_its_parent(alice_api: APIClient, alice: User) -> None:
    parent = str(category_of(alice, "travel").pk)

    answer = alice_api.post(URL, {"name": "Sailing", "group": "needs", "parent": parent})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "wrong_group")


def test_children_follow_their_parent_into_another_group(alice_api: APIClient) -> None:
    top = added(alice_api, name="Boats")
    child = added(alice_api, name="Sails", parent=top["id"])

    assert alice_api.patch(f"{URL}/{top['id']}", {"group": "needs"}).status_code == 200

    assert alice_api.get(f"{URL}/{child['id']}").json()["group"] == "needs"
    assert AuditEntry.objects.get(object_id=child["id"], action="updated").changes == {
        "group": ["wants", "needs"]
    }


def test_a_shipped_category_can_be_renamed_and_gets_its_own_name_back(
    alice_api: APIClient, alice: User
) -> None:
    coffee = category_of(alice, "coffee")

    renamed = alice_api.patch(
        f"{URL}/{coffee.pk}", {"name": "Kaffee", "is_hidden": True, "priority": 1}
    ).json()
    assert (renamed["name"], renamed["code"], renamed["is_hidden"], renamed["priority"]) == (
        "Kaffee",
        "coffee",
        True,
        1,
    )

    alice_api.patch(f"{URL}/{coffee.pk}", {"name": "Coffee and cafés"})
    coffee.refresh_from_db()
    assert coffee.name == ""


@pytest.mark.parametrize("change", [{"group": "needs"}, {"parent": None}])
def test_a_shipped_category_keeps_its_place(
    alice_api: APIClient, alice: User, change: dict[str, Any]
) -> None:
    coffee = category_of(alice, "coffee")

    answer = alice_api.patch(f"{URL}/{coffee.pk}", change)

    assert (answer.status_code, answer.json()["error_code"]) == (409, "CATEGORY_IS_SHIPPED")
    coffee.refresh_from_db()
    assert (coffee.group, coffee.parent) == ("wants", category_of(alice, "eating-out"))


@pytest.mark.parametrize("code", ["coffee", "groceries", "uncategorised"])
def test_what_was_read_can_be_put_back_unchanged(alice_api: APIClient, alice: User, code: str) -> None:
    url = f"{URL}/{category_of(alice, code).pk}"
    shown = alice_api.get(url).json()

    again = alice_api.put(url, shown)

    assert again.status_code == 200
    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert not AuditEntry.objects.filter(object_id=shown["id"]).exists()


@pytest.mark.parametrize("name", ["SAILING", "coffee and cafés"])
def test_no_two_categories_of_a_person_are_called_the_same(alice_api: APIClient, name: str) -> None:
    added(alice_api, name="Sailing")

    answer = alice_api.post(URL, {"name": name, "group": "wants"})

    assert (answer.status_code, answer.json()["error_code"]) == (409, "CATEGORY_NAME_TAKEN")


def test_a_deleted_category_leaves_its_rows_uncategorised(alice_api: APIClient, alice: User) -> None:
    own = Category.objects.get(pk=added(alice_api)["id"])
    account = AccountFactory(user=alice)
    row = TransactionFactory(account=account, category=own, category_source="manual", category_confidence=1)
    other = TransactionFactory(account=account)
    part = Split.objects.create(transaction=other, amount=other.amount, category=own)
    merchant = MerchantFactory(user=alice, category=own)

    assert alice_api.delete(f"{URL}/{own.pk}").status_code == 204

    for changed in (row, part, merchant):
        changed.refresh_from_db()
    uncategorised = category_of(alice, "uncategorised")
    assert (row.category, row.category_source, row.category_confidence) == (uncategorised, "none", 0)
    assert row.category_reason == "Its category “Sailing” was deleted."
    assert (part.category, merchant.category) == (uncategorised, None)
    assert AuditEntry.objects.get(object_id=row.pk).changes == {
        "category": [str(own.pk), str(uncategorised.pk)]
    }


def test_a_shipped_category_cannot_be_deleted(alice_api: APIClient, alice: User) -> None:
    answer = alice_api.delete(f"{URL}/{category_of(alice, 'coffee').pk}")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "CATEGORY_IS_SHIPPED")
    assert category_of(alice, "coffee")


def test_a_category_with_children_cannot_be_deleted(alice_api: APIClient) -> None:
    top = added(alice_api, name="Boats")
    added(alice_api, name="Sails", parent=top["id"])

    answer = alice_api.delete(f"{URL}/{top['id']}")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "CATEGORY_HAS_CHILDREN")
    assert Category.objects.filter(pk=top["id"]).exists()


def test_a_list_can_be_narrowed_down(alice_api: APIClient, alice: User) -> None:
    assert [one["code"] for one in all_of(alice_api, code="coffee")] == ["coffee"]
    assert {one["group"] for one in all_of(alice_api, group="income")} == {"income"}
    assert all_of(alice_api, is_hidden="true") == []
    assert [one["code"] for one in all_of(alice_api, parent=str(category_of(alice, "health").pk))] == [
        "pharmacy"
    ]


def test_a_strangers_parent_does_not_exist(bob_api: APIClient, alice: User) -> None:
    hers = category_of(alice, "travel")

    answer = bob_api.post(URL, {"name": "Sailing", "group": "wants", "parent": str(hers.pk)})

    assert (answer.status_code, answer.json()["details"]["pointer"]) == (404, "/parent")
    assert not Category.objects.filter(code="").exists()


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_strangers_category_does_not_exist(alice_api: APIClient, bob_api: APIClient, method: str) -> None:
    hers = added(alice_api)
    body = {"name": "Mine", "group": "needs"}

    answer = getattr(bob_api, method)(f"{URL}/{hers['id']}", body if method in {"put", "patch"} else None)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert alice_api.get(f"{URL}/{hers['id']}").json() == hers
    assert Transaction.objects.count() == 0
