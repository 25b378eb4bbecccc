"""A month with a budget, with a real web server, worker and scheduler."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.conftest import Person
from tests.journeys.world import wait_for

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "samples" / "checking.csv"


def test_an_overspending_is_covered_read_and_undone(person: Person) -> None:
    """A budget is proposed from the sample statement; what a later import overspends is moved, and moved back."""
    # The hour at which this runs is nobody's night.
    person.patch("/users/me/preferences", {"quiet_from": "00:00", "quiet_until": "00:00"})
    person.finished(person.send("checking.csv", SAMPLE.read_bytes()))
    period = person.post("/budgets/periods", json={"income_expected": "3000.00"})
    assert period["unallocated"] == "0.00"
    planned = allotted(person, period)
    assert sum(Decimal(amount) for amount in planned.values()) == Decimal("3000.00")

    today = person.get("/budgets/safe-to-spend")["on"]
    overspent = Decimal(planned["Groceries"]) + 10
    statement = f"Date,Description,Amount,Currency\n{today},LIDL 0412,-{overspent},EUR\n"
    person.finished(person.send("today.csv", statement.encode()))

    def covered() -> dict[str, str] | None:
        runs = person.get("/budgets/redistributions", status="applied")["results"]
        return runs[0] if runs else None

    run = wait_for(covered, what="the redistribution", seconds=30)
    assert "Groceries +€10.00" in run["message"]
    assert run["trigger"] == "spending"
    moved = allotted(person, period)
    assert Decimal(moved["Groceries"]) == overspent
    assert sum(Decimal(amount) for amount in moved.values()) == Decimal("3000.00")
    month = person.get(f"/budgets/calendar/{today[:7]}")
    planned_by_day = (
        Decimal(part["planned"]) for day in month["days"] for part in (day, day["bills"], day["savings"])
    )
    assert sum(planned_by_day) == Decimal("3000.00")
    assert "Groceries" in person.get("/budgets/alerts")["results"][0]["title"]

    assert person.post(f"/budgets/redistributions/{run['id']}/undo")["status"] == "undone"
    assert allotted(person, period) == planned


def allotted(person: Person, period: dict[str, str]) -> dict[str, str]:
    listed = person.get(f"/budgets/periods/{period['id']}/allocations", limit="200")["results"]
    return {each["name"]: each["amount"] for each in listed}
