"""``/api/v1/tags``."""

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import TagFactory
from tests.transactions.conftest import Record
from transactions.models import Tag
from users.models import User

URL = "/api/v1/tags"


def test_a_tag_is_a_name(alice_api: APIClient, alice: User) -> None:
    shown = alice_api.post(URL, {"name": "holiday 2026"}).json()

    assert shown["name"] == "holiday 2026"
    assert alice_api.get(f"{URL}/{shown['id']}").json() == shown
    entry = AuditEntry.objects.get(object_id=shown["id"])
    assert (entry.actor_id, entry.action) == (alice.pk, "created")


@pytest.mark.parametrize(("name", "status"), [("", 400), (" ", 400), ("x" * 51, 400), ("HOLIDAY", 409)])
def test_a_name_is_short_and_ones_own_only_once(
    alice_api: APIClient, alice: User, name: str, status: int
) -> None:
    TagFactory(user=alice, name="holiday")

    answer = alice_api.post(URL, {"name": name})

    assert answer.status_code == status
    assert Tag.objects.count() == 1


def test_what_was_read_can_be_put_back_and_renamed(alice_api: APIClient, alice: User) -> None:
    url = f"{URL}/{TagFactory(user=alice, name='holiday').pk}"
    shown = alice_api.get(url).json()

    again = alice_api.put(url, shown)
    assert again.json() == shown | {"updated_at": again.json()["updated_at"]}
    assert not AuditEntry.objects.exists()

    assert alice_api.patch(url, {"name": "trip"}).json()["name"] == "trip"
    assert AuditEntry.objects.get().changes == {"name": ["holiday", "trip"]}


def test_a_deleted_tag_is_gone_from_every_row(alice_api: APIClient, alice: User, record: Record) -> None:
    tag, kept = TagFactory(user=alice), TagFactory(user=alice)
    row = record(tags=[str(tag.pk), str(kept.pk)])

    assert alice_api.delete(f"{URL}/{tag.pk}").status_code == 204

    assert alice_api.get(f"/api/v1/transactions/{row['id']}").json()["tags"] == [str(kept.pk)]


def test_a_list_holds_ones_own_by_name(alice_api: APIClient, alice: User, bob: User) -> None:
    for name in ("b", "a"):
        TagFactory(user=alice, name=name)
    TagFactory(user=bob, name="c")

    assert [one["name"] for one in alice_api.get(URL).json()["results"]] == ["a", "b"]


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_a_strangers_tag_does_not_exist(bob_api: APIClient, alice: User, method: str) -> None:
    tag = TagFactory(user=alice, name="hers")

    answer = getattr(bob_api, method)(
        f"{URL}/{tag.pk}", {"name": "mine"} if method in {"put", "patch"} else None
    )

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    tag.refresh_from_db()
    assert tag.name == "hers"
