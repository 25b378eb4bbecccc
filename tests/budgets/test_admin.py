"""Staff's view of budgets."""

import re
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import Allocation, BudgetPeriod, BudgetSettings, Redistribution
from budgets.services.allocations import change_allocation
from budgets.services.periods import close_period, open_period
from budgets.services.redistributing import redistribute_overspend
from core.models import AuditEntry
from tests.factories import (
    NOW,
    AccountFactory,
    AllocationFactory,
    BudgetPeriodFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from tests.portal import choose, page, portal, press, staff, superuser, text

SETTINGS, PERIOD = "budgets_budgetsettings", "budgets_budgetperiod"
ALLOCATION, RUN = "budgets_allocation", "budgets_redistribution"
PAGES = (SETTINGS, PERIOD, ALLOCATION, RUN)
UNDOES = ("budgets.view_redistribution", "budgets.change_redistribution")

pytestmark = pytest.mark.usefixtures("_in_march")


@pytest.fixture
def _in_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


@pytest.fixture
def month(alice):
    """March with 3,000.00, of which 25.00 is for dining, and 35.00 spent there."""
    AccountFactory(user=alice, currency="EUR")
    spend(alice, "dining", "35.00")
    amounts = {"dining": "25.00", "entertainment": "100.00", "groceries": "400.00"}
    allocations = [
        {"category": category_of(alice, code), "amount": Decimal(amount), "pattern": "even"}
        for code, amount in amounts.items()
    ]
    return open_period(alice, act=act_of(alice), income_expected=Decimal(3000), allocations=allocations)


@pytest.fixture
def run(alice, month):
    """10.00 that entertainment gave to dining."""
    made = redistribute_overspend(month, act=act_of(alice), trigger="spending").kept
    AuditEntry.objects.all().delete()
    return made


def spend(user, code, amount):
    account = user.accounts.first()
    category = category_of(user, code)
    TransactionFactory(account=account, category=category, amount=-Decimal(amount), date=NOW.date())


def amounts():
    rows = Allocation.objects.select_related("category")
    return {row.category.code: row.amount for row in rows}


def test_support_sees_nothing_of_budgets(run, alice):
    client = portal(staff(groups=["Support"]))

    for name in PAGES:
        assert client.get(page(name)).status_code == 403
    for path in ("/admin/", page("users_user", "change", alice.pk), "/admin/search/?s=dining&extended=1"):
        assert "/admin/budgets/" not in text(client.get(path))


def test_operations_have_exactly_their_permissions_on_budgets(db):
    granted = Group.objects.get(name="Operations").permissions.filter(content_type__app_label="budgets")

    assert set(granted.values_list("codename", flat=True)) == {
        "view_budgetsettings", "view_budgetperiod", "view_allocation", "view_redistribution", "view_move",
    }  # fmt: skip
    support = Group.objects.get(name="Support").permissions
    assert not support.filter(content_type__app_label="budgets").exists()


def test_the_menu_leads_to_every_page(operations):
    shown = text(portal(operations).get("/admin/"))

    for name in PAGES:
        assert f'href="{page(name)}"' in shown


def test_nobody_adds_changes_or_deletes_budgets_here(run, month):
    client = portal(superuser())
    settings = BudgetSettings.objects.get_or_create(user=month.user)[0]
    allocation = month.allocations.first()

    for name in PAGES:
        assert client.get(page(name, "add")).status_code == 403
    for name, row in ((SETTINGS, settings), (PERIOD, month), (ALLOCATION, allocation)):
        for view in ("change", "delete"):
            assert client.post(page(name, view, row.pk), {"post": "yes"}).status_code == 403
    assert client.post(page(RUN, "delete", run.pk), {"post": "yes"}).status_code == 403
    client.post(page(RUN, "change", run.pk), {"message": "Mine", "status": "undone"})
    run.refresh_from_db()
    assert (run.message[:16], run.status) == ("Budget adjusted:", "applied")


def test_a_period_is_listed_with_its_income_and_what_is_unallocated(month, operations):
    shown = text(portal(operations).get(page(PERIOD)))

    for part in ("alice@example.org", "€3,000.00", "€525.00", "€2,475.00", "open", "Mar 1, 2026"):
        assert part in shown


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "alice@example"},
        {"q": "id"},
        {"status__exact": "closed"},
        {"kind__exact": "week"},
        {"currency": "CHF"},
    ],
)
def test_a_period_is_found(alice, bob, filters):
    fields = {"kind": "week", "currency": "CHF", "status": "closed", "report": {}}
    wanted = BudgetPeriodFactory(user=alice, **fields)
    BudgetPeriodFactory(user=bob)
    if filters.get("q") == "id":
        filters = {"q": str(wanted.pk)}

    found = portal(superuser()).get(page(PERIOD), filters).context["cl"].result_list

    assert [period.pk for period in found] == [wanted.pk]


def test_the_page_of_a_period_shows_its_allocations(month, operations):
    shown = text(portal(operations).get(page(PERIOD, "change", month.pk)))

    for part in (
        "Restaurants and bars",
        "€25.00",
        "Entertainment",
        "€100.00",
        "Groceries",
        "€400.00",
        "€2,475.00",
    ):
        assert part in shown


def test_a_closed_period_shows_its_report(alice, month, operations):
    with time_machine.travel("2026-04-02T12:00:00Z", tick=False):
        close_period(month, act=act_of(alice, at=NOW.replace(month=4, day=2)))

    shown = text(portal(operations).get(page(PERIOD, "change", month.pk)))

    assert re.search(r"spent</th><td>€35.00", shown)
    assert re.search(r"saved</th><td>-€35.00", shown)


def test_an_allocation_shows_the_plan_of_its_days_and_which_are_locked(alice, month, operations):
    dining = month.allocations.get(category__code="dining")
    change_allocation(dining, act=act_of(alice), locked_days=["2026-03-20"])

    shown = text(portal(operations).get(page(ALLOCATION, "change", dining.pk)))

    assert re.search(r"Mar 1, 2026</th><td>€0.81", shown)
    assert re.search(r"Mar 31, 2026</th><td>€0.80", shown)
    assert "Mar 20, 2026" in re.sub(r"Mar 20, 2026</th>", "", shown)


def test_amounts_are_written_as_the_reader_writes_them(month):
    reader = superuser()
    reader.locale = "de-DE"
    reader.save()

    shown = text(portal(reader).get(page(PERIOD)))

    assert "3.000,00\xa0€" in shown
    assert "01.03.2026" in shown


def test_settings_are_shown_in_the_persons_currency(alice, operations):
    BudgetSettings.objects.create(user=alice, needs=60, wants=20, savings=20, buffer=Decimal("150.00"))
    client = portal(operations)

    for address in (page(SETTINGS), page(SETTINGS, "change", alice.pk)):
        shown = text(client.get(address))
        assert "60 / 20 / 20 %" in shown
        assert "€150.00" in shown


def test_the_page_of_a_run_shows_what_it_found_and_moved(run, operations):
    shown = text(portal(operations).get(page(RUN, "change", run.pk)))

    for part in (
        run.message,
        "€35.00 of €25.00 spent",
        "days left: 17",
        "€10.00",
        "slack",
        "Spending",
        "applied",
    ):
        assert part in shown


def test_a_run_is_found_by_what_it_says(run, alice, operations):
    for filters in ({"q": "entertainment"}, {"q": str(run.pk)}, {"status__exact": "applied"}):
        found = portal(operations).get(page(RUN), filters).context["cl"].result_list
        assert [each.pk for each in found] == [run.pk]
    other = portal(operations).get(page(RUN), {"trigger__exact": "nightly"})
    assert list(other.context["cl"].result_list) == []


@pytest.mark.parametrize("way", ["list", "page"])
def test_a_run_is_undone_by_its_service_and_leaves_a_trail(alice, run, way):
    editor = staff(permissions=UNDOES)
    assert amounts()["dining"] == Decimal("35.00")

    if way == "list":
        choose(portal(editor), RUN, "undo_chosen", run)
    else:
        press(portal(editor), RUN, "undo_one", run)

    run.refresh_from_db()
    entry = AuditEntry.objects.get(object_id=run.pk)
    assert (run.status, run.undone_at) == ("undone", NOW)
    assert amounts() == {"dining": 25, "entertainment": 100, "groceries": 400}
    assert (entry.user, entry.actor, entry.via) == (alice, editor, "admin")
    assert entry.changes == {"status": ["applied", "undone"]}
    others = AuditEntry.objects.exclude(pk=entry.pk).order_by("pk").values_list("changes", flat=True)
    assert {(tuple(each["amount"])) for each in others} == {("35.00", "25.00"), ("90.00", "100.00")}


def test_a_run_that_was_built_upon_is_not_undone_and_the_page_says_why(alice, run):
    dining = Allocation.objects.get(category__code="dining")
    change_allocation(dining, act=act_of(alice), amount=Decimal("40.00"))
    AuditEntry.objects.all().delete()

    shown = text(choose(portal(staff(permissions=UNDOES)), RUN, "undo_chosen", run))

    run.refresh_from_db()
    assert "You changed their amounts or days since." in shown
    assert run.status == "applied"
    assert amounts()["dining"] == Decimal("40.00")
    assert not AuditEntry.objects.exists()


def test_the_button_is_there_while_a_run_is_in_effect(run):
    client = portal(superuser())
    button = page(RUN, "undo_one", run.pk)

    assert button in text(client.get(page(RUN, "change", run.pk)))
    press(client, RUN, "undo_one", run)
    assert button not in text(client.get(page(RUN, "change", run.pk)))


def test_a_reader_of_runs_may_not_undo(run, operations):
    client = portal(operations)

    choose(client, RUN, "undo_chosen", run)
    press(client, RUN, "undo_one", run)

    run.refresh_from_db()
    assert run.status == "applied"
    assert amounts()["dining"] == Decimal("35.00")


def test_parts_of_a_page_are_shown_to_those_who_may_view_them(run, month):
    client = portal(staff(permissions=["budgets.view_budgetperiod", "budgets.view_redistribution"]))

    assert "Groceries" not in text(client.get(page(PERIOD, "change", month.pk)))
    assert "slack" not in text(client.get(page(RUN, "change", run.pk)))


def test_the_lists_cost_the_same_however_much_they_show(alice, bob, run):
    client = portal(superuser())
    BudgetSettings.objects.get_or_create(user=alice)

    def queries():
        counts = []
        for name in PAGES:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page(name)).status_code == 200
            counts.append(len(captured))
        return counts

    few = queries()
    period = BudgetPeriodFactory(user=bob)
    BudgetSettings.objects.get_or_create(user=bob)
    for code in ("dining", "entertainment", "groceries", "shopping"):
        AllocationFactory(period=period, code=code)
    for _ in range(5):
        fields = {"trigger": "request", "status": "applied", "made_on": NOW.date(), "message": "Moved."}
        Redistribution.objects.create(user=bob, period=period, states=[], before={}, after={}, **fields)

    assert queries() == few


def test_the_lists_read_no_plans_and_no_reports(run, month, operations):
    client = portal(operations)

    runs = client.get(page(RUN)).context["cl"].result_list
    periods = client.get(page(PERIOD)).context["cl"].result_list

    assert [row.get_deferred_fields() for row in runs] == [{"states", "before", "after"}]
    assert [row.get_deferred_fields() for row in periods] == [{"report"}]
    assert BudgetPeriod.objects.count() == 1
