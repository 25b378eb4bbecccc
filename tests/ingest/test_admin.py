"""Staff's view of imports."""

import datetime as dt

import pytest

from core.models import AuditEntry
from ingest.models import StatementImport
from tests.factories import NOW, AccountFactory
from tests.portal import choose, page, portal, press, staff, superuser, text

IMPORT = "ingest_statementimport"
Status = StatementImport.Status


@pytest.fixture
def statement(alice):
    """Makes imports of alice's."""

    def make(status, **fields):
        return StatementImport.objects.create(
            user=alice, filename="march.csv", file="statements/gone", size=10, status=status, **fields
        )

    return make


@pytest.fixture
def support(db):
    return staff(groups=["Support"])


def test_an_import_shows_its_progress_error_problems_and_layout(statement, support):
    row = statement(
        Status.FAILED,
        progress_done=30,
        progress_total=120,
        error="Line 9: There is no date.",
        problems=[{"line": 9, "message": "This is not a date: soon."}],
        layout={"delimiter": ";"},
    )

    listed = text(portal(support).get(page(IMPORT)))
    shown = text(portal(support).get(page(IMPORT, "change", row.pk)))

    assert "25%" in listed
    for part in ("25%", "30 of 120", "Line 9: There is no date.", "This is not a date: soon.", "delimiter"):
        assert part in shown


def test_accounts_of_a_file_are_shown_to_those_who_may_see_accounts(alice, statement, support):
    account = AccountFactory(user=alice, name="Hidden purse")
    row = statement(Status.SUCCEEDED, account=account, accounts_found=[{"number": "DE4321"}])

    hidden = text(portal(support).get(page(IMPORT, "change", row.pk)))
    seen = text(portal(staff("ops@example.org", groups=["Operations"])).get(page(IMPORT, "change", row.pk)))

    assert "Hidden purse" not in hidden
    assert "DE4321" not in hidden
    assert "Hidden purse" in seen
    assert "DE4321" in seen


@pytest.mark.parametrize("way", ["list", "page"])
def test_support_retries_a_failed_import(alice, statement, support, way):
    row = statement(Status.FAILED, error="No room.")

    if way == "list":
        choose(portal(support), IMPORT, "retry_chosen", row)
    else:
        press(portal(support), IMPORT, "retry", row)

    row.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (row.status, row.error) == (Status.PENDING, "")
    assert (entry.user, entry.actor, entry.via) == (alice, support, "admin")
    assert entry.changes == {"status": ["failed", "pending"]}


@pytest.mark.parametrize("way", ["list", "page"])
def test_support_cancels_a_waiting_import(statement, support, way):
    row = statement(Status.PENDING)

    if way == "list":
        choose(portal(support), IMPORT, "cancel_chosen", row)
    else:
        press(portal(support), IMPORT, "cancel", row)

    row.refresh_from_db()
    assert row.status == Status.CANCELLED
    assert AuditEntry.objects.get().actor == support


def test_what_cannot_be_retried_is_refused_in_words(statement, support):
    done, failed = statement(Status.SUCCEEDED), statement(Status.FAILED)

    shown = text(choose(portal(support), IMPORT, "retry_chosen", done, failed))

    done.refresh_from_db()
    failed.refresh_from_db()
    assert "march.csv: Only a failed or cancelled job can be started again." in shown
    assert "1 started again." in shown
    assert (done.status, failed.status) == (Status.SUCCEEDED, Status.PENDING)


def test_a_reader_of_imports_may_not_retry(statement):
    row = statement(Status.FAILED)
    client = portal(staff(permissions=["ingest.view_statementimport"]))

    choose(client, IMPORT, "retry_chosen", row)
    response = press(client, IMPORT, "retry", row)

    row.refresh_from_db()
    assert response.status_code == 403
    assert row.status == Status.FAILED


def test_undoing_needs_the_permission_to_delete_from_the_ledger(statement, support):
    row = statement(Status.SUCCEEDED)

    assert press(portal(support), IMPORT, "undo", row).status_code == 403
    press(portal(superuser()), IMPORT, "undo", row)

    row.refresh_from_db()
    assert row.undone_at is not None


def test_nothing_of_an_import_is_typed(statement):
    row = statement(Status.SUCCEEDED)

    portal(superuser()).post(page(IMPORT, "change", row.pk), {"filename": "april.csv", "status": "failed"})

    row.refresh_from_db()
    assert (row.filename, row.status) == ("march.csv", Status.SUCCEEDED)


def test_a_failed_import_is_two_clicks_from_the_first_page(statement, support):
    row = statement(Status.FAILED, error="No room.", finished_at=NOW)
    client = portal(support)

    first = client.get("/admin/")
    failed = next(card for card in first.context["cards"] if card["title"] == "Failed statement imports")
    listed = text(client.get(failed["link"]))

    assert failed["value"] == 1
    assert failed["alert"]
    assert page(IMPORT, "change", row.pk) in listed
    assert page(IMPORT, "change", row.pk) in text(first)


def test_the_first_page_counts_what_stalls_and_waits(statement, support):
    statement(Status.RUNNING, heartbeat_at=NOW - dt.timedelta(days=1))
    statement(Status.PENDING)
    statement(Status.PENDING)

    cards = portal(support).get("/admin/").context["cards"]

    assert [card["value"] for card in cards] == [0, 1, 2]


def test_imports_a_day_are_counted_by_outcome(statement):
    from core.dashboard import jobs_a_day

    for status in Status:
        statement(status)
    StatementImport.objects.update(created_at=NOW)

    figures = jobs_a_day(StatementImport, today=NOW.date())

    latest = {outcome: counts[-1] for outcome, counts in figures.counts.items()}
    assert latest == {"succeeded": 1, "failed": 1, "cancelled": 1, "unfinished": 2}
