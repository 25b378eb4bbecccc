"""``/api/v1/payment-plans``: plans that are kept and held against what was paid."""

import csv
from io import StringIO
from typing import Any

import pytest
import time_machine
from icalendar import Calendar
from rest_framework.test import APIClient

from debts.models import PaymentPlan
from tests.debts.api.conftest import Post, fixed
from users.models import User

URL = "/api/v1/payment-plans"


@pytest.fixture
def debt(add_debt: Post) -> dict[str, Any]:
    return add_debt(
        balance_on="2026-03-15",
        due_day=20,
        minimum_payment=fixed("50.00"),
        segments=[{"amount": "1000.00", "apr": "12"}],
    )


@pytest.fixture
def plan(alice_api: APIClient, debt: dict[str, Any]) -> dict[str, Any]:
    body = {"name": "Free by new year", "plan": {"monthly_budget": "100.00", "strategy": "avalanche"}}
    answer = alice_api.post(URL, body | {"activate": True})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_a_plan_keeps_the_answer_of_its_day(plan: dict[str, Any]) -> None:
    assert (plan["status"], plan["months"], plan["total_interest"]) == ("active", 11, "58.98")
    assert (plan["starts_on"], plan["debt_free_on"]) == ("2026-03-15", "2027-01-15")
    assert plan["plan"] == {
        "monthly_budget": "100.00",
        "strategy": "avalanche",
        "starts_on": "2026-03-15",
    }


def test_only_one_plan_is_followed_at_a_time(alice_api: APIClient, plan: dict[str, Any]) -> None:
    other = alice_api.post(URL, {"name": "Quicker", "plan": {"monthly_budget": "300.00"}}).json()

    alice_api.post(f"{URL}/{other['id']}/activate")

    found = {each["name"]: each["status"] for each in alice_api.get(URL).json()["results"]}
    assert found == {"Free by new year": "saved", "Quicker": "active"}


def test_an_archived_plan_can_be_read_but_not_followed(alice_api: APIClient, plan: dict[str, Any]) -> None:
    archived = alice_api.post(f"{URL}/{plan['id']}/archive").json()
    refused = alice_api.post(f"{URL}/{plan['id']}/activate")

    assert archived["status"] == "archived"
    assert (refused.status_code, refused.json()["error_code"]) == (409, "PLAN_ARCHIVED")
    assert alice_api.get(f"{URL}/{plan['id']}/schedule").json()["months"] == 11


def test_a_plan_is_behind_when_a_payment_is_missed_and_ahead_when_more_is_paid(
    alice: User, client_of: Any, debt: dict[str, Any], plan: dict[str, Any]
) -> None:
    def progress() -> tuple[str, ...]:
        found = client_of(alice).get(f"{URL}/{plan['id']}/progress").json()
        names = ("planned_balance", "actual_balance", "ahead", "days_ahead", "planned_paid", "actual_paid")
        return tuple(found[name] for name in names)

    on_the_first_day = progress()
    with time_machine.travel("2026-03-16T12:00:00Z", tick=False):
        behind = progress()
        payments = f"/api/v1/debts/{debt['id']}/payments"
        client_of(alice).post(payments, {"paid_on": "2026-03-15", "amount": "190.00"})
        ahead = progress()

    assert on_the_first_day == ("1000.00", "1000.00", "0.00", 0, "0.00", "0.00")
    assert behind == ("910.00", "1000.33", "-90.33", -28, "100.00", "0.00")
    assert ahead == ("910.00", "810.27", "99.73", 33, "100.00", "190.00")


def test_the_schedule_is_a_csv_file(alice_api: APIClient, plan: dict[str, Any]) -> None:
    answer = alice_api.get(f"{URL}/{plan['id']}/schedule.csv")

    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 11
    assert rows[0] == {
        "month": "1", "on": "2026-03-15", "debt": "Card", "opening": "1000.00", "interest": "10.00",
        "fees": "0.00", "charges": "0.00", "payment": "100.00", "principal": "90.00", "closing": "910.00",
    }  # fmt: skip


def test_the_schedule_is_a_calendar_of_due_days(alice_api: APIClient, plan: dict[str, Any]) -> None:
    answer = alice_api.get(f"{URL}/{plan['id']}/schedule.ics")

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) for event in events[:2]] == [
        ("Card: 100.00 EUR", "2026-03-20"),
        ("Card: 100.00 EUR", "2026-04-20"),
    ]
    assert len(events) == 11


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(alice_api: APIClient, add_debt: Post) -> None:
    add_debt(name="=1+1", balance_on="2026-03-15")
    plan = alice_api.post(URL, {"name": "P", "plan": {"monthly_budget": "300.00"}}).json()

    text = alice_api.get(f"{URL}/{plan['id']}/schedule.csv").content.decode()

    assert ",'=1+1," in text


def test_the_plan_is_a_picture(alice_api: APIClient, plan: dict[str, Any]) -> None:
    answer = alice_api.get(f"{URL}/{plan['id']}/chart.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"Card" in answer.content
    assert b"Free by new year" in answer.content


def test_a_stranger_reads_and_changes_no_plan(
    alice_api: APIClient, bob_api: APIClient, plan: dict[str, Any]
) -> None:
    url = f"{URL}/{plan['id']}"
    files = ("progress", "schedule", "schedule.csv", "schedule.ics", "chart.svg")

    refused = [
        bob_api.get(url),
        bob_api.patch(url, {"name": "Mine"}),
        bob_api.delete(url),
        bob_api.post(f"{url}/activate"),
        bob_api.post(f"{url}/archive"),
        *(bob_api.get(f"{url}/{name}") for name in files),
    ]

    assert {answer.status_code for answer in refused} == {404}
    assert alice_api.get(url).json() == plan


def test_a_plan_of_debts_that_are_not_saved_cannot_be_kept(alice_api: APIClient) -> None:
    debts = [{"name": "Card", "balance": "10.00", "apr": "1"}]

    answer = alice_api.post(
        URL, {"name": "P", "plan": {"currency": "EUR", "monthly_budget": "9.00", "debts": debts}}
    )

    assert answer.json()["errors"][0] | {"message": ""} == {
        "pointer": "/plan/debts",
        "code": "not_saved",
        "message": "",
    }
    assert not PaymentPlan.objects.exists()


def test_a_plan_that_is_not_possible_is_not_kept(alice_api: APIClient, debt: dict[str, Any]) -> None:
    answer = alice_api.post(URL, {"name": "P", "plan": {"monthly_budget": "9.00"}})

    assert (answer.status_code, answer.json()["error_code"]) == (400, "BUDGET_BELOW_MINIMUMS")
    assert not PaymentPlan.objects.exists()
