"""What a client needs to keep its copy of debts, payments, instalments and plans true."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.debts.api.conftest import Post
from tests.factories import AccountFactory, TransactionFactory, act_of
from tests.feeds import follow, ids
from transactions.models import Transaction
from transactions.services.ledger import restore_transaction, trash_transaction
from users.models import User

# The feed tells only of what has been committed, so nothing here may happen in one transaction.
pytestmark = pytest.mark.django_db(transaction=True)

DEBTS, PAYMENTS = "/api/v1/debts", "/api/v1/debt-payments"
INSTALMENTS, PLANS = "/api/v1/instalments", "/api/v1/payment-plans"
SOFA = {"name": "Sofa", "currency": "EUR", "amount": "100.00", "count": 3, "first_due_on": "2026-01-31"}

Feed = Callable[..., dict[str, Any]]


@pytest.fixture
def feed(alice_api: APIClient) -> Feed:
    """What has become of alice's rows since a token."""
    return lambda path, since=None, client=alice_api: follow(client, path, since)


def test_debts_are_told_as_the_list_shows_them(alice_api: APIClient, add_debt: Post, feed: Feed) -> None:
    since = feed(DEBTS)["next"]
    debt = add_debt()
    page = feed(DEBTS, since)
    assert page["created"] == [debt]

    changed = alice_api.patch(f"{DEBTS}/{debt['id']}", {"segments": [{"amount": "5.00", "apr": "9"}]}).json()
    page = feed(DEBTS, page["next"])
    assert (page["created"], page["updated"]) == ([], [changed])

    alice_api.delete(f"{DEBTS}/{debt['id']}")
    page = feed(DEBTS, page["next"])
    assert ids(page) == {"deleted": [debt["id"]]}
    assert ids(feed(DEBTS, page["next"])) == {}


def test_payments_are_told_and_go_along_with_their_debt(
    alice_api: APIClient, add_debt: Post, feed: Feed
) -> None:
    debt, since = add_debt(), feed(PAYMENTS)["next"]
    path = f"{DEBTS}/{debt['id']}/payments"
    first, second = (
        alice_api.post(path, {"paid_on": f"2026-0{month}-01", "amount": "50.00"}).json() for month in (2, 3)
    )
    page = feed(PAYMENTS, since)
    assert page["created"] == [first, second]

    changed = alice_api.patch(f"{PAYMENTS}/{second['id']}", {"amount": "60.00"}).json()
    page = feed(PAYMENTS, page["next"])
    assert page["updated"] == [changed]

    alice_api.delete(f"{PAYMENTS}/{first['id']}")
    alice_api.delete(f"{DEBTS}/{debt['id']}")
    assert ids(feed(PAYMENTS, page["next"])) == {"deleted": sorted([first["id"], second["id"]])}


def test_a_payment_goes_into_the_trash_and_back_with_its_row(
    alice: User, alice_api: APIClient, add_debt: Post, feed: Feed
) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice), date="2026-02-01")
    path = f"{DEBTS}/{add_debt()['id']}/payments"
    made = alice_api.post(path, {"transaction": str(row.pk)}).json()
    since = feed(PAYMENTS)["next"]

    trash_transaction(Transaction.objects.get(pk=row.pk), act=act_of(alice))
    page = feed(PAYMENTS, since)
    assert ids(page) == {"deleted": [made["id"]]}

    restore_transaction(Transaction.objects.get(pk=row.pk), act=act_of(alice))
    assert feed(PAYMENTS, page["next"])["updated"] == [made]


def test_instalments_are_told(alice_api: APIClient, feed: Feed) -> None:
    since = feed(INSTALMENTS)["next"]
    sofa = alice_api.post(INSTALMENTS, SOFA).json()
    page = feed(INSTALMENTS, since)
    assert page["created"] == [sofa]

    paid = alice_api.patch(f"{INSTALMENTS}/{sofa['id']}", {"paid_count": 1}).json()
    page = feed(INSTALMENTS, page["next"])
    assert page["updated"] == [paid]

    alice_api.delete(f"{INSTALMENTS}/{sofa['id']}")
    assert ids(feed(INSTALMENTS, page["next"])) == {"deleted": [sofa["id"]]}


def test_a_plan_that_is_no_longer_followed_is_told(alice_api: APIClient, add_debt: Post, feed: Feed) -> None:
    add_debt()
    asked = {"plan": {"monthly_budget": "100.00"}, "activate": True}
    first = alice_api.post(PLANS, {"name": "First", **asked}).json()
    since = feed(PLANS)["next"]

    second = alice_api.post(PLANS, {"name": "Second", **asked}).json()
    page = feed(PLANS, since)
    assert ids(page) == {"created": [second["id"]], "updated": [first["id"]]}
    assert page["updated"][0]["status"] == "saved"

    alice_api.delete(f"{PLANS}/{first['id']}")
    assert ids(feed(PLANS, page["next"])) == {"deleted": [first["id"]]}


@pytest.mark.parametrize("path", [DEBTS, PAYMENTS, INSTALMENTS, PLANS])
def test_a_stranger_sees_nothing(
    alice_api: APIClient, bob_api: APIClient, add_debt: Post, feed: Feed, path: str
) -> None:
    theirs, hers = feed(path, client=bob_api)["next"], feed(path)["next"]
    debt = add_debt()
    alice_api.post(f"{DEBTS}/{debt['id']}/payments", {"paid_on": "2026-02-01", "amount": "10.00"})
    alice_api.post(INSTALMENTS, SOFA)
    alice_api.post(PLANS, {"name": "First", "plan": {"monthly_budget": "100.00"}})

    for token in (theirs, hers, None):
        assert ids(feed(path, token, client=bob_api)) == {}
