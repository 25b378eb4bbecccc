"""Action plans from the person's own ledger, and projections."""

import datetime as dt
from decimal import Decimal
from typing import Any

from rest_framework.test import APIClient

from goals.models import ActionPlan
from tests.factories import ContributionFactory, DebtFactory, GoalFactory, TransactionFactory, category_of
from tests.goals.api.conftest import Live, Post, pay_day, subscribe
from users.models import User


def plan(client: APIClient, goal: dict[str, Any], **fields: Any) -> Any:
    return client.post(f"/api/v1/goals/{goal['id']}/action-plan", fields)


def test_before_the_first_plan_there_is_none(alice_api: APIClient, add_goal: Post) -> None:
    answer = alice_api.get(f"/api/v1/goals/{add_goal()['id']}/action-plan")

    assert (answer.status_code, answer.json()["error_code"]) == (404, "NO_ACTION_PLAN")


def test_a_plan_says_what_is_needed_and_what_would_help(
    alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()
    goal = add_goal()

    answer = plan(alice_api, goal)

    assert (answer.status_code, answer.json()["version"], answer.json()["made_on"]) == (201, 1, "2026-03-15")
    made = answer.json()["plan"]
    assert (made["feasibility"], made["needed_per_month"], made["gap"]) == ("feasible", "120.00", "0.00")
    assert made["surplus"] == {"median": "1000.00", "low": "1000.00", "months": 3}
    assert [each["on"] for each in made["per_month"][:2]] == ["2026-03-31", "2026-04-30"]
    assert {"percent": 50, "on": "2026-07-31", "amount": "600.00"} in made["milestones"]
    assert made["changes"] is None
    (step,) = made["steps"]
    assert step["sentence"] == (
        "Eating out usually costs €600.00 a month; spending €120.00 less reaches the goal 20 weeks earlier."
    )


def test_a_plan_that_is_not_feasible_says_what_would_make_it_so(
    alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()

    made = plan(alice_api, add_goal(target_amount="24000.00")).json()["plan"]

    assert (made["feasibility"], made["gap"]) == ("not_feasible", "1400.00")
    assert made["changes"] == {
        "later_on": "2028-02-29",
        "smaller_target": "10000.00",
        "more_per_month": "1400.00",
        "sentence": "The goal is feasible with €1,400.00 more a month, Feb 29, 2028 as its date or a target of "
        "€10,000.00.",
    }


def test_subscriptions_are_unused_where_the_person_says_so(
    alice: User, alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    account = live()
    subscribe(alice, account, "Flix", "12.00")
    tunes = subscribe(alice, account, "Tunes", "9.00")
    subscribe(alice, account, "Landlord", "1400.00", code="rent")
    goal = add_goal()

    silent = plan(alice_api, goal).json()["plan"]
    told = plan(alice_api, goal, unused_subscriptions=[str(tunes.pk)]).json()["plan"]

    assert [each["kind"] for each in silent["steps"]] == ["trim_category"]
    (step,) = [each for each in told["steps"] if each["kind"] == "drop_subscriptions"]
    assert (step["names"], step["spent"], step["monthly_saving"]) == (["Tunes"], "21.00", "9.00")
    assert step["sentence"] == (
        "Subscriptions cost €21.00 a month; dropping the unused one, Tunes, reaches the goal 2 weeks earlier."
    )


def test_the_next_version_remembers_what_was_said(
    alice: User, alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    tunes = subscribe(alice, live(), "Tunes", "9.00")
    goal = add_goal()
    plan(alice_api, goal, unused_subscriptions=[str(tunes.pk)], one_offs=[{"name": "Bike", "amount": "150"}])

    again = plan(alice_api, goal).json()

    assert again["version"] == 2
    assert again["request"] == {
        "unused_subscriptions": [str(tunes.pk)],
        "one_offs": [{"name": "Bike", "amount": "150.00"}],
    }
    assert {each["kind"] for each in again["plan"]["steps"]} == {
        "drop_subscriptions",
        "one_off",
        "trim_category",
    }
    assert alice_api.get(f"/api/v1/goals/{goal['id']}/action-plan").json() == again


def test_equal_facts_give_equal_plans(alice_api: APIClient, add_goal: Post, live: Live) -> None:
    live(1800, 2300, 2000)
    goal = add_goal()

    first, second = (plan(alice_api, goal).json()["plan"] for _ in range(2))

    assert first == second


def test_on_pay_days_the_parts_add_up_too(
    alice: User, alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()
    pay_day(alice)

    made = plan(alice_api, add_goal(target_amount="1000.01")).json()["plan"]

    assert made["per_pay_day"][0] == {"on": "2026-03-27", "amount": "100.01"}
    assert sum(Decimal(each["amount"]) for each in made["per_pay_day"]) == Decimal("1000.01")


def test_minimum_payments_take_the_place_of_loan_payments_of_the_past(
    alice: User, alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    account = live()
    for month in (12, 1, 2):
        TransactionFactory(
            account=account,
            date=dt.date(2026 if month < 12 else 2025, month, 10),
            amount=Decimal("-70.00"),
            category=category_of(alice, "loan-payment"),
        )
    goal = add_goal()
    before = plan(alice_api, goal).json()["plan"]["surplus"]["median"]

    DebtFactory(user=alice)
    after = plan(alice_api, goal).json()["plan"]["surplus"]["median"]

    assert (before, after) == ("930.00", "950.00")


def test_what_goes_into_savings_is_not_spent(
    alice: User, alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    account = live()
    TransactionFactory(
        account=account,
        date=dt.date(2026, 2, 20),
        amount=Decimal("-500.00"),
        category=category_of(alice, "investments"),
    )

    assert plan(alice_api, add_goal()).json()["plan"]["surplus"]["low"] == "1000.00"


def test_two_months_tell_nothing_of_a_surplus(alice_api: APIClient, add_goal: Post, live: Live) -> None:
    live(2000, 2000, months=(dt.date(2026, 1, 1), dt.date(2026, 2, 1)))

    answer = plan(alice_api, add_goal())

    assert (answer.status_code, answer.json()["error_code"]) == (422, "NOT_ENOUGH_HISTORY")
    assert answer.json()["details"] == {"months": 2, "needed": 3}
    assert not ActionPlan.objects.exists()


def test_a_goal_in_another_currency_is_planned_in_it(
    alice_api: APIClient, add_goal: Post, live: Live
) -> None:
    live()

    made = plan(alice_api, add_goal(currency="JPY", target_amount="120000")).json()["plan"]

    assert (made["needed_per_month"], made["currency"]) == ("12000", "JPY")
    # 1,000 euros are far more than a hundred thousand yen.
    assert int(made["surplus"]["median"]) > 100_000


def test_a_projection_goes_by_the_pace_of_the_last_quarter(alice: User, alice_api: APIClient) -> None:
    # 300.00 in 73 days, so 900.00 in another 219.
    goal = GoalFactory(user=alice)
    ContributionFactory(goal=goal, amount=Decimal("300.00"))

    shown = alice_api.get(f"/api/v1/goals/{goal.pk}/projection").json()

    assert (shown["pace_per_month"], shown["reached_on"], shown["in_time"]) == ("125.00", "2026-10-20", True)
    assert (shown["chance"], shown["no_chances"]) == (None, "too_little_history")


def test_without_a_pace_a_goal_is_never_reached(alice: User, alice_api: APIClient) -> None:
    shown = alice_api.get(f"/api/v1/goals/{GoalFactory(user=alice).pk}/projection").json()

    assert (shown["pace_per_month"], shown["reached_on"], shown["in_time"]) == ("0.00", None, False)


def test_the_chance_is_the_same_for_the_same_data(alice: User, alice_api: APIClient, live: Live) -> None:
    live(1000, 2900, 2950)
    goal = GoalFactory(user=alice, target_amount=Decimal("6000.00"))

    first, second = (alice_api.get(f"/api/v1/goals/{goal.pk}/projection").json() for _ in range(2))

    assert first == second
    assert first["runs"] == 2000
    assert 0 < Decimal(first["chance"]["low"]) <= Decimal(first["chance"]["probability"]) < 1


def test_a_paused_goal_has_no_chance_to_tell(alice: User, alice_api: APIClient, live: Live) -> None:
    live()
    goal = GoalFactory(user=alice, status="paused")

    assert alice_api.get(f"/api/v1/goals/{goal.pk}/projection").json()["no_chances"] == "not_active"
