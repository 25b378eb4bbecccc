"""``manage.py load_demo`` brings a month that is over and one in progress, whatever the day."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Sum
from django.test import override_settings
from django.utils import timezone

from budgets.models import Allocation, BudgetPeriod, BudgetSettings, Move, Redistribution
from budgets.selectors.standing import standing
from core.models import AuditEntry, Notification
from tests.conftest import HASHERS
from tests.household import SEEN_AT
from tests.planting import rolled_back
from users.models import User

# The first day of the household's month, which is still the last in UTC, and the last.
DAYS = {date(2026, 11, 1): "2026-10-31T23:30:00Z", date(2026, 3, 31): SEEN_AT}


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request, planted_household, django_db_blocker, tmp_path_factory):
    """The household on either day; every test's own changes are rolled back."""
    moment = time_machine.travel(DAYS[request.param], tick=False)
    world = override_settings(DATA_DIR=tmp_path_factory.mktemp("data"), PASSWORD_HASHERS=HASHERS)
    with moment, world, rolled_back(django_db_blocker):
        if DAYS[request.param] == SEEN_AT:
            planted_household.planted.copy(now=timezone.now())
        else:
            call_command("load_demo", verbosity=0)
        yield request.param


@pytest.fixture
def demo(today, db):
    return User.objects.get(email="demo@solvent.example")


@pytest.fixture
def periods(demo):
    return list(BudgetPeriod.objects.for_user(demo).order_by("first_on"))


def test_the_month_before_is_closed_with_its_report(periods, today):
    last, _ = periods

    assert (last.last_on - today.replace(day=1)).days == -1
    assert last.status == "closed"
    assert last.report["allotted"] == "4322.00"
    assert last.report["income_received"] == "4427.27"
    assert len(last.report["categories"]) == 18
    assert last.report["unplanned"] == "0.00"


def test_the_present_month_is_in_progress_and_nothing_is_over_allotted(periods, today):
    _, present = periods
    allotted = present.allocations.aggregate(total=Sum("amount"))["total"]

    assert present.first_on == today.replace(day=1)
    assert present.status == "open"
    assert present.income_expected == Decimal("4427.27")
    assert 0 < present.income_expected - allotted < 200


def test_what_was_left_of_groceries_rolled_over(periods):
    last, present = periods
    left = next(line for line in last.report["categories"] if line["name"] == "Groceries")
    groceries = present.allocations.get(category__code="groceries")

    assert groceries.rollover == "surplus"
    assert groceries.rolled_in == max(Decimal(left["remaining"]), 0) == Decimal(left["rolls_over"])
    assert groceries.amount == 540 + groceries.rolled_in


def test_coffee_was_overspent_and_is_covered_by_one_redistribution(demo, periods, today):
    run = Redistribution.objects.get(user=demo)
    moves = Move.objects.filter(redistribution=run)
    coffee = Allocation.objects.get(period=periods[1], category__code="coffee")

    assert (run.period, run.trigger, run.status, run.made_on) == (periods[1], "spending", "applied", today)
    assert run.short == {}
    assert run.message.startswith("Budget adjusted: Coffee and cafés +€")
    assert {move.receiver for move in moves} == {coffee}
    assert 0 < sum(move.amount for move in moves) <= 5
    stood = {each.key: each for each in standing(periods[1], mode="spread").envelopes}
    assert stood[str(coffee.pk)].remaining == 0
    assert min(each.remaining for each in stood.values()) >= 0


def test_the_household_was_warned(demo):
    titles = Notification.objects.filter(user=demo).values_list("title", flat=True)

    assert "Coffee and cafés: all spent" in titles


def test_the_settings_have_a_buffer(demo):
    settings = BudgetSettings.objects.get(user=demo)

    assert (settings.period, settings.mode, settings.buffer) == ("month", "spread", Decimal("200.00"))


def test_everything_has_its_beginning_in_the_audit_trail(demo):
    for model in (BudgetPeriod, Allocation):
        created = AuditEntry.objects.filter(object_type=model._meta.label_lower, action="created")
        assert created.count() == model.objects.for_user(demo).count()
        assert set(created.values_list("user", "via", "actor")) == {(demo.pk, "system", None)}


def test_a_second_run_changes_nothing(demo, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tables = (BudgetSettings, BudgetPeriod, Allocation, Redistribution, Move)
    before = [list(model.objects.order_by("pk").values()) for model in tables]

    call_command("load_demo", verbosity=0)

    assert [list(model.objects.order_by("pk").values()) for model in tables] == before
