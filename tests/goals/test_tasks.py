"""What is done for everybody by night."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Notification
from goals import tasks
from goals.models import Contribution, Goal, Milestone, Snapshot
from tests.factories import (
    AccountFactory,
    ContributionFactory,
    ContributionRuleFactory,
    DebtFactory,
    GoalFactory,
    PersonFactory,
    TransactionFactory,
    category_of,
)
from users.models import User


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        # One in the morning of 1 April in Auckland, noon of 31 March in Greenwich.
        ("2026-03-31T12:00:00Z", [("bob@example.org", dt.date(2026, 4, 1))]),
        ("2026-04-01T00:05:00Z", [(f"{name}@example.org", dt.date(2026, 4, 1)) for name in ("alice", "bob")]),
        ("2026-04-02T12:00:00Z", []),
    ],
)
def test_a_snapshot_is_taken_on_the_first_of_the_persons_own_month(
    alice: User, bob: User, commits: Any, instant: str, expected: list[Any]
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="Pacific/Auckland")
    for person in (alice, bob):
        AccountFactory(user=person)

    with time_machine.travel(instant, tick=False), commits():
        tasks.snapshots_of_all()

    taken = Snapshot.objects.order_by("user__email").values_list("user__email", "on")
    assert list(taken) == expected


def test_it_is_taken_once_and_only_of_those_who_have_an_account(alice: User, bob: User, commits: Any) -> None:
    AccountFactory(user=alice)

    with time_machine.travel("2026-04-01T12:00:00Z", tick=False):
        for _ in range(2):
            with commits():
                found = tasks.snapshots_of_all()

    assert (found, Snapshot.objects.count()) == (0, 1)


def test_by_night_rules_are_applied_and_milestones_noted(alice: User, bob: User, commits: Any) -> None:
    goal, other = GoalFactory(user=alice), GoalFactory(user=bob)
    ContributionRuleFactory(goal=goal)
    ContributionFactory(goal=other, amount=Decimal("600.00"))
    account = AccountFactory(user=alice)
    TransactionFactory(account=account, amount=Decimal("2000.00"), category=category_of(alice, "salary"))

    with time_machine.travel("2026-03-15T03:20:00Z", tick=False), commits():
        assert tasks.look_after_all() == 2

    assert Contribution.objects.get(goal=goal).amount == Decimal("200.00")
    assert list(Milestone.objects.filter(goal=other).values_list("percent", flat=True)) == [25, 50]


def test_one_persons_trouble_keeps_nobody_waiting(alice: User, bob: User) -> None:
    for person in (alice, bob):
        ContributionRuleFactory(goal=GoalFactory(user=person))
        account, salary = AccountFactory(user=person), category_of(person, "salary")
        TransactionFactory(account=account, amount=Decimal("2000.00"), category=salary)
    # A currency that the ledger does not know.
    User.objects.filter(pk=alice.pk).update(base_currency="XXX")
    Goal.objects.filter(user=alice).update(currency="XXX")
    both = [str(alice.pk), str(bob.pk)]

    with time_machine.travel("2026-03-15T03:20:00Z", tick=False):
        assert tasks.take_snapshots(user_ids=both) == 1
        assert tasks.look_after(user_ids=both) == 1

    assert [each.user for each in Snapshot.objects.all()] == [bob]
    assert [(each.user, each.amount) for each in Contribution.objects.all()] == [(bob, Decimal("200.00"))]


def test_it_costs_the_same_however_many_people_there_are(alice: User, bob: User) -> None:
    def queries(people: list[User]) -> int:
        ids = [str(person.pk) for person in people]
        with CaptureQueriesContext(connection) as captured:
            assert tasks.look_after(user_ids=ids) == len(ids)
            assert tasks.take_snapshots(user_ids=ids) == len(ids)
        return len(captured)

    people = [alice, bob, PersonFactory(), PersonFactory(), PersonFactory()]
    for person in people:
        account, debt = AccountFactory(user=person), DebtFactory(user=person)
        TransactionFactory(account=account, amount=Decimal("2000.00"), category=category_of(person, "salary"))
        GoalFactory(user=person, debt_id=debt.pk, debt_owed=Decimal("1000.00"))
        for kind, fields in (("percent_of_income", {}), ("round_up", {"percent": None, "step": 1})):
            ContributionRuleFactory(goal=GoalFactory(user=person), kind=kind, **fields)

    with time_machine.travel("2026-03-15T03:20:00Z", tick=False):
        assert queries(people[:2]) == queries(people[2:])


def test_of_several_milestones_in_one_night_only_the_furthest_is_told(alice: User) -> None:
    goal = GoalFactory(user=alice, target_amount=Decimal("1000.00"))
    ContributionRuleFactory(goal=goal, kind="left_over", percent=None, first_on=dt.date(2026, 2, 1))
    ContributionRuleFactory(goal=goal, percent=Decimal(10), first_on=dt.date(2026, 3, 1))
    account, salary = AccountFactory(user=alice), category_of(alice, "salary")
    for day, amount in ((dt.date(2026, 2, 2), "300.00"), (dt.date(2026, 3, 2), "4500.00")):
        TransactionFactory(account=account, date=day, amount=Decimal(amount), category=salary)

    with time_machine.travel("2026-03-15T03:20:00Z", tick=False):
        tasks.look_after(user_ids=[str(alice.pk)])

    assert list(Milestone.objects.order_by("percent").values_list("percent", "saved")) == [
        (25, Decimal("300.00")),
        (50, Decimal("750.00")),
        (75, Decimal("750.00")),
    ]
    assert [each.data["percent"] for each in Notification.objects.all()] == [75]
