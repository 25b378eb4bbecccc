"""What became of rows that were kept under earlier names."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from goals.models import ActionPlan
from tests.factories import ActionPlanFactory, GoalFactory
from users.models import User

CHANGES = {"smaller_target": "900.00", "more_per_month": "20.00", "sentence": "The goal is feasible."}


def test_plans_that_were_kept_call_their_day_as_all_days_are_called(alice: User) -> None:
    goal = GoalFactory(user=alice)
    feasible = ActionPlanFactory(goal=goal)
    other = ActionPlanFactory(goal=goal, version=2)
    other.answer["changes"] = {"later_date": "2028-02-29"} | CHANGES
    other.request = {"one_offs": [{"name": "Bike", "amount": "150.00"}]}
    other.save()
    rename = import_module("goals.migrations.0003_days_by_one_habit").rewrite_plans

    for _ in range(2):
        rename(apps, connection.schema_editor())

    kept = ActionPlan.objects.get(pk=other.pk)
    assert kept.answer["changes"] == {"later_on": "2028-02-29"} | CHANGES
    assert kept.request == {"unused_subscriptions": [], "one_offs": [{"name": "Bike", "amount": "150.00"}]}
    assert ActionPlan.objects.get(pk=feasible.pk).answer == feasible.answer
