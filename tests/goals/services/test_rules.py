"""Rules that put money aside, and how often."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from goals.models import Contribution, ContributionRule, Goal
from goals.services.nightly import look_after_goals
from tests.factories import (
    AccountFactory,
    ContributionRuleFactory,
    GoalFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from transactions.models import Account
from users.models import User

TODAY = dt.date(2026, 3, 15)


@pytest.fixture
def account(alice: User) -> Account:
    return AccountFactory(user=alice)


@pytest.fixture
def goal(alice: User) -> Goal:
    return GoalFactory(user=alice)


def row(account: Account, code: str, amount: str, on: dt.date = dt.date(2026, 3, 2), **fields: Any) -> Any:
    category = category_of(account.user, code)
    return TransactionFactory(account=account, date=on, amount=Decimal(amount), category=category, **fields)


def apply(user: User) -> int:
    return look_after_goals([user], act=act_of(user), today=TODAY)


def put_aside() -> list[tuple[str, Decimal]]:
    rows = Contribution.objects.filter(source="rule").order_by("on", "pk")
    return [(f"{each.on}", each.amount) for each in rows]


def test_a_share_of_each_income_is_put_aside_once(alice: User, account: Account, goal: Goal) -> None:
    ContributionRuleFactory(goal=goal)
    row(account, "salary", "2000.00")
    row(account, "groceries", "-50.00")
    row(account, "salary", "99.99", dt.date(2025, 12, 31))

    assert (apply(alice), apply(alice)) == (1, 0)
    assert put_aside() == [("2026-03-02", Decimal("200.00"))]

    row(account, "interest", "0.25", dt.date(2026, 3, 1))
    assert apply(alice) == 1
    # Two and a half cents, half-even.
    assert put_aside()[0] == ("2026-03-01", Decimal("0.02"))


def test_round_ups_count_purchases_and_neither_refunds_nor_transfers(
    alice: User, account: Account, goal: Goal
) -> None:
    ContributionRuleFactory(goal=goal, kind="round_up", percent=None, step=5)
    row(account, "groceries", "-13.40")
    row(account, "groceries", "-15.00")
    row(account, "groceries", "3.20")
    row(account, "transfer", "-3.20")
    row(account, "groceries", "-1.00", is_ignored=True)
    row(account, "groceries", "-2.00", deleted_at=dt.datetime(2026, 3, 3, tzinfo=dt.UTC))

    assert apply(alice) == 1
    assert put_aside() == [("2026-03-02", Decimal("1.60"))]


def test_what_a_month_leaves_over_is_put_aside_when_it_has_ended(
    alice: User, account: Account, goal: Goal
) -> None:
    ContributionRuleFactory(goal=goal, kind="left_over", percent=None, first_on=dt.date(2026, 2, 1))
    for month in (1, 2, 3):
        row(account, "salary", "1000.00", dt.date(2026, month, 2))
        row(account, "groceries", "-940.00", dt.date(2026, month, 3))

    assert (apply(alice), apply(alice)) == (1, 0)
    assert put_aside() == [("2026-03-01", Decimal("60.00"))]


def test_what_a_month_leaves_over_is_given_once_and_to_the_more_important_goal_first(
    alice: User, account: Account, goal: Goal
) -> None:
    first = GoalFactory(user=alice, priority=1, target_amount=Decimal("40.00"))
    for each in (goal, first):
        ContributionRuleFactory(goal=each, kind="left_over", percent=None, first_on=dt.date(2026, 2, 1))
    row(account, "salary", "60.00", dt.date(2026, 2, 2))

    assert apply(alice) == 2
    given = dict(Contribution.objects.values_list("goal", "amount"))
    assert given == {first.pk: Decimal("40.00"), goal.pk: Decimal("20.00")}


def test_what_the_person_took_back_is_not_put_aside_again(
    alice: User, alice_api: APIClient, account: Account, goal: Goal
) -> None:
    ContributionRuleFactory(goal=goal)
    row(account, "salary", "2000.00")
    apply(alice)

    alice_api.delete(f"/api/v1/goal-contributions/{Contribution.objects.get().pk}")

    assert apply(alice) == 0
    assert put_aside() == []


def test_no_rule_gives_more_than_is_needed_and_the_goal_is_then_achieved(
    alice: User, account: Account, goal: Goal
) -> None:
    ContributionRuleFactory(goal=goal, percent=Decimal(50))
    for day in (1, 2, 3):
        row(account, "salary", "2000.00", dt.date(2026, 3, day))

    assert apply(alice) == 2
    assert [amount for _, amount in put_aside()] == [1000, 200]
    goal.refresh_from_db()
    assert goal.status == "achieved"
    assert AuditEntry.objects.get(object_id=goal.pk).changes == {"status": ["active", "achieved"]}


@pytest.mark.parametrize("status", ["paused", "abandoned", "achieved"])
def test_a_goal_that_is_not_active_gets_nothing(alice: User, account: Account, status: str) -> None:
    ContributionRuleFactory(goal=GoalFactory(user=alice, status=status))
    row(account, "salary", "2000.00")

    assert apply(alice) == 0


def test_a_rule_that_rests_gives_nothing(alice: User, account: Account, goal: Goal) -> None:
    ContributionRuleFactory(goal=goal, is_active=False)
    row(account, "salary", "2000.00")

    assert apply(alice) == 0


def test_the_income_of_others_is_theirs(alice: User, bob: User, goal: Goal) -> None:
    ContributionRuleFactory(goal=goal)
    row(AccountFactory(user=bob), "salary", "2000.00")

    assert (apply(alice), apply(bob)) == (0, 0)


def test_income_in_another_currency_is_converted_at_the_rate_of_its_day(alice: User) -> None:
    goal = GoalFactory(user=alice, currency="JPY", target_amount=Decimal(1_000_000))
    ContributionRuleFactory(goal=goal)
    row(AccountFactory(user=alice), "salary", "1000.00")

    apply(alice)

    ((_, amount),) = put_aside()
    assert amount == amount.to_integral_value()
    assert amount > 10_000


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "percent_of_income", "percent": "12.5"}, 201),
        ({"kind": "round_up", "step": 5}, 201),
        ({"kind": "left_over"}, 201),
        ({"kind": "percent_of_income"}, 400),
        ({"kind": "percent_of_income", "percent": "0"}, 400),
        ({"kind": "percent_of_income", "percent": "101"}, 400),
        ({"kind": "round_up", "step": 3}, 400),
        ({"kind": "round_up", "percent": "10", "step": 1}, 400),
        ({"kind": "left_over", "step": 1}, 400),
    ],
)
def test_a_rule_has_what_its_kind_asks_for(
    alice_api: APIClient, goal: Goal, fields: dict[str, Any], status: int
) -> None:
    answer = alice_api.post(f"/api/v1/goals/{goal.pk}/rules", fields)

    assert answer.status_code == status, answer.json()
    assert ContributionRule.objects.exists() == (status == 201)


def test_a_goal_has_one_rule_of_a_kind(alice_api: APIClient, goal: Goal) -> None:
    body = {"kind": "left_over"}
    alice_api.post(f"/api/v1/goals/{goal.pk}/rules", body)

    again = alice_api.post(f"/api/v1/goals/{goal.pk}/rules", body)

    assert (again.status_code, again.json()["error_code"]) == (409, "RULE_EXISTS")


def test_a_rule_is_changed_and_removed(alice_api: APIClient, goal: Goal) -> None:
    rule = ContributionRuleFactory(goal=goal)
    path = f"/api/v1/goal-rules/{rule.pk}"

    assert alice_api.patch(path, {"percent": "20"}).json()["percent"] == "20.00"
    assert alice_api.patch(path, {"kind": "left_over"}).status_code == 400
    assert alice_api.delete(path).status_code == 204
    assert alice_api.get(f"/api/v1/goals/{goal.pk}/rules").json()["results"] == []
