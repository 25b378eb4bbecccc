"""Several goals against one surplus."""

from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.factories import ContributionFactory, GoalFactory
from tests.goals.api.conftest import Live, Post
from users.models import User

ALLOCATION = "/api/v1/goals/allocation"


def allocation(client: APIClient, **query: str) -> dict[str, Any]:
    answer = client.get(ALLOCATION, query)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_the_more_important_goal_comes_first_and_the_other_waits(
    alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()
    car = add_goal(name="Car", target_amount="1000.00", priority=2)
    roof = add_goal(name="Roof", target_amount="1500.00", priority=1)

    shown = allocation(alice_api)

    first, second = shown["goals"]
    assert (shown["monthly_surplus"], shown["months"][:3]) == (
        "1000.00",
        ["2026-03-31", "2026-04-30", "2026-05-31"],
    )
    assert (first["goal"], first["amounts"][:3]) == (roof["id"], ["1000.00", "500.00", "0.00"])
    assert (second["goal"], second["amounts"][:3]) == (car["id"], ["0.00", "500.00", "500.00"])
    assert (first["completed_on"], second["completed_on"]) == ("2026-04-30", "2026-05-31")
    assert second["waits"] == [
        {
            "goal": roof["id"],
            "name": "Roof",
            "reason": "more_important",
            "first_on": "2026-03-31",
            "last_on": "2026-04-30",
            "amount": "1500.00",
            "sentence": "Car waits for Roof, which gets €1,500.00 first: it is more important.",
        }
    ]
    assert shown["unallocated"][:4] == ["0.00", "0.00", "500.00", "1000.00"]


def test_where_all_months_are_alike_a_goal_that_fits_is_certain(
    alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()
    add_goal()

    (goal,) = allocation(alice_api)["goals"]

    assert goal["chance"] == {
        "probability": "1.0000", "low": "0.9981", "high": "1.0000",
        "p10_on": "2026-04-30", "p50_on": "2026-04-30", "p90_on": "2026-04-30",
    }  # fmt: skip


def test_a_surplus_can_be_tried(alice_api: APIClient, add_goal: Post) -> None:
    add_goal(target_on="2026-04-30")

    shown = allocation(alice_api, monthly_surplus="250.00")

    (goal,) = shown["goals"]
    assert (goal["amounts"][:5], goal["shortfall"]) == (
        ["250.00", "250.00", "250.00", "250.00", "200.00"],
        "700.00",
    )
    assert (goal["chance"], shown["no_chances"]) == (None, "too_little_history")


def test_paused_goals_and_those_of_others_take_no_part(
    alice: User, bob: User, alice_api: APIClient, live: Live
) -> None:
    live()
    GoalFactory(user=alice, status="paused")
    GoalFactory(user=bob)

    assert allocation(alice_api)["goals"] == []


def test_without_a_ledger_the_surplus_has_to_be_given(alice_api: APIClient, add_goal: Post) -> None:
    add_goal()

    answer = alice_api.get(ALLOCATION)

    assert (answer.status_code, answer.json()["error_code"]) == (422, "NOT_ENOUGH_HISTORY")


def test_a_mistaken_surplus_is_named(alice_api: APIClient) -> None:
    answer = alice_api.get(ALLOCATION, {"monthly_surplus": "1.005"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "?monthly_surplus")


def test_it_costs_the_same_however_many_goals_there_are(
    alice: User, alice_api: APIClient, live: Live
) -> None:
    live()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            allocation(alice_api)
        return len(captured)

    ContributionFactory(goal=GoalFactory(user=alice))
    few = queries()
    for _ in range(4):
        ContributionFactory(goal=GoalFactory(user=alice), amount=Decimal("5.00"))

    assert queries() == few
