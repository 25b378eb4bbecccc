"""Typed entries of purchases that a machine brought before."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import TagFactory, category_of
from tests.transactions.api.conftest import Bring
from tests.transactions.api.test_evidence import LIDL, URL, enter, evidence
from tests.transactions.conftest import Record
from transactions.models import Account, Sighting
from users.models import User


def test_a_row_of_a_statement_takes_what_a_person_types_of_it(
    alice_api: APIClient, alice: User, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    (before,) = rows()
    tag, gifts = str(TagFactory(user=alice).pk), str(category_of(alice, "gifts").pk)

    answer = enter(alice_api, account, category=gifts, notes="for Ada", tags=[tag], is_ignored=True)

    assert answer.status_code == 200
    assert answer.json() == before | {
        "category": gifts,
        "category_name": "Gifts and flowers",
        "category_code": "gifts",
        "category_source": "manual",
        "category_confidence": "1.00",
        "category_reason": "You chose it.",
        "notes": "for Ada",
        "tags": [tag],
        "is_ignored": True,
        "updated_at": answer.json()["updated_at"],
    }
    assert rows() == [answer.json()]


def test_a_typed_entry_that_says_nothing_of_its_own_changes_nothing(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    (before,) = rows()

    assert enter(alice_api, account).json() == before
    assert [one["link"] for one in evidence(alice_api, before["id"])] == ["origin", "matched"]
    assert [entry.action for entry in AuditEntry.objects.filter(object_id=before["id"]).order_by("id")] == [
        "created",
        "updated",
    ]


def test_a_person_can_say_that_it_is_another_purchase(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)

    answer = enter(alice_api, account, is_separate=True)

    assert answer.status_code == 201
    assert [row["amount"] for row in rows()] == ["-38.27", "-38.27"]
    assert "is_separate" not in answer.json()


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "-38.28"},
        {"amount": "38.27"},
        {"date": "2026-03-15"},
        {"description": "ARAL STATION"},
        {"description": ""},
    ],
)
def test_a_typed_entry_that_differs_is_another_purchase(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any, other: dict[str, str]
) -> None:
    bring_in(LIDL)

    assert enter(alice_api, account, **other).status_code == 201
    assert len(rows()) == 2


def test_a_typed_entry_joins_a_row_once(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)

    assert [enter(alice_api, account).status_code for _ in range(2)] == [200, 201]
    assert len(rows()) == 2


def test_an_external_id_that_came_before_is_refused_also_where_it_joined_a_row(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    assert enter(alice_api, account, external_id="till-7").status_code == 200
    before = rows()

    again = enter(alice_api, account, external_id="till-7", amount="-1.00")

    assert (again.status_code, again.json()["error_code"]) == (409, "EXTERNAL_ID_EXISTS")
    assert rows() == before
    assert Sighting.objects.count() == 2


def test_an_external_id_that_was_changed_is_free_again(alice_api: APIClient, record: Record) -> None:
    first = record(external_id="1")
    alice_api.patch(f"{URL}/{first['id']}", {"external_id": "2"})

    assert record(external_id="1", amount="-11.00")["external_id"] == "1"
    answer = alice_api.patch(f"{URL}/{first['id']}", {"external_id": "1"})
    assert (answer.status_code, answer.json()["error_code"]) == (409, "EXTERNAL_ID_EXISTS")
    assert [one["external_id"] for one in evidence(alice_api, first["id"])] == ["2"]


def test_typed_rows_in_bulk_say_which_of_them_were_there(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    body = {"account": str(account.pk), "date": "2026-03-10", "amount": "-38.27", "description": "LIDL"}

    answer = alice_api.post(f"{URL}/bulk/create", {"rows": [body, body | {"amount": "-1.00"}]})

    assert answer.json()["counts"] == {"matched": 1, "created": 1}
    assert answer.json()["rows"][0]["id"] == rows()[0]["id"]
