"""What a client needs to keep its copy of goals and contributions true."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from goals.services.nightly import look_after_goals
from tests.factories import AccountFactory, TransactionFactory, act_of, category_of
from tests.feeds import follow, ids
from tests.goals.api.conftest import TODAY, Post
from transactions.models import Transaction
from transactions.services.ledger import restore_transaction, trash_transaction
from users.models import User

# The feed tells only of what has been committed, so nothing here may happen in one transaction.
pytestmark = pytest.mark.django_db(transaction=True)

GOALS, CONTRIBUTIONS = "/api/v1/goals", "/api/v1/goal-contributions"

Feed = Callable[..., dict[str, Any]]


@pytest.fixture
def feed(alice_api: APIClient) -> Feed:
    """What has become of alice's rows since a token."""
    return lambda path, since=None, client=alice_api: follow(client, path, since)


def test_goals_are_told_as_the_list_shows_them(alice_api: APIClient, add_goal: Post, feed: Feed) -> None:
    since = feed(GOALS)["next"]
    goal = add_goal()
    page = feed(GOALS, since)
    assert page["created"] == [goal]

    renamed = alice_api.patch(f"{GOALS}/{goal['id']}", {"name": "Attic"}).json()
    page = feed(GOALS, page["next"])
    assert (page["created"], page["updated"]) == ([], [renamed])

    alice_api.delete(f"{GOALS}/{goal['id']}")
    page = feed(GOALS, page["next"])
    assert ids(page) == {"deleted": [goal["id"]]}
    assert ids(feed(GOALS, page["next"])) == {}


def test_a_goal_that_loses_its_first_place_or_is_achieved_is_told(
    alice_api: APIClient, add_goal: Post, feed: Feed
) -> None:
    first = add_goal(is_primary=True)
    since = feed(GOALS)["next"]

    second = add_goal(is_primary=True)
    page = feed(GOALS, since)
    assert ids(page) == {"created": [second["id"]], "updated": [first["id"]]}

    alice_api.post(f"{GOALS}/{first['id']}/contribute", {"amount": "1200.00"})
    (told,) = feed(GOALS, page["next"])["updated"]
    assert (told["id"], told["status"], told["saved"]) == (first["id"], "achieved", "1200.00")


def test_contributions_are_told_by_hand_and_by_rule(
    alice: User, alice_api: APIClient, add_goal: Post, feed: Feed
) -> None:
    goal = add_goal()
    since = feed(CONTRIBUTIONS)["next"]
    made = alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": "10.00"}).json()
    page = feed(CONTRIBUTIONS, since)
    assert page["created"] == [made]

    alice_api.post(f"{GOALS}/{goal['id']}/rules", {"kind": "percent_of_income", "percent": "10"})
    income = category_of(alice, "salary")
    TransactionFactory(
        account=AccountFactory(user=alice), date=TODAY, amount=Decimal("2000.00"), category=income
    )
    look_after_goals([alice], act=act_of(alice), today=TODAY)
    page = feed(CONTRIBUTIONS, page["next"])
    assert [(row["amount"], row["source"]) for row in page["created"]] == [("200.00", "rule")]

    alice_api.delete(f"{CONTRIBUTIONS}/{made['id']}")
    assert ids(feed(CONTRIBUTIONS, page["next"])) == {"deleted": [made["id"]]}


def test_contributions_go_along_with_their_goal(alice_api: APIClient, add_goal: Post, feed: Feed) -> None:
    goal = add_goal()
    made = alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": "10.00"}).json()
    since = feed(CONTRIBUTIONS)["next"]

    alice_api.delete(f"{GOALS}/{goal['id']}")

    assert ids(feed(CONTRIBUTIONS, since)) == {"deleted": [made["id"]]}


def test_a_contribution_goes_into_the_trash_and_back_with_its_row(
    alice: User, alice_api: APIClient, add_goal: Post, feed: Feed
) -> None:
    row, other = (TransactionFactory(account=AccountFactory(user=alice)) for _ in range(2))
    path = f"{GOALS}/{add_goal()['id']}/contribute"
    made = alice_api.post(path, {"transaction": str(row.pk)}).json()
    since = feed(CONTRIBUTIONS)["next"]

    for each in (row, other):
        trash_transaction(Transaction.objects.get(pk=each.pk), act=act_of(alice))
    page = feed(CONTRIBUTIONS, since)
    assert ids(page) == {"deleted": [made["id"]]}

    restore_transaction(Transaction.objects.get(pk=row.pk), act=act_of(alice))
    page = feed(CONTRIBUTIONS, page["next"])
    assert (page["created"], page["updated"]) == ([], [made])
    assert ids(feed(CONTRIBUTIONS, page["next"])) == {}


@pytest.mark.parametrize("path", [GOALS, CONTRIBUTIONS])
def test_a_stranger_sees_nothing(
    alice_api: APIClient, bob_api: APIClient, add_goal: Post, feed: Feed, path: str
) -> None:
    theirs, hers = feed(path, client=bob_api)["next"], feed(path)["next"]
    goal = add_goal()
    alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": "10.00"})

    for token in (theirs, hers, None):
        assert ids(feed(path, token, client=bob_api)) == {}
