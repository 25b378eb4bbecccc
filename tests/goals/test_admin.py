"""Staff's view of goals."""

from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from goals.models import Goal
from tests.factories import (
    NOW,
    ActionPlanFactory,
    ContributionFactory,
    ContributionRuleFactory,
    GoalFactory,
    SnapshotFactory,
)
from tests.portal import page, portal, staff, superuser, text

GOAL = "goals_goal"

pytestmark = pytest.mark.usefixtures("_in_march")


@pytest.fixture
def _in_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def roof(alice):
    goal = GoalFactory(user=alice, name="Roof")
    ContributionFactory(goal=goal, amount=Decimal("300.00"), notes="first")
    return goal


def form_of(goal, **changes):
    form = {"name": goal.name, "kind": goal.kind, "status": goal.status, "priority": goal.priority}
    for part in ("milestones", "contributions", "rules", "check_ins"):
        form |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    return {**form, **changes}


def test_operations_look_at_goals_but_do_not_touch_them(roof, db):
    client = portal(staff("ops@example.org", groups=["Operations"]))

    shown = text(client.get(page(GOAL, "change", roof.pk)))

    for part in ("Roof", "€300.00", "25 %", "€1,200.00", "first"):
        assert part in shown
    assert client.post(page(GOAL, "change", roof.pk), form_of(roof, name="Mine")).status_code == 403
    assert client.post(page(GOAL, "delete", roof.pk), {"post": "yes"}).status_code == 403


def test_support_does_not_see_goals(roof, db):
    client = portal(staff("help@example.org", groups=["Support"]))

    assert client.get(page(GOAL)).status_code == 403


def test_a_correction_keeps_the_rules_and_the_trail(roof):
    client = portal(superuser())

    assert client.post(page(GOAL, "change", roof.pk), form_of(roof, name="New roof")).status_code == 302

    assert Goal.objects.get(pk=roof.pk).name == "New roof"
    entry = AuditEntry.objects.get(object_id=roof.pk)
    assert (entry.via, entry.changes) == ("admin", {"name": ["Roof", "New roof"]})


def test_a_sixth_active_goal_is_refused_here_too(alice, roof):
    for _ in range(4):
        GoalFactory(user=alice)
    paused = GoalFactory(user=alice, status="paused")

    answer = portal(superuser()).post(
        page(GOAL, "change", paused.pk), form_of(paused, status="active"), follow=True
    )

    assert "You can have at most 5 active goals." in text(answer)
    assert Goal.objects.get(pk=paused.pk).status == "paused"


@pytest.mark.parametrize("name", ["goals_actionplan", "goals_snapshot"])
def test_plans_and_snapshots_are_read(alice, roof, name):
    ContributionRuleFactory(goal=roof)
    row = ActionPlanFactory(goal=roof) if name == "goals_actionplan" else SnapshotFactory(user=alice)
    client = portal(superuser())

    assert client.get(page(name), {"q": "alice@example"}).context["cl"].result_count == 1
    assert client.get(page(name, "change", row.pk)).status_code == 200
    assert client.get(page(name, "add")).status_code == 403


def test_the_list_costs_the_same_however_many_goals_it_shows(alice):
    client = portal(superuser())

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(GOAL)).status_code == 200
        return len(captured)

    GoalFactory(user=alice)
    few = queries()
    for _ in range(10):
        GoalFactory(user=alice, status="paused")

    assert queries() == few
