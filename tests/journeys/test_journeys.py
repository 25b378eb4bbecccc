"""Stories through HTTP, with a real web server, worker and scheduler."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.conftest import Job, Person
from tests.journeys.world import World, wait_for

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
ROWS = 20_000
TWELVE_CARDS = {
    "currency": "EUR",
    "monthly_budget": "1500.00",
    "starts_on": "2026-01-01",
    "debts": [
        {
            "name": f"Card {number}",
            "balance": "9000.00",
            "apr": str(12 + number % 10),
            "minimum_payment": {"rule": "fixed", "amount": "25.00"},
        }
        for number in range(12)
    ],
    "deviations": ["-300.00", "-50.00", "350.00"],
    "paths": 20_000,
    "seed": 7,
}


def test_a_newcomer_gets_a_ledger_that_learns(person: Person) -> None:
    """Register, import a statement, correct a category: the next import uses it."""
    job = person.finished(person.send("checking.csv", (SAMPLES / "checking.csv").read_bytes()))

    assert (job["status"], job["error"], job["percent"]) == ("succeeded", "", 100)
    rows = person.get("/transactions", limit="500")["results"]
    assert len(rows) == job["rows"]["new"] > 20
    by_category = person.get("/transactions/summary")
    assert Decimal(by_category["spent"]) == sum(Decimal(line["spent"]) for line in by_category["lines"])

    lidl = next(row for row in rows if row["merchant_name"] == "Lidl")
    assert lidl["category_name"] == "Groceries"
    gifts = person.get("/categories", code="gifts")["results"][0]["id"]
    corrected = person.patch(f"/transactions/{lidl['id']}", {"category": gifts})
    assert (corrected["category_name"], corrected["category_source"]) == ("Gifts and flowers", "manual")

    following = b"Date,Description,Amount\n2026-12-01,LIDL 0412,-20.00\n2026-12-02,ARAL STATION 4711,-50.00\n"
    job = person.finished(person.send("december.csv", following))
    found = person.get("/transactions", import_id=job["id"])["results"]
    assert {(row["merchant_name"], row["category_name"], row["category_source"]) for row in found} == {
        ("Lidl", "Gifts and flowers", "correction"),
        ("Aral", "Fuel and charging", "dictionary"),
    }

    again = person.finished(person.send("december.csv", following))
    assert (again["rows"]["new"], again["rows"]["duplicate"]) == (0, 2)


def test_an_import_survives_workers_that_are_killed(world: World, person: Person) -> None:
    """Twenty thousand rows; one worker dies while it reads, the next while it posts."""
    content, total = big_statement()
    job = person.send("years.csv", content)

    seen = wait_for(lambda: caught_reading(person, job), what="an import half read", seconds=60, pause=0.01)
    world.kill("worker")

    assert (seen["status"], 10 <= seen["percent"] <= 90) == ("running", True)
    left = person.look_at(job)
    assert left["status"] == "running"
    assert 0 < left["progress_done"] < ROWS
    assert_nothing_is_posted(person)

    world.start_worker()
    wait_for(lambda: caught_posting(person, job), what="an import being posted", seconds=90, pause=0.01)
    world.kill("worker")

    assert person.look_at(job)["status"] == "running"
    assert_nothing_is_posted(person)

    world.start_worker()
    done = person.finished(job, seconds=120)

    assert (done["status"], done["error"], done["rows"]["new"]) == ("succeeded", "", ROWS)
    (account,) = person.get("/accounts")["results"]
    assert Decimal(account["balance"]) == total
    assert counted(person) == ROWS

    again = person.finished(person.send("years.csv", content), seconds=120)
    assert (again["status"], again["rows"]["new"], again["rows"]["duplicate"]) == ("succeeded", 0, ROWS)
    assert person.get("/accounts")["results"] == [account]


def test_a_calculation_survives_a_worker_that_is_killed(world: World, person: Person) -> None:
    """Twenty thousand futures of twelve cards; the worker dies in the middle, the next one begins again."""
    job = person.post("/debts/risk", json=TWELVE_CARDS, headers={"Prefer": "respond-async"})
    address = f"/debts/calculations/{job['id']}"

    wait_for(
        lambda: caught_calculating(person, address), what="a calculation at work", seconds=60, pause=0.01
    )
    world.kill("worker")

    left = person.get(address)
    assert (left["status"], left["percent"], left["result"]) == ("running", 0, None)

    world.start_worker()
    wait_for(lambda: person.get(address)["finished_at"], what="the end of a calculation", seconds=90)

    done = person.get(address)
    assert (done["status"], done["error"], done["percent"]) == ("succeeded", "", 100)
    assert done["started_at"] == left["started_at"]
    assert [done["result"][name]["months"] for name in ("p10", "p50", "p90")] == [151, 160, 170]
    assert [each["id"] for each in person.get("/debts/calculations")["results"]] == [job["id"]]


def big_statement() -> tuple[bytes, Decimal]:
    """Rows over several years, some of them really alike, and what they add up to."""
    first = dt.date(2018, 1, 1)
    lines, total = ["Date,Description,Amount"], Decimal(0)
    for number in range(ROWS):
        amount = Decimal(1 + number % 997) / 100 - (0 if number % 50 else 2000)
        day = first + dt.timedelta(days=number // 8)
        lines.append(f"{day.isoformat()},SHOP {number % 4} STREET {number % 300},{-amount:.2f}")
        total -= amount
    return "\n".join(lines).encode(), total


def caught_reading(person: Person, job: Job) -> Job | None:
    now = person.look_at(job)
    assert not now["finished_at"], now
    return now if 10 <= now["percent"] <= 90 else None


def caught_posting(person: Person, job: Job) -> Job | None:
    """All rows are read, and the import has not ended: they are on their way into the ledger."""
    now = person.look_at(job)
    assert not now["finished_at"], now
    return now if now["progress_done"] == ROWS else None


def caught_calculating(person: Person, address: str) -> Job | None:
    now = person.get(address)
    assert not now["finished_at"], now
    return now if now["status"] == "running" else None


def assert_nothing_is_posted(person: Person) -> None:
    assert person.get("/transactions", limit="1")["results"] == []
    assert person.get("/accounts")["results"] == []
    assert person.get("/transactions/summary")["lines"] == []


def counted(person: Person) -> int:
    return sum(line["count"] for line in person.get("/transactions/summary", group_by="account")["lines"])
