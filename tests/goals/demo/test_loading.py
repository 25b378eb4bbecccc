"""``manage.py load_demo`` brings two goals and half a year of snapshots, whatever the day."""

from datetime import date
from decimal import Decimal

import pytest

from goals.models import ActionPlan, Contribution, Goal, Snapshot
from users.models import User

TODAY = date(2026, 3, 31)


@pytest.fixture
def demo(household, db):
    return User.objects.get(email="demo@solvent.example")


def test_the_reserve_grows_by_the_ledgers_own_transfers(demo):
    goal = Goal.objects.for_user(demo).get(is_primary=True)
    found = Contribution.objects.filter(goal=goal)
    assert found.count() > 3
    assert {each.source for each in found} == {Contribution.Source.TRANSACTION}
    assert all(each.amount == each.transaction.amount for each in found)
    assert goal.status == Goal.Status.ACTIVE
    plan = ActionPlan.objects.get(goal=goal)
    assert (plan.version, plan.answer["feasibility"]) == (1, "tight")
    assert Decimal(plan.answer["needed_per_month"]) > 0


def test_the_journey_is_saved_for_by_hand(demo):
    goal = Goal.objects.for_user(demo).get(name="A week in Lisbon")
    assert sum(each.amount for each in Contribution.objects.filter(goal=goal)) == Decimal("720.00")
    assert goal.check_ins.count() == 1


def test_each_month_has_its_snapshot(demo):
    series = list(Snapshot.objects.for_user(demo).order_by("on"))
    assert [each.on for each in series] == [
        *(date(2025, month, 1) for month in (9, 10, 11, 12)),
        *(date(2026, month, 1) for month in (1, 2)),
        TODAY,
    ]
    assert len({each.net_worth for each in series}) > 3
    assert all(each.net_worth == each.assets - each.debts for each in series)
