"""What is put aside, by hand or by the ledger, and check-ins."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from goals.models import Contribution, Milestone
from tests.factories import AccountFactory, TransactionFactory
from tests.goals.api.conftest import Post
from transactions.models import Transaction
from users.models import User


@pytest.fixture
def goal(add_goal: Post) -> dict[str, Any]:
    return add_goal()


def put(client: APIClient, goal: dict[str, Any], **fields: Any) -> Any:
    return client.post(f"/api/v1/goals/{goal['id']}/contribute", fields)


def saved(client: APIClient, goal: dict[str, Any]) -> str:
    return str(client.get(f"/api/v1/goals/{goal['id']}").json()["saved"])


def test_money_is_put_aside_today_if_no_day_is_given(alice_api: APIClient, goal: dict[str, Any]) -> None:
    made = put(alice_api, goal, amount="12.50", notes="found in a coat").json()

    assert (made["amount"], made["on"], made["source"]) == ("12.50", "2026-03-15", "manual")
    assert (made["goal"], made["transaction"], made["notes"]) == (goal["id"], None, "found in a coat")
    assert AuditEntry.objects.get(object_id=made["id"]).action == "created"


def test_a_row_of_the_ledger_brings_its_day_and_amount(
    alice: User, alice_api: APIClient, goal: dict[str, Any]
) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("-80.00"))

    made = put(alice_api, goal, transaction=str(row.pk)).json()

    assert (made["amount"], made["on"], made["source"]) == ("80.00", "2026-03-10", "transaction")


def test_on_the_goals_own_account_a_row_counts_with_its_sign(
    alice: User, alice_api: APIClient, add_goal: Post
) -> None:
    account = AccountFactory(user=alice)
    goal = add_goal(account=str(account.pk), opening_amount="100.00")
    came, left = (TransactionFactory(account=account, amount=Decimal(each)) for each in ("50.00", "-20.00"))

    for row in (came, left):
        put(alice_api, goal, transaction=str(row.pk))

    assert saved(alice_api, goal) == "130.00"


def test_a_row_counts_once(alice: User, alice_api: APIClient, goal: dict[str, Any]) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice))
    put(alice_api, goal, transaction=str(row.pk))

    again = put(alice_api, goal, transaction=str(row.pk))

    assert (again.status_code, again.json()["error_code"]) == (409, "CONTRIBUTION_LINKED")
    assert saved(alice_api, goal) == "10.00"


def test_a_row_in_the_trash_has_put_nothing_aside(
    alice: User, alice_api: APIClient, goal: dict[str, Any]
) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice))
    put(alice_api, goal, transaction=str(row.pk))
    alice_api.delete(f"/api/v1/transactions/{row.pk}")

    assert saved(alice_api, goal) == "0.00"
    assert alice_api.get(f"/api/v1/goals/{goal['id']}/contributions").json()["results"] == []
    refused = put(alice_api, goal, transaction=str(row.pk))
    assert (refused.status_code, refused.json()["error_code"]) == (409, "TRANSACTION_IN_TRASH")


def test_another_persons_row_is_none(alice_api: APIClient, bob: User, goal: dict[str, Any]) -> None:
    row = TransactionFactory(account=AccountFactory(user=bob))

    assert put(alice_api, goal, transaction=str(row.pk)).status_code == 404
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({}, "/amount"),
        ({"amount": "0.00"}, ""),
        ({"amount": "1.005"}, "/amount"),
        ({"amount": "1.00", "on": "2026-03-16"}, "/on"),
    ],
)
def test_a_mistake_is_named(
    alice_api: APIClient, goal: dict[str, Any], fields: dict[str, Any], pointer: str
) -> None:
    answer = put(alice_api, goal, **fields)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert not Contribution.objects.exists()


def test_a_row_in_another_currency_is_refused(
    alice: User, alice_api: APIClient, goal: dict[str, Any]
) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice, currency="USD"))

    answer = put(alice_api, goal, transaction=str(row.pk))

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/transaction")


def test_no_more_is_taken_out_than_there_is(alice_api: APIClient, goal: dict[str, Any]) -> None:
    put(alice_api, goal, amount="30.00")

    refused = put(alice_api, goal, amount="-30.01")

    assert (refused.status_code, refused.json()["error_code"]) == (409, "NOT_ENOUGH_SAVED")
    assert refused.json()["details"] == {"saved": "30"}
    assert put(alice_api, goal, amount="-30.00").status_code == 201
    assert saved(alice_api, goal) == "0.00"


def test_nothing_is_put_aside_for_an_abandoned_goal(alice_api: APIClient, goal: dict[str, Any]) -> None:
    alice_api.patch(f"/api/v1/goals/{goal['id']}", {"status": "abandoned"})

    answer = put(alice_api, goal, amount="1.00")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "GOAL_ABANDONED")


def test_a_goal_that_reaches_its_target_is_achieved_and_notes_each_milestone_once(
    alice_api: APIClient, goal: dict[str, Any]
) -> None:
    put(alice_api, goal, amount="700.00")
    put(alice_api, goal, amount="-700.00")
    put(alice_api, goal, amount="1200.00")

    shown = alice_api.get(f"/api/v1/goals/{goal['id']}").json()

    assert shown["status"] == "achieved"
    noted = list(Milestone.objects.order_by("percent").values_list("percent", "saved"))
    assert noted == [(25, 700), (50, 700), (75, 1200), (100, 1200)]


def test_a_contribution_is_taken_back(alice: User, alice_api: APIClient, goal: dict[str, Any]) -> None:
    row = TransactionFactory(account=AccountFactory(user=alice))
    made = put(alice_api, goal, transaction=str(row.pk)).json()

    assert alice_api.delete(f"/api/v1/goal-contributions/{made['id']}").status_code == 204
    assert saved(alice_api, goal) == "0.00"
    assert Transaction.objects.live().filter(pk=row.pk).exists()


def test_contributions_come_the_latest_first(alice_api: APIClient, goal: dict[str, Any]) -> None:
    for day in ("2026-02-01", "2026-03-01", "2026-01-01"):
        put(alice_api, goal, amount="1.00", on=day)

    shown = alice_api.get(f"/api/v1/goals/{goal['id']}/contributions").json()["results"]

    assert [each["on"] for each in shown] == ["2026-03-01", "2026-02-01", "2026-01-01"]


def test_a_check_in_keeps_what_is_saved_that_day(alice_api: APIClient, goal: dict[str, Any]) -> None:
    put(alice_api, goal, amount="40.00")
    first = alice_api.post(f"/api/v1/goals/{goal['id']}/check-ins", {"reflection": "Slow, but steady."})
    put(alice_api, goal, amount="10.00")

    assert (first.status_code, first.json()["on"], first.json()["saved"]) == (201, "2026-03-15", "40.00")
    (shown,) = alice_api.get(f"/api/v1/goals/{goal['id']}/check-ins").json()["results"]
    assert (shown["saved"], shown["reflection"]) == ("40.00", "Slow, but steady.")
