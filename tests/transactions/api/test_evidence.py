"""One purchase that several sources tell of stays one row."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories import AccountFactory, TransactionFactory
from tests.ingest.conftest import csv_of
from tests.transactions.api.conftest import Bring, counts, ofx_of
from tests.transactions.conftest import Record
from transactions.models import Account, Sighting, Transaction
from users.models import User

URL = "/api/v1/transactions"
LIDL = ("2026-03-10", "LIDL 0412 BERLIN", "-38.27")


def evidence(client: APIClient, row: str) -> list[dict[str, Any]]:
    answer = client.get(f"{URL}/{row}/evidence")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def enter(client: APIClient, account: Account, **fields: Any) -> Any:
    """The raw answer to a typed entry of the same purchase."""
    body = {"account": str(account.pk), "date": "2026-03-09", "amount": "-38.27", "description": "Lidl"}
    return client.post(URL, body | fields)


def stateful(*rows: tuple[str, ...]) -> bytes:
    lines = ["Date,Description,Amount,State", *(",".join(row) for row in rows)]
    return "\n".join(lines).encode() + b"\n"


def test_a_typed_row_is_found_again_on_the_statement(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    typed = record(date="2026-03-09", description="Lidl", amount="-38.27", notes="for Ada")

    job = bring_in(LIDL)

    assert counts(job) == {"matched": 1}
    (row,) = rows()
    assert row == typed | {"updated_at": row["updated_at"]}
    assert [(one["source"], one["link"]) for one in evidence(alice_api, row["id"])] == [
        ("manual", "origin"),
        ("statement", "matched"),
    ]


def test_two_formats_of_one_statement_are_one_set_of_rows(bring_in: Bring, rows: Any) -> None:
    march = [
        LIDL,
        ("2026-03-11", "ARAL STATION 4711", "-58.21"),
        ("2026-03-11", "ARAL STATION 4711", "-58.21"),
    ]
    bring_in(*march)

    job = bring_in(content=ofx_of(march), filename="march.ofx")

    assert counts(job) == {"matched": 3}
    assert [row["amount"] for row in rows()] == ["-38.27", "-58.21", "-58.21"]
    assert counts(bring_in(content=ofx_of(march), filename="march.ofx")) == {"duplicate": 3}


def test_equal_rows_of_one_format_on_two_days_are_two_purchases(bring_in: Bring, rows: Any) -> None:
    bring_in(LIDL)

    assert counts(bring_in(("2026-03-11", LIDL[1], LIDL[2]))) == {"new": 1}
    assert len(rows()) == 2


def test_a_dry_run_counts_what_it_would_find_and_writes_nothing(
    alice_api: APIClient, record: Record, bring_in: Bring
) -> None:
    typed = record(date="2026-03-09", description="Lidl", amount="-38.27")

    job = bring_in(LIDL, ("2026-03-12", "REWE", "-1.00"), dry_run="true")

    assert counts(job) == {"matched": 1, "new": 1}
    assert alice_api.get(f"{URL}/{typed['id']}").json() == typed
    assert Sighting.objects.count() == 1


def test_a_dry_run_into_an_account_that_is_not_there_yet_finds_no_row_of_another(
    record: Record, alice_api: APIClient, bring_in: Bring
) -> None:
    record(date="2026-03-09", description="Lidl", amount="-38.27")

    job = bring_in(content=ofx_of([LIDL]), filename="march.ofx", account=None, dry_run="true")

    assert counts(job) == {"new": 1}
    assert Account.objects.count() == 1


def test_a_pending_row_is_booked_by_a_row_of_another_day(bring_in: Bring, rows: Any) -> None:
    bring_in(content=stateful(("2026-03-10", "LIDL 0412", "-38.27", "PENDING")))
    (pending,) = rows()

    job = bring_in(content=stateful(("2026-03-12", "LIDL 0412 BERLIN", "-38.27", "COMPLETED")))

    assert counts(job) == {"matched": 1}
    (booked,) = rows()
    assert (booked["id"], booked["status"], booked["date"]) == (pending["id"], "posted", "2026-03-12")


@pytest.mark.parametrize(("paid", "outcome"), [("-52.00", "matched"), ("-52.01", "new"), ("-39.99", "new")])
def test_a_tip_of_up_to_thirty_percent_is_part_of_the_purchase(
    alice_api: APIClient, bring_in: Bring, rows: Any, paid: str, outcome: str
) -> None:
    bring_in(content=stateful(("2026-03-10", "RESTAURANT ADRIA", "-40.00", "PENDING")))

    job = bring_in(content=stateful(("2026-03-11", "RESTAURANT ADRIA", paid, "COMPLETED")))

    assert counts(job) == {outcome: 1}
    if outcome == "matched":
        (row,) = rows()
        assert (row["amount"], row["account_amount"], row["base_amount"]) == (paid, paid, paid)
        assert evidence(alice_api, row["id"])[1]["reasons"] == [
            "It is the authorised amount with a tip.",
            "It is the day before or after.",
            "It is the same merchant.",
            "It is the same account.",
        ]


def test_a_row_of_no_known_account_goes_to_the_one_that_tells_of_it(
    alice_api: APIClient, alice: User, account: Account, bring_in: Bring, rows: Any
) -> None:
    nowhere = AccountFactory(user=alice, name="Not assigned", kind="unassigned")
    typed = enter(alice_api, nowhere).json()
    assert typed["account"] == str(nowhere.pk)

    assert counts(bring_in(LIDL)) == {"matched": 1}

    (row,) = rows()
    assert (row["id"], row["account"]) == (typed["id"], str(account.pk))
    balances = {one["name"]: one["balance"] for one in alice_api.get("/api/v1/accounts").json()["results"]}
    assert balances == {"Everyday": "-38.27", "Not assigned": "0.00"}


def test_a_row_of_another_account_is_another_purchase(
    alice_api: APIClient, alice: User, bring_in: Bring, rows: Any
) -> None:
    enter(alice_api, AccountFactory(user=alice, name="Card"))

    assert counts(bring_in(LIDL)) == {"new": 1}
    assert len(rows()) == 2


def test_evidence_says_who_saw_what_and_why_it_is_the_same(
    alice_api: APIClient, account: Account, record: Record, bring_in: Bring
) -> None:
    typed = record(date="2026-03-09", description="Lidl", amount="-38.27", external_id="till-7")
    job = bring_in(LIDL)

    origin, seen = evidence(alice_api, typed["id"])

    assert origin | {"id": "", "created_at": ""} == {
        "id": "",
        "transaction": typed["id"],
        "source": "manual",
        "channel": "",
        "external_id": "till-7",
        "account": str(account.pk),
        "date": "2026-03-09",
        "amount": "-38.27",
        "currency": "EUR",
        "description": "Lidl",
        "status": "posted",
        "link": "origin",
        "score": None,
        "reasons": [],
        "import_id": None,
        "created_at": "",
    }
    assert (seen["channel"], seen["import_id"], seen["date"]) == ("csv", job["id"], "2026-03-10")
    assert (seen["link"], seen["score"]) == ("matched", 96)
    assert seen["reasons"] == [
        "The amount is the same.",
        "It is the day before or after.",
        "It is the same merchant.",
        "It is the same account.",
    ]


def test_evidence_costs_the_same_however_much_there_is(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any, django_assert_num_queries: Any
) -> None:
    bring_in(LIDL)
    (row,) = rows()
    evidence(alice_api, row["id"])
    enter(alice_api, account)
    bring_in(content=ofx_of([LIDL]), filename="march.ofx")

    with django_assert_num_queries(3):
        assert len(evidence(alice_api, row["id"])) == 3


def test_a_stranger_sees_no_evidence_and_matches_no_row(
    bob_api: APIClient, bobs_account: Account, account: Account, bring_in: Bring, rows: Any
) -> None:
    bring_in(LIDL)
    before = rows()

    assert bob_api.get(f"{URL}/{before[0]['id']}/evidence").status_code == 404
    assert enter(bob_api, bobs_account).status_code == 201
    assert enter(bob_api, account).status_code == 404

    assert rows() == before
    assert Transaction.objects.count() == 2


def test_rows_without_evidence_are_matched_too(account: Account, bring_in: Bring) -> None:
    """Rows that were there before sightings were kept."""
    TransactionFactory(account=account, date="2026-03-09", description="Lidl", amount="-38.27")

    assert counts(bring_in(content=csv_of([LIDL]))) == {"matched": 1}


def test_an_import_into_the_account_of_unassigned_rows_is_known_when_it_comes_again(
    alice: User, bring_in: Bring, rows: Any
) -> None:
    nowhere = str(AccountFactory(user=alice, kind="unassigned").pk)

    assert counts(bring_in(LIDL, account=nowhere)) == {"new": 1}
    assert counts(bring_in(LIDL, account=nowhere)) == {"duplicate": 1}
    assert len(rows()) == 1


def test_what_is_told_of_the_account_of_unassigned_rows_is_told_of_none(
    alice_api: APIClient, alice: User, rows: Any
) -> None:
    nowhere = AccountFactory(user=alice, kind="unassigned")
    told = {
        "source": "email",
        "external_id": "message-1",
        "account": str(nowhere.pk),
        "date": "2026-03-10",
        "amount": "-38.27",
        "currency": "EUR",
    }

    answers = [alice_api.post("/api/v1/sightings", told) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["account"] is None
    assert [row["account"] for row in rows()] == [str(nowhere.pk)]
