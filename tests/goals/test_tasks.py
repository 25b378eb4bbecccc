"""What is done for everybody by night."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from goals import tasks
from goals.models import Contribution, Milestone, Snapshot
from tests.factories import (
    AccountFactory,
    ContributionFactory,
    ContributionRuleFactory,
    GoalFactory,
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


def test_one_persons_trouble_keeps_nobody_waiting(
    alice: User, bob: User, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goals.services import rounds

    taken = []

    def take(user: User, **kwargs: Any) -> None:
        taken.append(user.email)
        raise ValueError

    monkeypatch.setattr(rounds, "take_snapshot", take)

    assert tasks.take_snapshots(user_ids=[str(alice.pk), str(bob.pk)]) == 0
    assert sorted(taken) == ["alice@example.org", "bob@example.org"]
