"""Goals: what they are, how far they are, and what is refused."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.models import AuditEntry
from goals.models import Contribution, Goal
from tests.factories import AccountFactory, ContributionFactory, DebtFactory, DebtPaymentFactory, GoalFactory
from tests.goals.api.conftest import Post, body_of
from users.models import User

GOALS = "/api/v1/goals"


def change(client: APIClient, goal: dict[str, Any], **fields: Any) -> Any:
    return client.patch(f"{GOALS}/{goal['id']}", fields)


def test_a_new_goal_begins_today_and_says_what_it_takes(add_goal: Post) -> None:
    goal = add_goal(opening_amount="200.00")

    assert (goal["status"], goal["priority"], goal["is_primary"]) == ("active", 3, False)
    assert (goal["started_on"], goal["saved"], goal["remaining"]) == ("2026-03-15", "200.00", "1000.00")
    assert (goal["percent"], goal["months_left"], goal["needed_per_month"]) == (16, 10, "100.00")
    assert (goal["expected"], goal["on_track"], goal["milestones"]) == ("200.00", True, [])


def test_progress_follows_from_what_was_put_aside(add_goal: Post, alice_api: APIClient) -> None:
    goal = add_goal()
    for amount in ("200.00", "150.00", "-50.00"):
        alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": amount})

    shown = alice_api.get(f"{GOALS}/{goal['id']}").json()

    assert (shown["saved"], shown["remaining"], shown["percent"]) == ("300.00", "900.00", 25)
    assert shown["milestones"] == [{"percent": 25, "reached_on": "2026-03-15", "saved": "350.00"}]


def test_halfway_to_its_date_a_goal_expects_half(
    add_goal: Post, alice: User, client_of: Callable[..., APIClient]
) -> None:
    goal = add_goal(target_on="2026-03-25", target_amount="100.00")

    with time_machine.travel("2026-03-20T12:00:00Z"):
        shown = client_of(alice).get(f"{GOALS}/{goal['id']}").json()

    assert (shown["expected"], shown["on_track"]) == ("50.00", False)


@pytest.mark.parametrize(
    ("currency", "target", "saved", "needed"),
    [("JPY", "120000", "0", "12000"), ("BHD", "1.234", "0.000", "0.124")],
)
def test_amounts_keep_the_digits_of_their_currency(
    add_goal: Post, currency: str, target: str, saved: str, needed: str
) -> None:
    goal = add_goal(currency=currency, target_amount=target)

    assert (goal["target_amount"], goal["saved"], goal["needed_per_month"]) == (target, saved, needed)


def test_a_sixth_active_goal_is_one_too_many(add_goal: Post, alice_api: APIClient) -> None:
    for number in range(5):
        add_goal(name=f"Goal {number}")

    answer = alice_api.post(GOALS, body_of())

    assert (answer.status_code, answer.json()["error_code"]) == (409, "GOAL_LIMIT_EXCEEDED")
    assert answer.json()["details"] == {"current_count": 5, "max_count": 5}
    assert Goal.objects.count() == 5


def test_a_paused_goal_leaves_room_and_needs_it_to_come_back(add_goal: Post, alice_api: APIClient) -> None:
    paused = add_goal(name="Later")
    assert change(alice_api, paused, status="paused").status_code == 200
    for number in range(5):
        add_goal(name=f"Goal {number}")

    answer = change(alice_api, paused, status="active")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "GOAL_LIMIT_EXCEEDED")
    assert Goal.objects.get(pk=paused["id"]).status == "paused"


def test_the_goals_of_others_do_not_count(add_goal: Post, bob: User) -> None:
    for _ in range(5):
        GoalFactory(user=bob)

    assert add_goal()["status"] == "active"


@pytest.mark.parametrize("day", ["2026-03-15", "2020-01-01", "2127-01-01"])
def test_the_target_on_is_after_today(alice_api: APIClient, day: str) -> None:
    answer = alice_api.post(GOALS, body_of(target_on=day))

    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_GOAL_DATE")
    assert answer.json()["errors"][0]["pointer"] == "/target_on"
    assert not Goal.objects.exists()


def test_today_is_the_persons_own_day(alice: User, client_of: Callable[..., APIClient]) -> None:
    User.objects.filter(pk=alice.pk).update(time_zone="Pacific/Auckland")

    # 23:30 of the 15th in Greenwich is the 16th in Auckland.
    with time_machine.travel("2026-03-15T23:30:00Z", tick=False):
        client = client_of(alice)
        refused = client.post(GOALS, body_of(target_on="2026-03-16"))
        taken = client.post(GOALS, body_of(target_on="2026-03-17"))

    assert (refused.status_code, taken.status_code) == (400, 201)
    assert taken.json()["started_on"] == "2026-03-16"


def test_a_change_of_nothing_is_refused(add_goal: Post, alice_api: APIClient) -> None:
    answer = change(alice_api, add_goal())

    assert (answer.status_code, answer.json()["error_code"]) == (400, "NO_FIELDS_TO_UPDATE")


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"target_amount": "0.00"}, ""),
        ({"target_amount": "-1.00"}, "/target_amount"),
        ({"target_amount": "1.001"}, "/target_amount"),
        ({"priority": 6}, "/priority"),
        ({"name": ""}, "/name"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_a_mistake_is_named(alice_api: APIClient, fields: dict[str, Any], pointer: str) -> None:
    answer = alice_api.post(GOALS, body_of(**fields))

    assert (answer.status_code, answer.json()["error_code"]) == (400, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert not Goal.objects.exists()


def test_one_goal_is_the_primary_one(add_goal: Post, alice_api: APIClient) -> None:
    first, second = add_goal(is_primary=True), add_goal(name="Car", is_primary=True)

    shown = {goal["id"]: goal["is_primary"] for goal in alice_api.get(GOALS).json()["results"]}

    assert shown == {first["id"]: False, second["id"]: True}
    told = AuditEntry.objects.filter(object_id=first["id"]).order_by("-id")[0]
    assert told.changes == {"is_primary": [True, False]}


def test_goals_come_by_priority_and_date_and_can_be_narrowed_down(
    add_goal: Post, alice_api: APIClient
) -> None:
    late, early, first = (
        add_goal(name="late"),
        add_goal(name="early", target_on="2026-06-30", kind="travel"),
        add_goal(name="first", priority=1),
    )
    change(alice_api, late, status="paused")

    def names(**query: str) -> list[str]:
        return [goal["name"] for goal in alice_api.get(GOALS, query).json()["results"]]

    assert names() == [first["name"], early["name"], late["name"]]
    assert names(status="active") == ["first", "early"]
    assert names(kind="travel") == ["early"]


def test_an_account_is_in_the_goals_currency(alice: User, alice_api: APIClient, add_goal: Post) -> None:
    dollars, euros = (AccountFactory(user=alice, currency=code) for code in ("USD", "EUR"))

    refused = alice_api.post(GOALS, body_of(account=str(dollars.pk)))

    assert refused.status_code == 400
    assert refused.json()["errors"][0] == {
        "pointer": "/account",
        "code": "mixed_currencies",
        "message": "The account is in USD, the goal in EUR.",
    }
    assert add_goal(account=str(euros.pk))["account"] == str(euros.pk)


def test_a_goal_without_a_currency_takes_the_usual_one(alice: User, alice_api: APIClient) -> None:
    body = body_of()
    del body["currency"]
    dollars, pounds = AccountFactory(user=alice, currency="USD"), DebtFactory(user=alice, currency="GBP")

    found = [
        alice_api.post(GOALS, body | more).json()["currency"]
        for more in ({}, {"account": str(dollars.pk)}, {"debt": str(pounds.pk)})
    ]

    assert found == ["EUR", "USD", "GBP"]


def test_a_goal_that_follows_a_debt_counts_what_is_no_longer_owed(
    alice: User, alice_api: APIClient, add_goal: Post
) -> None:
    debt = DebtFactory(user=alice)
    goal = add_goal(kind="debt_payoff", target_amount="1000.00", debt=str(debt.pk))
    assert goal["saved"] == "0.00"

    DebtPaymentFactory(debt=debt, paid_on="2026-03-15", amount=Decimal("300.00"))
    shown = alice_api.get(f"{GOALS}/{goal['id']}").json()

    assert (shown["debt"], shown["saved"], shown["percent"]) == (str(debt.pk), "300.00", 30)
    refused = alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": "10.00"})
    assert (refused.status_code, refused.json()["error_code"]) == (409, "GOAL_FOLLOWS_DEBT")


def test_another_persons_debt_is_none(alice_api: APIClient, bob: User) -> None:
    answer = alice_api.post(GOALS, body_of(debt=str(DebtFactory(user=bob).pk)))

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NOT_FOUND")
    assert not Goal.objects.exists()


def test_a_debt_in_another_currency_is_not_followed(alice: User, alice_api: APIClient) -> None:
    answer = alice_api.post(GOALS, body_of(debt=str(DebtFactory(user=alice, currency="USD").pk)))

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/debt")


def test_the_currency_stays_once_something_was_put_aside(add_goal: Post, alice_api: APIClient) -> None:
    goal = add_goal()
    assert change(alice_api, goal, currency="USD").json()["currency"] == "USD"
    alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": "10.00"})

    answer = change(alice_api, goal, currency="EUR")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "GOAL_CURRENCY_FIXED")


def test_a_goal_that_is_removed_takes_its_contributions_along(add_goal: Post, alice_api: APIClient) -> None:
    goal = add_goal()
    alice_api.post(f"{GOALS}/{goal['id']}/contribute", {"amount": "10.00"})

    assert alice_api.delete(f"{GOALS}/{goal['id']}").status_code == 204
    assert not Contribution.objects.exists()


def test_the_list_costs_the_same_however_many_goals_it_shows(alice: User, alice_api: APIClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert alice_api.get(GOALS).status_code == 200
        return len(captured)

    def add() -> None:
        debt = DebtFactory(user=alice)
        GoalFactory(user=alice, debt_id=debt.pk, debt_owed=Decimal("1000.00"))
        ContributionFactory(goal=GoalFactory(user=alice, account=AccountFactory(user=alice)))

    add()
    few = queries()
    for _ in range(4):
        add()

    assert queries() == few
