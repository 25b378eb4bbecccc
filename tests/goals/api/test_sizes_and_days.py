"""Days and amounts at their edges: whatever can be saved can be read, planned with and kept."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from goals.models import Snapshot
from tests.factories import (
    AccountFactory,
    ContributionRuleFactory,
    DebtFactory,
    GoalFactory,
    TransactionFactory,
    category_of,
)
from tests.goals.api.conftest import WINTER, Live, Post
from users.models import User

LARGEST = "999999999999.99"


def read_all(client: APIClient, goal: Any, plan: int = 201) -> dict[str, Any]:
    """Every read of a goal, and a plan made of it."""
    path = f"/api/v1/goals/{goal}"
    asked = {
        "plan": client.post(f"{path}/action-plan", {}),
        "goals": client.get("/api/v1/goals"),
        "goal": client.get(path),
        "projection": client.get(f"{path}/projection"),
        "allocation": client.get("/api/v1/goals/allocation"),
        "snapshot": client.post("/api/v1/snapshots"),
        "snapshots": client.get("/api/v1/snapshots"),
        "picture": client.get("/api/v1/snapshots/net-worth.svg"),
    }
    found = {name: answer.status_code for name, answer in asked.items()}
    assert found == dict.fromkeys(asked, 200) | {"plan": plan, "snapshot": 201}
    return {name: answer.json() for name, answer in asked.items() if name != "picture"}


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(2026, 3, 15), dt.date(2200, 12, 31)])
def test_a_goal_of_any_day_is_read_and_planned(
    alice: User, alice_api: APIClient, live: Live, day: dt.date
) -> None:
    live()
    goal = GoalFactory(user=alice, target_on=day, started_on=min(day, dt.date(2026, 1, 1)))

    found = read_all(alice_api, goal.pk)

    assert found["goal"]["target_on"] == f"{day}"
    (share,) = found["allocation"]["goals"]
    assert share["completed_on"] == "2026-04-30"


def test_in_the_last_year_that_is_known_goals_are_planned_too(
    alice: User, client_of: Callable[..., APIClient], live: Live
) -> None:
    live(2000, 2000, 2000, months=[dt.date(2200, month, 1) for month in (8, 9, 10)])
    goal = GoalFactory(user=alice, target_on=dt.date(2200, 12, 31), started_on=dt.date(2200, 1, 1))

    with time_machine.travel("2200-11-30T12:00:00Z", tick=False):
        found = read_all(client_of(alice), goal.pk)

    assert found["plan"]["plan"]["feasibility"] == "feasible"


def test_the_largest_amounts_are_shared_out_exactly(alice: User, alice_api: APIClient, live: Live) -> None:
    account = live()
    for first in WINTER:
        for _ in range(3):
            TransactionFactory(
                account=account,
                date=first.replace(day=7),
                amount=Decimal(LARGEST),
                category=category_of(alice, "salary"),
            )
    goals = [
        GoalFactory(user=alice, target_amount=Decimal(LARGEST), priority=1 + number) for number in range(5)
    ]

    found = read_all(alice_api, goals[0].pk)

    shares, left = found["allocation"]["goals"], found["allocation"]["unallocated"]
    monthly = Decimal(found["allocation"]["monthly_surplus"])
    assert monthly == 3 * Decimal(LARGEST) + 1000
    for month, rest in enumerate(left):
        given = sum(Decimal(share["amounts"][month]) for share in shares)
        assert given + Decimal(rest) == monthly
    assert [share["completed_on"] for share in shares] == ["2026-03-31"] * 3 + ["2026-04-30"] * 2
    assert {share["chance"]["probability"] for share in shares} == {"1.0000"}


def test_amounts_of_a_currency_with_small_units_are_shared_out_too(
    alice: User, alice_api: APIClient, live: Live
) -> None:
    """A euro was 14,000 rupiah and more: what a month leaves over passes what a machine's integer holds."""
    User.objects.filter(pk=alice.pk).update(base_currency="IDR")
    account = live()
    for first in WINTER:
        for _ in range(200):
            TransactionFactory(
                account=account,
                date=first.replace(day=7),
                amount=Decimal(1_000_000_000),
                base_amount=Decimal(900_000_000_000_000),
                category=category_of(alice, "salary"),
            )
    goal = GoalFactory(user=alice, target_amount=Decimal(50_000_000_000))

    allocation = alice_api.get("/api/v1/goals/allocation")
    projection = alice_api.get(f"/api/v1/goals/{goal.pk}/projection")

    assert (allocation.status_code, projection.status_code) == (200, 200)
    (share,) = allocation.json()["goals"]
    assert (share["completed_on"], share["chance"]["probability"]) == ("2026-03-31", "1.0000")
    assert projection.json()["chance"] == share["chance"]


def test_a_snapshot_that_no_column_holds_is_refused_in_words(alice: User, alice_api: APIClient) -> None:
    User.objects.filter(pk=alice.pk).update(base_currency="IDR")
    for _ in range(2):
        AccountFactory(user=alice, opening_balance=Decimal(50_000_000_000))

    answer = alice_api.post("/api/v1/snapshots")

    assert (answer.status_code, answer.json()["error_code"]) == (422, "AMOUNT_TOO_LARGE")
    assert not Snapshot.objects.exists()
    assert alice_api.get("/api/v1/snapshots").json()["results"] == []


def test_a_ratio_that_no_column_holds_is_refused_too(alice: User, alice_api: APIClient) -> None:
    """A cent of rent in twelve months, and money for an age of the world."""
    account = AccountFactory(user=alice, opening_balance=Decimal(900_000_000_000_000))
    rent = category_of(alice, "rent")
    TransactionFactory(account=account, date=dt.date(2025, 3, 5), amount=Decimal("-0.01"), category=rent)

    answer = alice_api.post("/api/v1/snapshots")

    assert (answer.status_code, answer.json()["error_code"]) == (422, "AMOUNT_TOO_LARGE")
    assert answer.json()["details"] == {"figure": "months_of_runway"}


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [({"target_amount": "1200.50"}, "/target_amount"), ({"opening_amount": "0.50"}, "/opening_amount")],
)
def test_a_new_currency_must_be_able_to_hold_the_amounts(
    alice_api: APIClient, add_goal: Post, fields: dict[str, str], pointer: str
) -> None:
    goal = add_goal(**fields)

    answer = alice_api.patch(f"/api/v1/goals/{goal['id']}", {"currency": "JPY"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert alice_api.get("/api/v1/goals").json()["results"] == [goal]


def test_sums_that_were_said_stay_with_their_currency(
    alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()
    path = f"/api/v1/goals/{add_goal()['id']}"
    alice_api.post(f"{path}/action-plan", {"one_offs": [{"name": "Bike", "amount": "150.50"}]})
    assert alice_api.patch(path, {"currency": "JPY"}).status_code == 200

    again = alice_api.post(f"{path}/action-plan", {}).json()

    assert (again["version"], again["request"]["one_offs"], again["plan"]["currency"]) == (2, [], "JPY")


def test_a_rule_of_the_smallest_share_of_the_largest_income_gives_what_is_needed(
    alice: User, alice_api: APIClient, live: Live
) -> None:
    account = live()
    goal = GoalFactory(user=alice, target_amount=Decimal(LARGEST))
    ContributionRuleFactory(goal=goal, percent=Decimal("0.01"))
    TransactionFactory(account=account, amount=Decimal(LARGEST), category=category_of(alice, "salary"))

    found = read_all(alice_api, goal.pk)

    assert found["goal"]["saved"] == "0.00"


def test_a_debt_that_grew_leaves_less_than_nothing_saved(
    alice: User, alice_api: APIClient, live: Live
) -> None:
    live()
    debt = DebtFactory(user=alice, balance_on=dt.date(2020, 1, 1))
    goal = GoalFactory(user=alice, debt_id=debt.pk, debt_owed=Decimal("0.01"))

    found = read_all(alice_api, goal.pk)

    assert Decimal(found["goal"]["saved"]) < 0
    assert found["goal"]["percent"] == 0
