"""What a person said of a purchase, and what stays of it when an import is undone."""

from typing import Any

from rest_framework.test import APIClient

from tests.factories import AccountFactory
from tests.transactions.api.conftest import Bring, counts
from tests.transactions.api.test_merging import LIDL, URL, evidence, merge, split_off, unchanged, undo
from tests.transactions.conftest import Record
from users.models import User


def test_no_import_joins_again_what_a_person_took_apart(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    typed = record(date="2026-03-09", description="Lidl", amount="-38.27")
    job = bring_in(LIDL)
    split_off(alice_api, typed["id"], source="statement")

    undo(alice_api, job)
    assert [row["id"] for row in rows()] == [typed["id"]]

    assert counts(bring_in(LIDL)) == {"new": 1}
    assert len(rows()) == 2


def test_an_import_joins_again_what_a_person_called_one_purchase(
    alice_api: APIClient, apart: Any, bring_in: Bring, rows: Any
) -> None:
    typed, booked = apart
    merge(alice_api, typed["id"], booked["id"])
    undo(alice_api, {"id": booked["import_id"]})
    assert [unchanged(row) for row in rows()] == [unchanged(typed)]

    assert counts(bring_in(LIDL)) == {"matched": 1}

    assert [row["id"] for row in rows()] == [typed["id"]]
    seen = evidence(alice_api, typed["id"])[1]
    assert (seen["link"], seen["score"], seen["reasons"]) == ("person", 100, ["You said so."])


def test_an_undone_import_takes_back_what_it_changed_and_leaves_what_others_tell_of(
    alice_api: APIClient, alice: User, record: Record, bring_in: Bring, rows: Any
) -> None:
    nowhere = AccountFactory(user=alice, name="Not assigned", kind="unassigned")
    typed = record(
        account=str(nowhere.pk), date="2026-03-09", description="Lidl", amount="-38.27", status="pending"
    )
    job = bring_in(LIDL, ("2026-03-11", "REWE", "-1.00"))
    assert rows()[0]["account"] != typed["account"]

    undo(alice_api, job)

    assert [unchanged(row) for row in rows()] == [unchanged(typed)]
    assert [one["source"] for one in evidence(alice_api, typed["id"])] == ["manual"]
    assert counts(bring_in(LIDL, ("2026-03-11", "REWE", "-1.00"))) == {"matched": 1, "new": 1}


def test_what_a_person_changed_since_outlives_the_undone_import(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    typed = record(date="2026-03-09", description="Lidl", amount="-38.27", status="pending")
    job = bring_in(LIDL)
    alice_api.patch(f"{URL}/{typed['id']}", {"date": "2026-03-08"})

    undo(alice_api, job)

    assert [(row["date"], row["status"]) for row in rows()] == [("2026-03-08", "pending")]


def test_rows_of_one_import_that_were_merged_come_again_after_it_was_undone(
    alice_api: APIClient, bring_in: Bring, rows: Any
) -> None:
    twice = [LIDL, ("2026-03-11", "LIDL 0412 AGAIN", "-38.00")]
    job = bring_in(*twice)
    merge(alice_api, rows()[0]["id"], rows()[1]["id"])

    undo(alice_api, job)

    assert rows() == []
    assert counts(bring_in(*twice)) == {"new": 2}
