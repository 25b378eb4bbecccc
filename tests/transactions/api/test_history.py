"""Who changed a row, when, and what."""

import datetime as dt
from uuid import uuid4

import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from core.audit import Act
from core.models import AuditEntry
from tests.factories import NOW, PersonFactory, category_of
from tests.transactions.conftest import Record
from transactions.models import Transaction
from transactions.services.ledger import update_transaction
from users.models import User

URL = "/api/v1/transactions"


def test_every_act_of_a_person_is_told_the_oldest_first(
    alice_api: APIClient, alice: User, record: Record
) -> None:
    soon = timezone.now().replace(microsecond=0) + dt.timedelta(minutes=5)
    with time_machine.travel(soon, tick=False):
        row = record(amount="-10.00", description="QXZ 99112")
        alice_api.patch(
            f"{URL}/{row['id']}", {"amount": "-12.00", "notes": "tip"}, headers={"X-Request-ID": "edit-0007"}
        )
        alice_api.delete(f"{URL}/{row['id']}")
        alice_api.post(f"{URL}/{row['id']}/restore")

        history = alice_api.get(f"{URL}/{row['id']}/history").json()

    assert [entry["action"] for entry in history] == ["created", "updated", "deleted", "restored"]
    assert {(entry["actor"], entry["via"], entry["at"]) for entry in history} == {
        (str(alice.pk), "api", soon.isoformat().replace("+00:00", "Z"))
    }
    assert history[1]["changes"] == {
        "amount": ["-10.00", "-12.00"],
        "account_amount": ["-10.00", "-12.00"],
        "notes": ["", "tip"],
    }
    assert history[1]["request_id"] == "edit-0007"


def test_a_changed_category_and_changed_parts_are_told(
    alice_api: APIClient, alice: User, record: Record
) -> None:
    row = record(description="QXZ 99112")
    coffee = str(category_of(alice, "coffee").pk)

    alice_api.patch(
        f"{URL}/{row['id']}", {"category": coffee, "splits": [{"amount": "-10.00", "category": coffee}]}
    )

    changes = alice_api.get(f"{URL}/{row['id']}/history").json()[1]["changes"]
    assert changes == {"category": [row["category"], coffee], "splits": [[], [["-10.00", coffee, ""]]]}


def test_a_change_that_changes_nothing_is_not_told(alice_api: APIClient, record: Record) -> None:
    row = record(notes="same")

    alice_api.patch(f"{URL}/{row['id']}", {"notes": "same", "amount": "-10"})

    assert len(alice_api.get(f"{URL}/{row['id']}/history").json()) == 1


def test_a_refused_change_leaves_no_trace(alice_api: APIClient, record: Record) -> None:
    row = record()

    alice_api.patch(f"{URL}/{row['id']}", {"splits": [{"amount": "-1.00", "category": row["category"]}]})

    assert len(alice_api.get(f"{URL}/{row['id']}/history").json()) == 1


def test_what_staff_did_is_told_with_their_id(alice_api: APIClient, record: Record) -> None:
    row, staff = record(), PersonFactory(is_staff=True)
    act = Act(actor_id=staff.pk, via=AuditEntry.Via.ADMIN, at=NOW)

    update_transaction(Transaction.objects.get(pk=row["id"]), act=act, notes="corrected")

    entry = alice_api.get(f"{URL}/{row['id']}/history").json()[1]
    assert (entry["actor"], entry["via"], entry["changes"]) == (
        str(staff.pk),
        "admin",
        {"notes": ["", "corrected"]},
    )


def test_the_history_of_a_strangers_row_does_not_exist(bob_api: APIClient, record: Record) -> None:
    row = record()

    assert bob_api.get(f"{URL}/{row['id']}/history").status_code == 404
    assert bob_api.get(f"{URL}/{uuid4()}/history").status_code == 404
