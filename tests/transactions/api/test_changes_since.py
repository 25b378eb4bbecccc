"""``changes?since=``: a client keeps its copy of a list true without reading it all again."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient

from tests.factories import (
    AccountFactory,
    MerchantFactory,
    TagFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from tests.feeds import follow, ids, wait_for_neighbours
from tests.ingest.conftest import URL as STATEMENTS
from tests.transactions.api.conftest import Bring
from tests.transactions.conftest import Record
from transactions.models import Account, Transaction
from transactions.services.ledger import update_transaction
from transactions.services.valuation import revalue_ledger
from users.models import User

# The feed tells only of what has been committed, so nothing here may happen in one transaction.
pytestmark = pytest.mark.django_db(transaction=True)

ROWS = "/api/v1/transactions"
LISTS = ("transactions", "accounts", "categories", "merchants", "tags", "rules")
needs_connections = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="an in-memory SQLite has a single connection"
)

Feed = Callable[..., dict[str, Any]]


@pytest.fixture
def feed(alice_api: APIClient) -> Feed:
    """What has become of alice's rows since a token."""
    return lambda since=None, what="transactions", **asked: follow(
        alice_api, f"/api/v1/{what}", since, **asked
    )


def rule_of(api: APIClient, **fields: Any) -> str:
    """The id of a rule about zanzibar."""
    body = {"name": "Ours", "text": "zanzibar", "is_ignored": True} | fields
    return api.post("/api/v1/rules", body).json()["id"]


@pytest.mark.parametrize("what", LISTS)
def test_without_a_token_all_rows_come_in_pages_as_the_list_shows_them(
    alice_api: APIClient, alice: User, feed: Feed, what: str
) -> None:
    for _ in range(5):
        TransactionFactory(account=AccountFactory(user=alice), merchant=MerchantFactory(user=alice))
        rule_of(alice_api, add_tags=[str(TagFactory(user=alice).pk)])
    page = feed(what=what, limit="2")
    seen = page["created"]
    while page["has_more"]:
        page = feed(page["next"], what=what, limit="2")
        seen += page["created"]
        assert len(page["created"]) <= 2

    listed = alice_api.get(f"/api/v1/{what}", {"limit": "500"}).json()["results"]
    assert sorted(seen, key=lambda row: row["id"]) == sorted(listed, key=lambda row: row["id"])
    assert len(seen) >= 5
    assert ids(feed(page["next"], what=what)) == {}


def test_a_token_brings_what_was_created_changed_and_deleted_since(
    alice_api: APIClient, record: Record, feed: Feed
) -> None:
    kept, dropped, same = (record(description=f"SHOP {number}") for number in range(3))
    since = feed()["next"]
    made = record(description="SHOP 9")
    changed = alice_api.patch(f"{ROWS}/{kept['id']}", {"notes": "corrected"}).json()
    alice_api.delete(f"{ROWS}/{dropped['id']}")

    page = feed(since)

    assert (page["created"], page["updated"], page["has_more"]) == ([made], [changed], False)
    deleted_at = alice_api.get(f"{ROWS}/{dropped['id']}").json()["deleted_at"]
    assert page["deleted"] == [{"id": dropped["id"], "deleted_at": deleted_at}]
    assert same["id"] not in str(page["created"] + page["updated"])
    assert feed(since) == page
    assert ids(feed(page["next"])) == {}


def test_a_row_that_comes_back_from_the_trash_is_told_whole(
    alice_api: APIClient, record: Record, feed: Feed
) -> None:
    row = record()
    alice_api.delete(f"{ROWS}/{row['id']}")
    since = feed()["next"]

    restored = alice_api.post(f"{ROWS}/{row['id']}/restore").json()

    assert feed(since)["updated"] == [restored]


def test_what_was_made_and_deleted_since_is_told_as_deleted(
    alice_api: APIClient, record: Record, feed: Feed
) -> None:
    since = feed()["next"]
    row = record()
    alice_api.delete(f"{ROWS}/{row['id']}")

    assert ids(feed(since)) == {"deleted": [row["id"]]}


def test_a_merged_row_is_deleted_and_comes_back_when_it_is_split_off(
    alice_api: APIClient, record: Record, feed: Feed
) -> None:
    kept, left = record(description="SHOP 1"), record(description="SHOP 2")
    since = feed()["next"]
    alice_api.post(f"{ROWS}/{kept['id']}/merge", {"other": left["id"]})
    merged = feed(since)
    assert ids(merged) == {"updated": [kept["id"]], "deleted": [left["id"]]}

    sighting = alice_api.get(f"{ROWS}/{kept['id']}/evidence").json()[1]["id"]
    alice_api.post(f"{ROWS}/{kept['id']}/split-off", {"sighting": sighting})

    assert ids(feed(merged["next"])) == {"updated": [kept["id"], left["id"]]}


def test_an_import_and_its_undoing_are_told(
    alice_api: APIClient, bring_in: Bring, feed: Feed, rows: Any
) -> None:
    since, merchants = feed()["next"], feed(what="merchants")["next"]
    job = bring_in(("2026-03-10", "LIDL 0412", "-1.00"), ("2026-03-11", "ZANZIBAR", "-2.00"))
    page = feed(since)
    assert page["created"] == rows()
    assert {row["key"] for row in feed(merchants, what="merchants")["created"]} == {"lidl", "zanzibar"}

    alice_api.post(f"{STATEMENTS}/{job['id']}/undo")

    gone = feed(page["next"])["deleted"]
    assert {row["id"] for row in gone} == {row["id"] for row in page["created"]}


def test_what_changes_rows_from_afar_is_told_of_each(
    alice_api: APIClient, alice: User, record: Record, feed: Feed
) -> None:
    merchant, tag = MerchantFactory(user=alice), TagFactory(user=alice)
    own = alice_api.post("/api/v1/categories", {"name": "Pottery", "group": "wants"}).json()
    named, tagged = record(merchant=str(merchant.pk)), record(tags=[str(tag.pk)])
    placed = record(category=own["id"])
    paths = [f"merchants/{merchant.pk}", f"tags/{tag.pk}", f"categories/{own['id']}"]
    for path, row in zip(paths, (named, tagged, placed), strict=True):
        since = feed()["next"]
        assert alice_api.delete(f"/api/v1/{path}").status_code == 204
        assert ids(feed(since)) == {"updated": [row["id"]]}

    since = feed()["next"]
    alice.base_currency = "USD"
    alice.save()
    revalue_ledger(alice, act=act_of(alice))
    assert len(ids(feed(since))["updated"]) == 3
    assert revalue_ledger(alice, act=act_of(alice)) == 3
    assert ids(feed(feed(since)["next"])) == {}


@pytest.mark.parametrize("what", ["accounts", "categories", "merchants", "tags", "rules"])
def test_other_lists_tell_as_much(alice_api: APIClient, alice: User, feed: Feed, what: str) -> None:
    bodies = {
        "accounts": {"name": "Cash", "kind": "cash", "currency": "EUR"},
        "categories": {"name": "Pottery", "group": "wants"},
        "merchants": {"name": "Zanzibar"},
        "tags": {"name": "Holiday"},
        "rules": {"name": "Ours", "text": "zanzibar", "is_ignored": True},
    }
    since = feed(what=what, limit="500")["next"]
    made = alice_api.post(f"/api/v1/{what}", bodies[what]).json()
    page = feed(since, what=what)
    assert page["created"] == [made]

    renamed = alice_api.patch(f"/api/v1/{what}/{made['id']}", {"name": "Other"}).json()
    page = feed(page["next"], what=what)
    assert page["updated"] == [renamed]

    alice_api.delete(f"/api/v1/{what}/{made['id']}")
    assert ids(feed(page["next"], what=what)) == {"deleted": [made["id"]]}


def test_rules_that_go_with_what_they_are_about_are_told(
    alice_api: APIClient, alice: User, feed: Feed
) -> None:
    account, merchant = AccountFactory(user=alice), MerchantFactory(user=alice)
    own = alice_api.post("/api/v1/categories", {"name": "Pottery", "group": "wants"}).json()
    of_account = rule_of(alice_api, account=str(account.pk))
    of_merchant = rule_of(alice_api, merchant=str(merchant.pk))
    naming = rule_of(alice_api, set_merchant=str(merchant.pk))
    placing = rule_of(alice_api, set_category=own["id"])
    since = feed(what="rules")["next"]

    for path in (f"accounts/{account.pk}", f"merchants/{merchant.pk}", f"categories/{own['id']}"):
        assert alice_api.delete(f"/api/v1/{path}").status_code == 204

    page = feed(since, what="rules")
    assert (page["created"], page["updated"]) == ([], [])
    assert ids(page)["deleted"] == [of_account, of_merchant, naming, placing]


def test_a_rule_that_loses_a_tag_is_told(alice_api: APIClient, alice: User, feed: Feed) -> None:
    going, staying = TagFactory(user=alice), TagFactory(user=alice)
    rule = rule_of(alice_api, add_tags=[str(going.pk), str(staying.pk)])
    since = feed(what="rules")["next"]

    alice_api.delete(f"/api/v1/tags/{going.pk}")

    told = feed(since, what="rules")["updated"]
    assert [(one["id"], one["add_tags"]) for one in told] == [(rule, [str(staying.pk)])]


def test_a_merchant_whose_category_goes_is_told(alice_api: APIClient, alice: User, feed: Feed) -> None:
    own = alice_api.post("/api/v1/categories", {"name": "Pottery", "group": "wants"}).json()
    merchant = MerchantFactory(user=alice, category_id=own["id"])
    since = feed(what="merchants")["next"]

    alice_api.delete(f"/api/v1/categories/{own['id']}")

    told = feed(since, what="merchants")["updated"]
    assert [(one["id"], one["category"]) for one in told] == [(str(merchant.pk), None)]


def test_many_changes_come_in_pages_and_none_is_lost(
    alice_api: APIClient, record: Record, feed: Feed
) -> None:
    since = feed()["next"]
    made = [record(description=f"SHOP {number}")["id"] for number in range(5)]

    pages = [feed(since, limit="2")]
    while pages[-1]["has_more"]:
        pages.append(feed(pages[-1]["next"], limit="2"))

    assert [row["id"] for page in pages for row in page["created"]] == made
    assert len(pages) == 3


def test_a_row_that_changes_during_the_first_reading_is_told_again(
    alice_api: APIClient, record: Record, feed: Feed
) -> None:
    first, second = record(), record()
    page = feed(limit="1")
    assert ids(page) == {"created": [first["id"]]}
    alice_api.delete(f"{ROWS}/{first['id']}")
    third = record()

    page = feed(page["next"])
    assert ids(page) == {"created": [second["id"], third["id"]]}
    page = feed(page["next"])
    assert ids(page) == {"created": [third["id"]], "deleted": [first["id"]]}


def test_a_page_costs_the_same_however_many_changes_it_holds(
    alice_api: APIClient, record: Record, feed: Feed, django_assert_max_num_queries: Any
) -> None:
    since = feed()["next"]
    for number in range(5):
        record(description=f"SHOP {number}")

    wait_for_neighbours()

    with django_assert_max_num_queries(7):
        assert len(feed(since, patient=False)["created"]) == 5


def forged(*parts: Any) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "é",
        "\0",
        "bm9uZQ",
        "0",
        forged("transactions.account", 0, 0, None),
        forged("transactions.transaction", "0", 0, None),
        forged("transactions.transaction", 2**70, 0, None),
        forged("transactions.transaction", 0, True, None),
        forged("transactions.transaction", 0, 0, 7),
        forged("transactions.transaction", 0, 0, "seven"),
        forged("transactions.transaction", 0, 0, [1]),
        forged("transactions.transaction", 0),
        urlsafe_b64encode(b"[" * 5000).decode(),
    ],
)
def test_a_token_that_this_list_did_not_give_is_refused(alice_api: APIClient, token: str) -> None:
    answer = alice_api.get(f"{ROWS}/changes", {"since": token})

    assert answer.status_code == 400
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [("?since", "invalid_token")]


def test_the_token_of_another_list_is_refused(alice_api: APIClient, feed: Feed) -> None:
    answer = alice_api.get(f"{ROWS}/changes", {"since": feed(what="accounts")["next"]})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "?since")


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "501"}, {"limit": "all"}, {"colour": "red"}])
def test_a_wrong_parameter_is_named(alice_api: APIClient, query: dict[str, str]) -> None:
    answer = alice_api.get(f"{ROWS}/changes", query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"?{next(iter(query))}"


def test_the_changes_of_strangers_never_appear(
    bob_api: APIClient, alice_api: APIClient, record: Record, feed: Feed
) -> None:
    row = record()
    wait_for_neighbours()
    theirs = bob_api.get(f"{ROWS}/changes").json()
    assert ids(theirs) == {}
    hers = feed()["next"]
    alice_api.patch(f"{ROWS}/{row['id']}", {"notes": "mine"})
    alice_api.delete(f"{ROWS}/{row['id']}")

    for token in (theirs["next"], hers):
        assert ids(bob_api.get(f"{ROWS}/changes", {"since": token}).json()) == {}
    for what in LISTS:
        foreign = bob_api.get(f"/api/v1/{what}/changes").json()["created"]
        assert {one["id"] for one in foreign}.isdisjoint({row["id"], row["account"]})


@needs_connections
def test_a_transaction_that_commits_late_is_not_missed(
    alice: User, record: Record, feed: Feed, account: Account
) -> None:
    early, late = record(description="SHOP 1"), record(description="SHOP 2")
    since = feed()["next"]
    has_written, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                row = Transaction.objects.get(pk=late["id"])
                update_transaction(row, act=act_of(alice), notes="late")
                has_written.set()
                may_commit.wait(timeout=30)
        finally:
            connection.close()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert has_written.wait(timeout=30)
    update_transaction(Transaction.objects.get(pk=early["id"]), act=act_of(alice), notes="early")
    page = feed(since, patient=False)
    may_commit.set()
    thread.join(timeout=30)

    told = [*ids(page).get("updated", []), *ids(feed(page["next"])).get("updated", [])]
    assert set(told) == {early["id"], late["id"]}
    assert ids(feed(feed(page["next"])["next"])) == {}


def test_categories_that_nobody_has_touched_are_told_once(alice: User, feed: Feed) -> None:
    page = feed(what="categories", limit="500")

    assert str(category_of(alice, "groceries").pk) in ids(page)["created"]
    assert ids(feed(page["next"], what="categories")) == {}
