"""``changes?since=`` of periods and allocations: a client keeps its copy of a budget true."""

import pytest

from budgets.models import Allocation
from budgets.services.currency import change_currency
from tests.factories import act_of, category_of
from tests.feeds import follow, ids

# The feed tells only of what has been committed, so nothing here may happen in one transaction.
pytestmark = pytest.mark.django_db(transaction=True)

BUDGETS = "/api/v1/budgets"


@pytest.fixture
def feed(alice_api):
    """What has become of alice's rows since a token."""
    return lambda what, since=None, api=alice_api, **query: follow(api, f"{BUDGETS}/{what}", since, **query)


def listed(api, month):
    return api.get(f"{BUDGETS}/periods/{month['id']}/allocations").json()["results"]


def by_id(rows):
    return sorted(rows, key=lambda row: row["id"])


def test_without_a_token_all_come_in_pages_as_the_lists_show_them(alice_api, month, feed, spend):
    alice_api.post(f"{BUDGETS}/periods", {"on": "2026-04-01", "income_expected": "2000.00"})
    spend("dining", "20.00")
    page = feed("allocations", limit="2")
    seen = page["created"]
    while page["has_more"]:
        page = feed("allocations", page["next"], limit="2")
        seen += page["created"]
        assert len(page["created"]) <= 2

    periods = alice_api.get(f"{BUDGETS}/periods").json()["results"]
    assert by_id(feed("periods")["created"]) == by_id(periods)
    assert by_id(seen) == by_id(row for period in periods for row in listed(alice_api, period))
    assert len(seen) == 6


def test_a_period_is_created_and_changed(alice_api, feed):
    before = feed("periods")
    period = alice_api.post(f"{BUDGETS}/periods", {"income_expected": "100.00"}).json()
    made = feed("periods", before["next"])
    alice_api.patch(f"{BUDGETS}/periods/{period['id']}", {"income_expected": "200.00"})
    changed = feed("periods", made["next"])

    assert ids(before) == {}
    assert made["created"] == [period]
    assert [(row["id"], row["income_expected"]) for row in changed["updated"]] == [(period["id"], "200.00")]
    assert ids(feed("periods", changed["next"])) == {}


def test_an_allocation_is_created_changed_and_deleted(alice, alice_api, month, feed):
    path = f"{BUDGETS}/periods/{month['id']}/allocations"
    since = feed("allocations")["next"]
    made = alice_api.post(path, {"category": str(category_of(alice, "gifts").pk), "amount": "5.00"}).json()
    page = feed("allocations", since)
    assert page["created"] == [made]
    alice_api.patch(f"{path}/{made['id']}", {"amount": "6.00"})
    page = feed("allocations", page["next"])
    assert [(row["id"], row["amount"], row["period"]) for row in page["updated"]] == [
        (made["id"], "6.00", month["id"])
    ]
    alice_api.delete(f"{path}/{made['id']}")
    assert ids(feed("allocations", page["next"])) == {"deleted": [made["id"]]}


def test_what_a_redistribution_moves_and_an_undo_puts_back_is_told(alice_api, month, feed, spend):
    spend("dining", "35.00")
    since = feed("allocations")["next"]
    rows = {row["name"]: row["id"] for row in listed(alice_api, month)}
    touched = {"updated": sorted(rows[name] for name in ("Restaurants and bars", "Entertainment"))}

    run = alice_api.post(f"{BUDGETS}/redistribute", {}).json()["redistribution"]
    moved = feed("allocations", since)
    alice_api.post(f"{BUDGETS}/redistributions/{run}/undo")
    undone = feed("allocations", moved["next"])

    assert ids(moved) == ids(undone) == touched
    assert sorted(row["amount"] for row in moved["updated"]) == ["35.00", "90.00"]
    assert sorted(row["amount"] for row in undone["updated"]) == ["100.00", "25.00"]


def test_another_base_currency_is_told(alice, month, feed):
    since = {what: feed(what)["next"] for what in ("periods", "allocations")}
    alice.base_currency = "USD"
    alice.save()
    change_currency(alice, act=act_of(alice))

    assert ids(feed("periods", since["periods"])) == {"updated": [month["id"]]}
    assert [row["currency"] for row in feed("allocations", since["allocations"])["updated"]] == ["USD"] * 3


@pytest.mark.parametrize("what", ["periods", "allocations"])
def test_a_stranger_is_told_nothing(alice_api, bob_api, month, feed, what):
    before = feed(what, api=bob_api)
    (dining, *_) = listed(alice_api, month)
    alice_api.delete(f"{BUDGETS}/periods/{month['id']}/allocations/{dining['id']}")
    alice_api.patch(f"{BUDGETS}/periods/{month['id']}", {"income_expected": "1.00"})

    assert ids(before) == ids(feed(what, before["next"], api=bob_api)) == {}
    assert Allocation.objects.count() == 2


def test_the_queries_do_not_grow_with_the_periods(alice_api, month, django_assert_num_queries):
    path = f"{BUDGETS}/allocations/changes"
    with django_assert_num_queries(10):
        alice_api.get(path)
    alice_api.post(f"{BUDGETS}/periods", {"on": "2026-04-01", "income_expected": "2000.00"})
    with django_assert_num_queries(10):
        alice_api.get(path)
