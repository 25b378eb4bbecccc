"""The same rows again: nothing twice, nothing lost."""

from typing import Any

from rest_framework.test import APIClient

from tests.ingest.conftest import Import, csv_of
from transactions.models import Transaction

ROWS = [
    ("2026-03-02", "LIDL 0412", "-38.27"),
    ("2026-03-02", "STARBUCKS STORE 10482", "-4.85"),
    ("2026-03-02", "STARBUCKS STORE 10482", "-4.85"),
    ("2026-03-03", "SALARY MARCH", "2500.00"),
    ("2026-03-04", "ARAL STATION 4711", "-58.21"),
]


def counts(job: dict[str, Any]) -> dict[str, int]:
    """The outcomes that there are any of."""
    assert job["status"] == "succeeded", job["error"]
    return {name: count for name, count in job["rows"].items() if count}


def test_a_file_sent_again_is_all_known(bring_in: Import, ledger: Any) -> None:
    assert counts(bring_in(csv_of(ROWS))) == {"new": 5}
    before = ledger()

    assert counts(bring_in(csv_of(ROWS))) == {"duplicate": 5}
    assert ledger() == before == sorted(ROWS)


def test_a_file_that_overlaps_brings_only_what_is_new(bring_in: Import, ledger: Any) -> None:
    bring_in(csv_of(ROWS[:3]))

    assert counts(bring_in(csv_of(ROWS[1:]))) == {"duplicate": 2, "new": 2}
    assert ledger() == sorted(ROWS)


def test_the_order_of_the_rows_does_not_matter(bring_in: Import, ledger: Any) -> None:
    bring_in(csv_of(ROWS))

    assert counts(bring_in(csv_of(ROWS[::-1]))) == {"duplicate": 5}
    assert ledger() == sorted(ROWS)


def test_two_genuine_purchases_stay_two(bring_in: Import, ledger: Any) -> None:
    twice = ROWS[1:3]
    assert counts(bring_in(csv_of(twice))) == {"new": 2}
    assert counts(bring_in(csv_of(twice))) == {"duplicate": 2}
    assert counts(bring_in(csv_of([ROWS[0], *twice]))) == {"new": 1, "duplicate": 2}
    assert ledger() == sorted(ROWS[:3])


def test_a_file_with_one_of_them_and_then_one_with_both(bring_in: Import, ledger: Any) -> None:
    bring_in(csv_of(ROWS[1:2]))

    assert counts(bring_in(csv_of(ROWS[1:3]))) == {"new": 1, "duplicate": 1}
    assert counts(bring_in(csv_of(ROWS[1:2]))) == {"duplicate": 1}
    assert ledger() == ROWS[1:3]


def test_a_corrected_row_is_still_known(alice_api: APIClient, bring_in: Import) -> None:
    bring_in(csv_of(ROWS[:1]))
    row = Transaction.objects.get()
    change = {"description": "Groceries", "amount": "-38.00", "date": "2026-03-01"}
    assert alice_api.patch(f"/api/v1/transactions/{row.pk}", change).status_code == 200

    assert counts(bring_in(csv_of(ROWS[:1]))) == {"duplicate": 1}
    row.refresh_from_db()
    assert row.description == "Groceries"


def test_a_deleted_row_stays_deleted(alice_api: APIClient, bring_in: Import, ledger: Any) -> None:
    bring_in(csv_of(ROWS[:2]))
    row = Transaction.objects.get(description="LIDL 0412")
    alice_api.delete(f"/api/v1/transactions/{row.pk}")

    assert counts(bring_in(csv_of(ROWS[:2]))) == {"duplicate": 1, "deleted": 1}
    assert ledger() == ROWS[1:2]


def test_a_deleted_row_comes_back_where_that_is_asked_for(
    alice_api: APIClient, bring_in: Import, ledger: Any
) -> None:
    bring_in(csv_of(ROWS[:2]))
    row = Transaction.objects.get(description="LIDL 0412")
    alice_api.delete(f"/api/v1/transactions/{row.pk}")

    job = bring_in(csv_of(ROWS[:2]), restore_deleted="true")

    assert counts(job) == {"duplicate": 1, "restored": 1}
    assert ledger() == ROWS[:2]
    history = alice_api.get(f"/api/v1/transactions/{row.pk}/history").json()
    assert [(entry["action"], entry["via"]) for entry in history] == [
        ("created", "import"),
        ("deleted", "api"),
        ("restored", "import"),
    ]


def test_a_dry_run_with_restoring_restores_nothing(
    alice_api: APIClient, bring_in: Import, ledger: Any
) -> None:
    bring_in(csv_of(ROWS[:1]))
    alice_api.delete(f"/api/v1/transactions/{Transaction.objects.get().pk}")

    job = bring_in(csv_of(ROWS[:1]), restore_deleted="true", dry_run="true")

    assert counts(job) == {"restored": 1}
    assert ledger() == []


def test_one_of_two_deleted_purchases_stays_deleted(
    alice_api: APIClient, bring_in: Import, ledger: Any
) -> None:
    bring_in(csv_of(ROWS[1:3]))
    row = Transaction.objects.order_by("external_id")[0]
    alice_api.delete(f"/api/v1/transactions/{row.pk}")

    assert counts(bring_in(csv_of(ROWS[1:3]))) == {"duplicate": 1, "deleted": 1}
    assert ledger() == ROWS[1:2]


def test_a_corrected_category_is_used_by_the_next_import(
    alice_api: APIClient, alice: Any, bring_in: Import
) -> None:
    bring_in(csv_of([("2026-03-02", "ZANZIBAR CORNER 17", "-5.00")]))
    row = alice_api.get("/api/v1/transactions").json()["results"][0]
    assert row["category_name"] == "Uncategorised"
    gifts = str(alice.categories.get(code="gifts").pk)
    alice_api.patch(f"/api/v1/transactions/{row['id']}", {"category": gifts})

    job = bring_in(csv_of([("2026-04-02", "ZANZIBAR CORNER 17", "-6.00"), ("2026-04-02", "LIDL", "-1.00")]))

    found = alice_api.get("/api/v1/transactions", {"import_id": job["id"]}).json()["results"]
    assert {(one["description"], one["category_name"], one["category_source"]) for one in found} == {
        ("ZANZIBAR CORNER 17", "Gifts and flowers", "correction"),
        ("LIDL", "Groceries", "dictionary"),
    }


def test_a_pending_row_is_booked_by_the_statement_that_books_it(
    alice_api: APIClient, bring_in: Import, ledger: Any
) -> None:
    def statement(state: str) -> bytes:
        return (
            "Date,Description,Amount,State\n"
            f"2026-03-02,LIDL 0412,-38.27,{state}\n"
            "2026-03-01,ARAL STATION 4711,-58.21,COMPLETED\n"
        ).encode()

    assert counts(bring_in(statement("PENDING"))) == {"new": 2}
    (account,) = alice_api.get("/api/v1/accounts").json()["results"]
    assert (account["balance"], account["pending"]) == ("-58.21", "-38.27")

    assert counts(bring_in(statement("COMPLETED"))) == {"updated": 1, "duplicate": 1}
    (account,) = alice_api.get("/api/v1/accounts").json()["results"]
    assert (account["balance"], account["pending"]) == ("-96.48", "0.00")
    assert counts(bring_in(statement("PENDING"))) == {"duplicate": 2}
    assert len(ledger()) == 2
