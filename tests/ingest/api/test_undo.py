"""Taking a whole import out of the ledger, and changing one's mind while it runs."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.celery import app
from core.models import AuditEntry
from ingest.models import StatementImport
from tests.factories import AccountFactory, TransactionFactory
from tests.ingest.conftest import URL, Import, csv_of, send
from transactions.models import Account, Transaction, Transfer

ROWS = [
    ("2026-03-02", "LIDL 0412", "-38.27"),
    ("2026-03-02", "STARBUCKS STORE 10482", "-4.85"),
    ("2026-03-03", "SALARY MARCH", "2500.00"),
]


def undo(client: APIClient, job: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{URL}/{job['id']}/undo")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def balance(client: APIClient) -> str:
    return client.get("/api/v1/accounts").json()["results"][0]["balance"]


def test_every_row_of_it_goes_and_nothing_else(alice_api: APIClient, bring_in: Import, ledger: Any) -> None:
    bring_in(csv_of(ROWS[:1]))
    job = bring_in(csv_of(ROWS))

    undone = undo(alice_api, job)

    assert undone["undone_at"] is not None
    assert ledger() == ROWS[:1]
    assert balance(alice_api) == "-38.27"
    assert alice_api.get("/api/v1/transactions/trash").json()["results"] == []


def test_undone_twice_is_undone_once(alice_api: APIClient, bring_in: Import) -> None:
    job = bring_in(csv_of(ROWS))

    first, second = undo(alice_api, job), undo(alice_api, job)

    assert first == second
    acts = AuditEntry.objects.filter(object_id=job["id"]).order_by("id")
    assert [entry.action for entry in acts] == ["created", "updated"]
    assert acts[1].changes["rows"] == 3


def test_it_can_be_imported_again(alice_api: APIClient, bring_in: Import, ledger: Any) -> None:
    undo(alice_api, bring_in(csv_of(ROWS)))

    again = bring_in(csv_of(ROWS))

    assert again["rows"]["new"] == 3
    assert ledger() == sorted(ROWS)
    undo(alice_api, again)
    assert bring_in(csv_of(ROWS))["rows"]["new"] == 3
    assert ledger() == sorted(ROWS)


def test_rows_in_the_trash_go_as_well_and_come_back_with_the_next_import(
    alice_api: APIClient, bring_in: Import, ledger: Any
) -> None:
    job = bring_in(csv_of(ROWS))
    alice_api.delete(f"/api/v1/transactions/{Transaction.objects.get(description='LIDL 0412').pk}")

    undo(alice_api, job)

    assert alice_api.get("/api/v1/transactions/trash").json()["results"] == []
    assert bring_in(csv_of(ROWS))["rows"]["new"] == 3
    assert ledger() == sorted(ROWS)


def test_the_other_half_of_a_transfer_stays(alice_api: APIClient, alice: Any, bring_in: Import) -> None:
    job = bring_in(csv_of(ROWS))
    paid = Transaction.objects.get(description="LIDL 0412")
    received = TransactionFactory(account=AccountFactory(user=alice), amount=Decimal("38.27"))
    body = {"outflow": str(paid.pk), "inflow": str(received.pk)}
    assert alice_api.post("/api/v1/transfers", body).status_code == 201

    undo(alice_api, job)

    assert not Transfer.objects.exists()
    shown = alice_api.get(f"/api/v1/transactions/{received.pk}").json()
    assert (shown["transfer"], shown["kind"], shown["deleted_at"]) == (None, "income", None)


def test_the_history_of_a_row_tells_it(alice_api: APIClient, bring_in: Import) -> None:
    job = bring_in(csv_of(ROWS[:1]))
    row = Transaction.objects.get()

    undo(alice_api, job)

    entry = alice_api.get(f"/api/v1/transactions/{row.pk}/history").json()[-1]
    assert (entry["action"], entry["via"]) == ("deleted", "api")
    assert entry["changes"] == {"external_id": [row.external_id, None], "import_undone": job["id"]}


@pytest.mark.parametrize("fields", [{"dry_run": "true"}, {}])
def test_only_what_has_been_posted_can_be_undone(
    alice_api: APIClient, bring_in: Import, fields: dict[str, str]
) -> None:
    job = bring_in(csv_of(ROWS) if fields else b"%PDF-1.7\n", **fields)

    answer = alice_api.post(f"{URL}/{job['id']}/undo")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "IMPORT_NOT_POSTED")


def test_an_import_that_waits_can_be_cancelled(alice_api: APIClient, commits: Any) -> None:
    with commits():
        job = send(alice_api, csv_of(ROWS)).json()
        cancelled = alice_api.post(f"{URL}/{job['id']}/cancel").json()

    assert (cancelled["status"], cancelled["finished_at"] is not None) == ("cancelled", True)
    assert alice_api.get(f"{URL}/{job['id']}").json() == cancelled
    assert not Transaction.objects.exists()


def test_a_cancelled_import_can_be_started_again(alice_api: APIClient, commits: Any, ledger: Any) -> None:
    with commits():
        job = send(alice_api, csv_of(ROWS)).json()
        alice_api.post(f"{URL}/{job['id']}/cancel")

    with commits():
        waiting = alice_api.post(f"{URL}/{job['id']}/retry").json()

    assert (waiting["status"], waiting["finished_at"]) == ("pending", None)
    assert alice_api.get(f"{URL}/{job['id']}").json()["rows"]["new"] == 3
    assert ledger() == sorted(ROWS)
    acts = AuditEntry.objects.filter(object_id=job["id"]).order_by("id")
    assert [entry.changes.get("status") for entry in acts] == [
        None,
        ["pending", "cancelled"],
        ["cancelled", "pending"],
    ]


def test_a_failed_import_can_be_started_again(
    alice_api: APIClient, commits: Any, monkeypatch: pytest.MonkeyPatch, ledger: Any
) -> None:
    app.conf.task_eager_propagates = False
    with monkeypatch.context() as broken, commits():
        broken.setattr("ingest.services.running.post", lambda *_, **__: 1 / 0)
        job = send(alice_api, csv_of(ROWS)).json()
    failed = alice_api.get(f"{URL}/{job['id']}").json()
    assert (failed["status"], failed["error"]) == (
        "failed",
        "Something went wrong on our side; staff can see what.",
    )
    assert ledger() == []

    with commits():
        alice_api.post(f"{URL}/{job['id']}/retry")

    done = alice_api.get(f"{URL}/{job['id']}").json()
    assert (done["status"], done["error"], done["rows"]["new"]) == ("succeeded", "", 3)
    assert ledger() == sorted(ROWS)


def test_a_finished_import_can_be_neither_cancelled_nor_retried(
    alice_api: APIClient, bring_in: Import
) -> None:
    job = bring_in(csv_of(ROWS))

    for action, code in (("cancel", "JOB_FINISHED"), ("retry", "JOB_NOT_ENDED")):
        answer = alice_api.post(f"{URL}/{job['id']}/{action}")
        assert (answer.status_code, answer.json()["error_code"]) == (409, code)
    assert alice_api.get(f"{URL}/{job['id']}").json() == job
    assert StatementImport.objects.count() == Account.objects.count() == 1


def test_the_account_of_an_import_can_go_after_it_was_undone(alice_api: APIClient, bring_in: Import) -> None:
    job = bring_in(csv_of(ROWS))
    undo(alice_api, job)

    answer = alice_api.delete(f"/api/v1/accounts/{job['account']}")

    assert (answer.status_code, answer.json()["error_code"]) == (409, "ACCOUNT_NOT_EMPTY")
