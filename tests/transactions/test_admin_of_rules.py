"""Staff's view of rules, and of their runs over histories."""

from decimal import Decimal

import pytest

from core.models import AuditEntry
from tests.factories import (
    NOW,
    AccountFactory,
    MerchantFactory,
    TagFactory,
    TransactionFactory,
    act_of,
    category_of,
)
from tests.portal import choose, page, portal, press, staff, superuser, text
from transactions.models import Rule, RuleRun
from transactions.services.rule_runs import start_rules
from transactions.services.rules import create_rule, delete_rule

RULE, RUN = "transactions_rule", "transactions_rulerun"
SEES_RUNS = ("transactions.view_rulerun",)
SEES_RULES = (*SEES_RUNS, "transactions.view_rule")
SEES_ROWS = (*SEES_RULES, "transactions.view_transaction")
Status = RuleRun.Status


@pytest.fixture
def rule(alice):
    """Rent is housing."""
    made = create_rule(
        alice, act=act_of(alice), name="Rent", text="rent", set_category=category_of(alice, "rent")
    )
    AuditEntry.objects.all().delete()
    return made


@pytest.fixture
def run(alice):
    """Makes runs of alice's rules."""

    def make(status, **fields):
        return RuleRun.objects.create(user=alice, status=status, **fields)

    return make


@pytest.fixture
def operations(db):
    return staff("ops@example.org", groups=["Operations"])


@pytest.mark.parametrize(
    "filters",
    [
        {"q": "alice@example"},
        {"q": "landlord"},
        {"q": "id"},
        {"q": "merchant"},
        {"is_active__exact": "1"},
        {"direction__exact": "out"},
        {"is_ignored__exact": "1"},
        {"is_transfer__exact": "0"},
    ],
)
def test_a_rule_is_found(alice, bob, filters):
    merchant = MerchantFactory(user=alice)
    wanted = Rule.objects.create(
        user=alice, name="Landlord", merchant=merchant, direction="out", is_ignored=True
    )
    Rule.objects.create(user=bob, name="Savings", text="savings", is_transfer=True, is_active=False)
    ids = {"id": str(wanted.pk), "merchant": str(merchant.pk)}
    asked = {name: ids.get(value, value) for name, value in filters.items()}

    found = portal(superuser()).get(page(RULE), asked).context["cl"].result_list

    assert [rule.pk for rule in found] == [wanted.pk]


def test_the_page_of_a_rule_shows_its_conditions_and_what_is_done(alice, operations):
    rule = Rule.objects.create(
        user=alice, name="Flat", text="MIETE", amount_min=Decimal("500.50"),
        set_category=category_of(alice, "rent"), set_notes="split with Bob",
    )  # fmt: skip
    rule.add_tags.add(TagFactory(user=alice, name="flat share"))

    shown = text(portal(operations).get(page(RULE, "change", rule.pk)))

    for part in ("Flat", "alice@example.org", "MIETE", "500.5", "Rent", "split with Bob", "flat share"):
        assert part in shown
    assert "500.50" not in shown


@pytest.mark.parametrize("view", ["change", "delete"])
def test_a_rule_is_not_changed_here(rule, view):
    client = portal(superuser())

    assert client.post(page(RULE, view, rule.pk), {"name": "Mine", "post": "yes"}).status_code == 403
    assert Rule.objects.get().name == "Rent"
    assert client.get(page(RULE, "add")).status_code == 403


def test_a_run_shows_its_progress_error_and_what_it_changed(rule, run, operations):
    changed = {"description": "RENT MARCH", "changes": {"rules": ["Rent"]}}
    row = run(
        Status.FAILED, rule=rule, progress_done=1, progress_total=4, error="No room.", preview=[changed],
        rows_changed=17,
    )  # fmt: skip

    listed = text(portal(operations).get(page(RUN), {"status__exact": "failed"}))
    shown = text(portal(operations).get(page(RUN, "change", row.pk)))

    for part in ("25%", "17", "failed"):
        assert part in listed
    for part in ("25%", "No room.", "RENT MARCH", page(RULE, "change", rule.pk)):
        assert part in shown


@pytest.mark.parametrize(
    ("permissions", "seen"),
    [
        (SEES_RUNS, set()),
        (SEES_RULES, {"Rent"}),
        (SEES_ROWS, {"Rent", "FLAT 7"}),
        ((*SEES_RUNS, "transactions.view_transaction"), set()),
    ],
)
def test_a_run_names_rules_and_rows_only_to_those_who_may_see_them(rule, run, permissions, seen):
    row = run(
        Status.SUCCEEDED, rule=rule, preview=[{"description": "FLAT 7", "changes": {"rules": ["Rent"]}}]
    )

    shown = text(portal(staff(permissions=permissions)).get(page(RUN, "change", row.pk)))

    assert {part for part in ("Rent", "FLAT 7") if part in shown} == seen


def test_the_list_of_runs_reads_no_rows(run, operations):
    run(Status.SUCCEEDED)

    listed = portal(operations).get(page(RUN)).context["cl"].result_list

    assert [row.get_deferred_fields() for row in listed] == [{"preview"}]


@pytest.mark.parametrize("way", ["list", "page"])
@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        ("retry", Status.FAILED, Status.PENDING),
        ("retry", Status.CANCELLED, Status.PENDING),
        ("cancel", Status.RUNNING, Status.CANCELLED),
        ("cancel", Status.PENDING, Status.CANCELLED),
    ],
)
def test_operations_retry_and_cancel(alice, run, operations, way, act, before, after):
    row = run(before)

    if way == "list":
        choose(portal(operations), RUN, f"{act}_chosen", row)
    else:
        press(portal(operations), RUN, act, row)

    row.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert row.status == after
    assert (entry.user, entry.actor, entry.via) == (alice, operations, "admin")
    assert entry.changes == {"status": [before, after]}


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_run_that_is_retried_goes_through_every_row(alice, rule, operations, commits, dry_run):
    row = TransactionFactory(account=AccountFactory(user=alice), description="RENT MARCH")
    stopped = start_rules(alice, act=act_of(alice), dry_run=dry_run)
    RuleRun.objects.update(status=Status.CANCELLED, finished_at=NOW)

    with commits():
        press(portal(operations), RUN, "retry", stopped)

    stopped.refresh_from_db()
    row.refresh_from_db()
    assert (stopped.status, stopped.rows_changed) == (Status.SUCCEEDED, 1)
    assert (row.category == rule.set_category) is not dry_run


@pytest.mark.parametrize(
    ("status", "act", "words"),
    [
        (Status.SUCCEEDED, "retry", "Only a failed or cancelled job can be started again."),
        (Status.FAILED, "cancel", "The job has already finished."),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(run, operations, status, act, words):
    row = run(status)

    shown = text(choose(portal(operations), RUN, f"{act}_chosen", row))

    row.refresh_from_db()
    assert words in shown
    assert row.status == status
    assert not AuditEntry.objects.exists()


def test_a_run_goes_with_its_rule(alice, rule):
    run = start_rules(alice, act=act_of(alice), rule=rule)
    run_of_all = start_rules(alice, act=act_of(alice))

    delete_rule(rule, act=act_of(alice))

    assert list(RuleRun.objects.all()) == [run_of_all]
    assert run.pk != run_of_all.pk


def test_a_reader_of_runs_may_not_retry(run):
    row = run(Status.FAILED)
    client = portal(staff(permissions=SEES_RUNS))

    choose(client, RUN, "retry_chosen", row)
    response = press(client, RUN, "retry", row)

    row.refresh_from_db()
    assert response.status_code == 403
    assert row.status == Status.FAILED


def test_nothing_of_a_run_is_typed(run):
    row = run(Status.SUCCEEDED, rows_changed=17)
    client = portal(superuser())

    client.post(page(RUN, "change", row.pk), {"rows_changed": "0", "status": "failed"})

    row.refresh_from_db()
    assert (row.status, row.rows_changed) == (Status.SUCCEEDED, 17)
    assert client.get(page(RUN, "add")).status_code == 403
    assert client.post(page(RUN, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_failed_run_is_two_clicks_from_the_first_page(run, operations):
    row = run(Status.FAILED, error="No room.", finished_at=NOW)

    first = portal(operations).get("/admin/")

    card = next(each for each in first.context["cards"] if each["title"] == "Failed rule runs")
    assert (card["value"], card["alert"]) == (1, True)
    assert page(RUN, "change", row.pk) in text(portal(operations).get(card["link"]))
    assert page(RUN, "change", row.pk) in text(first)
