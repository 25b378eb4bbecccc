"""What a source told of a row goes with it, unless another source tells the same."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.models import AuditEntry
from tests.factories import AccountFactory
from tests.transactions.api.conftest import Bring, counts, ofx_of
from tests.transactions.api.test_merging import LIDL, URL, evidence, unchanged, undo
from tests.transactions.conftest import Record
from transactions.models import Account, Split
from users.models import User

TYPED = {"date": "2026-03-09", "description": "Lidl", "amount": "-38.27", "status": "pending"}
DINNER = ("2026-03-11", "RESTAURANT ADRIA", "-52.00")
TOLD = ("account", "date", "amount", "status")


@pytest.fixture
def nowhere(alice: User) -> Account:
    return AccountFactory(user=alice, name="Not assigned", kind="unassigned")


@pytest.fixture
def both(bring_in: Bring) -> Any:
    """One row as the bank's CSV and then its OFX tell it; returns both imports."""

    def brought(row: tuple[str, str, str], other: tuple[str, str, str] | None = None) -> list[dict[str, Any]]:
        jobs = [bring_in(row), bring_in(content=ofx_of([other or row]), filename="march.ofx")]
        assert [counts(job) for job in jobs] == [{"matched": 1}, {"matched": 1}]
        return jobs

    return brought


def told(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in TOLD)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_two_statements_tell_stays_until_both_are_undone(
    alice_api: APIClient, account: Account, nowhere: Account, record: Record, both: Any, rows: Any, order: Any
) -> None:
    typed = record(**TYPED, account=str(nowhere.pk))
    jobs = both(LIDL)

    undo(alice_api, jobs[order[0]])
    assert [told(row) for row in rows()] == [(str(account.pk), "2026-03-10", "-38.27", "posted")]

    undo(alice_api, jobs[order[1]])
    assert [unchanged(row) for row in rows()] == [unchanged(typed)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_settled_amount_that_two_statements_tell_stays_until_both_are_undone(
    alice_api: APIClient, account: Account, record: Record, both: Any, rows: Any, order: Any
) -> None:
    typed = record(date="2026-03-10", description="Restaurant Adria", amount="-40.00", status="pending")
    jobs = both(DINNER)

    undo(alice_api, jobs[order[0]])
    (row,) = rows()
    assert told(row) == (str(account.pk), "2026-03-11", "-52.00", "posted")
    assert (row["account_amount"], row["base_amount"]) == ("-52.00", "-52.00")

    undo(alice_api, jobs[order[1]])
    assert [unchanged(row) for row in rows()] == [unchanged(typed)]


def test_a_telling_that_is_split_off_leaves_what_another_tells(
    alice_api: APIClient, account: Account, nowhere: Account, record: Record, both: Any
) -> None:
    typed = record(**TYPED, account=str(nowhere.pk))
    both(LIDL)
    csv, ofx = (one["id"] for one in evidence(alice_api, typed["id"])[1:])

    alice_api.post(f"{URL}/{typed['id']}/split-off", {"sighting": csv})
    row = alice_api.get(f"{URL}/{typed['id']}").json()
    assert told(row) == (str(account.pk), "2026-03-10", "-38.27", "posted")

    alice_api.post(f"{URL}/{typed['id']}/split-off", {"sighting": ofx})
    assert unchanged(alice_api.get(f"{URL}/{typed['id']}").json()) == unchanged(typed)


def test_only_what_the_other_tells_too_stays(
    alice_api: APIClient, account: Account, nowhere: Account, record: Record, both: Any, rows: Any
) -> None:
    record(**TYPED, account=str(nowhere.pk))
    first, _ = both(LIDL, ("2026-03-12", *LIDL[1:]))

    undo(alice_api, first)

    assert [told(row) for row in rows()] == [(str(account.pk), "2026-03-09", "-38.27", "posted")]


def test_a_row_whose_account_stays_and_whose_day_goes_is_worth_what_it_was_on_that_day(
    alice_api: APIClient, alice: User, nowhere: Account, record: Record, bring_in: Bring, rows: Any
) -> None:
    dollars = str(AccountFactory(user=alice, name="Dollars", currency="USD").pk)
    typed = record(account=str(nowhere.pk), date="2024-03-14", description="Lidl", amount="-100.00", currency="USD",
           account_amount="-91.00", status="pending")  # fmt: skip
    paid = ("2024-03-15", "LIDL 0412 BERLIN", "-100.00")
    first = bring_in(paid, account=dollars)
    other = ofx_of([("2024-03-18", *paid[1:])]).replace(b"<CURDEF>EUR", b"<CURDEF>USD")
    second = bring_in(content=other, filename="march.ofx", account=dollars)
    worth = ("date", "account", "account_amount", "base_amount", "rate_on")
    assert [tuple(row[name] for name in worth) for row in rows()] == [
        ("2024-03-15", dollars, "-100.00", "-91.81", "2024-03-15")
    ]

    undo(alice_api, first)
    assert [tuple(row[name] for name in worth) for row in rows()] == [
        ("2024-03-14", dollars, "-100.00", "-91.53", "2024-03-14")
    ]

    undo(alice_api, second)
    assert [unchanged(row) for row in rows()] == [unchanged(typed)]


def test_what_was_typed_books_nothing(
    alice_api: APIClient, account: Account, bring_in: Bring, rows: Any
) -> None:
    pending = b"Date,Description,Amount,State\n2026-03-10,LIDL 0412 BERLIN,-38.27,PENDING\n"
    bring_in(content=pending)
    alice_api.post(URL, {"account": str(account.pk)} | TYPED | {"date": "2026-03-12", "status": "posted"})
    job = bring_in(content=ofx_of([("2026-03-12", *LIDL[1:])]), filename="march.ofx")
    assert [told(row)[1:] for row in rows()] == [("2026-03-12", "-38.27", "posted")]

    undo(alice_api, job)

    assert [told(row)[1:] for row in rows()] == [("2026-03-10", "-38.27", "pending")]


def test_a_source_that_saw_it_pending_books_nothing(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    typed = record(**TYPED)
    body = {"source": "email", "external_id": "message-1", "currency": "EUR", "account": typed["account"]}
    alice_api.post("/api/v1/sightings", body | TYPED | {"date": "2026-03-10"})
    job = bring_in(LIDL)

    undo(alice_api, job)

    assert [unchanged(row) for row in rows()] == [unchanged(typed)]


def test_a_category_that_two_statements_know_stays_until_both_are_undone(
    alice_api: APIClient, record: Record, bring_in: Bring, both: Any, rows: Any
) -> None:
    lidl = ("2026-03-10", "KARTENZAHLUNG LIDL SAGT DANKE", "-38.27")
    body = {"source": "receipt", "external_id": "scan-1", "currency": "EUR", "date": "2026-03-10"}
    account = record(amount="-1.00", date="2026-01-01")["account"]
    alice_api.post("/api/v1/sightings", body | {"amount": "-38.27", "account": account})
    assert rows()[1]["category_code"] == "uncategorised"
    jobs = both(lidl)
    assert rows()[1]["category_code"] == "groceries"

    undo(alice_api, jobs[0])
    assert (rows()[1]["category_code"], rows()[1]["category_source"]) == ("groceries", "dictionary")

    undo(alice_api, jobs[1])
    assert (rows()[1]["category_code"], rows()[1]["category_source"]) == ("uncategorised", "none")


def test_the_amount_of_which_the_person_made_parts_stays(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    typed = record(date="2026-03-10", description="Restaurant Adria", amount="-40.00", status="pending")
    job = bring_in(DINNER)
    parts = [{"amount": amount, "category": typed["category"]} for amount in ("-12.00", "-40.00")]
    alice_api.patch(f"{URL}/{typed['id']}", {"splits": parts})

    undo(alice_api, job)

    (row,) = rows()
    assert told(row)[1:] == ("2026-03-10", "-52.00", "pending")
    assert (row["account_amount"], row["base_amount"]) == ("-52.00", "-52.00")
    assert sum(Split.objects.values_list("base_amount", flat=True)) == Decimal("-52.00")


def test_parts_are_worth_what_their_row_is_on_the_day_it_is_booked(
    alice_api: APIClient, record: Record, bring_in: Bring, rows: Any
) -> None:
    category = record(amount="-1.00", date="2024-01-01")["category"]
    parts = [{"amount": amount, "category": category} for amount in ("-33.33", "-66.67")]
    record(
        date="2024-03-14",
        description="Lidl",
        amount="-100.00",
        currency="USD",
        status="pending",
        splits=parts,
    )
    booked = b"Date,Description,Amount,Currency\n2024-03-15,LIDL 0412 BERLIN,-100.00,USD\n"
    before = list(Split.objects.order_by("id").values_list("base_amount", flat=True))

    job = bring_in(content=booked)
    assert counts(job) == {"matched": 1}
    assert rows()[1]["base_amount"] == "-91.81"
    worths = list(Split.objects.order_by("id").values_list("base_amount", flat=True))
    assert worths == [Decimal("-30.60"), Decimal("-61.21")]

    undo(alice_api, job)
    assert list(Split.objects.order_by("id").values_list("base_amount", flat=True)) == before
    assert sum(before) == Decimal(rows()[1]["base_amount"])


def test_an_account_that_is_gone_is_not_gone_back_to(
    alice_api: APIClient, account: Account, nowhere: Account, record: Record, bring_in: Bring, rows: Any
) -> None:
    record(**TYPED, account=str(nowhere.pk))
    job = bring_in(LIDL)
    assert alice_api.delete(f"/api/v1/accounts/{nowhere.pk}").status_code == 204

    undo(alice_api, job)

    assert [told(row) for row in rows()] == [(str(account.pk), "2026-03-09", "-38.27", "pending")]


def test_a_row_that_goes_back_to_its_account_is_worth_there_what_the_person_made_it_since(
    alice_api: APIClient, alice: User, nowhere: Account, record: Record, bring_in: Bring, rows: Any
) -> None:
    dollars = AccountFactory(user=alice, name="Dollars", currency="USD")
    typed = record(account=str(nowhere.pk), date="2024-03-15", description="Lidl", amount="-100.00")
    euros = b"Date,Description,Amount,Currency\n2024-03-15,LIDL 0412 BERLIN,-100.00,EUR\n"
    job = bring_in(content=euros, account=str(dollars.pk))
    alice_api.patch(f"{URL}/{typed['id']}", {"amount": "-50.00"})
    assert [row["account_amount"] for row in rows()] == ["-54.46"]

    undo(alice_api, job)

    (row,) = rows()
    assert (row["account"], row["amount"], row["account_amount"], row["base_amount"]) == (
        str(nowhere.pk), "-50.00", "-50.00", "-50.00",
    )  # fmt: skip


def test_the_history_says_what_was_taken_back(
    alice_api: APIClient, nowhere: Account, account: Account, record: Record, both: Any
) -> None:
    typed = record(**TYPED, account=str(nowhere.pk))
    first, second = both(LIDL)

    undo(alice_api, first)
    undo(alice_api, second)

    trail = AuditEntry.objects.filter(object_id=typed["id"]).order_by("-id")[:2]
    assert [entry.changes for entry in trail] == [
        {
            "import_undone": second["id"],
            "account": [str(account.pk), str(nowhere.pk)],
            "date": ["2026-03-10", "2026-03-09"],
            "status": ["posted", "pending"],
        },
        {"import_undone": first["id"]},
    ]


def test_an_undo_asks_no_query_a_row(
    alice_api: APIClient, nowhere: Account, record: Record, bring_in: Bring
) -> None:
    queries = []
    for day, number in (("2026-03-01", 1), ("2026-03-20", 12)):
        lines = [(day, f"SHOP {letter * 5}", "-1.00") for letter in "ABCDEFGHIJKL"[:number]]
        for _, text, amount in lines:
            record(account=str(nowhere.pk), date=day, description=text, amount=amount, status="pending")
        first = bring_in(*lines)
        bring_in(content=ofx_of(lines), filename="march.ofx")
        with CaptureQueriesContext(connection) as captured:
            undo(alice_api, first)
        queries.append(len(captured))

    assert queries[0] == queries[1]
