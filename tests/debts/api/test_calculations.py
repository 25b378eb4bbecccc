"""Targets, what-ifs and risks; and answers that come as a job."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from debts.models import Calculation
from tests.debts.api.conftest import HOUSEHOLD, fixed, inline
from tests.factories import AccountFactory, TransactionFactory, category_of
from users.models import User

TARGET, WHAT_IF, RISK = "/api/v1/debts/target", "/api/v1/debts/what-if", "/api/v1/debts/risk"
TWO = [inline("A", "1000.00", "24", "25.00"), inline("B", "500.00", "12", "25.00")]
BASE = {"currency": "USD", "starts_on": "2026-01-01", "debts": TWO}


@pytest.mark.parametrize(("strategy", "budget"), [("avalanche", "138.05"), ("snowball", "140.59")])
def test_the_smallest_budget_that_frees_by_a_day(alice_api: APIClient, strategy: str, budget: str) -> None:
    found = alice_api.post(TARGET, BASE | {"target_on": "2026-12-01", "strategy": strategy}).json()

    assert (found["monthly_budget"], found["months"], found["debt_free_on"]) == (budget, 12, "2026-12-01")


def test_a_day_before_the_plan_is_named(alice_api: APIClient) -> None:
    answer = alice_api.post(TARGET, BASE | {"target_on": "2025-12-31"})

    assert [error["pointer"] for error in answer.json()["errors"]] == ["/target_on"]


def test_a_day_too_far_away_is_out_of_reach(alice_api: APIClient) -> None:
    answer = alice_api.post(TARGET, BASE | {"target_on": "2090-01-01"})

    assert (answer.status_code, answer.json()["error_code"]) == (422, "TARGET_OUT_OF_REACH")


def test_what_more_a_month_saves(alice_api: APIClient) -> None:
    found = alice_api.post(WHAT_IF, HOUSEHOLD | {"extra_amounts": ["25.00", "100.00"]}).json()

    assert [(step["extra"], step["months_saved"], step["interest_saved"]) for step in found["curve"]] == [
        ("25.00", 1, "151.80"),
        ("100.00", 4, "520.13"),
    ]


def test_what_one_unit_less_on_each_debt_saves(alice_api: APIClient) -> None:
    found = alice_api.post(WHAT_IF, HOUSEHOLD).json()

    assert [(each["name"], each["less_owed"], each["saves"]) for each in found["sensitivity"]] == [
        ("CC1", "1.00", "0.59"),
        ("CC2", "1.00", "0.52"),
        ("Car", "1.00", "0.15"),
    ]


def test_the_same_seed_gives_the_same_spread(alice_api: APIClient) -> None:
    body = HOUSEHOLD | {"deviations": ["-300.00", "-100.00", "0.00", "400.00"], "paths": 500, "seed": 7}

    first, again = alice_api.post(RISK, body).json(), alice_api.post(RISK, body).json()

    assert first == again
    assert first["p10"]["months"] <= first["p50"]["months"] <= first["p90"]["months"]


def test_without_deviations_the_debt_free_day_is_certain(alice_api: APIClient) -> None:
    found = alice_api.post(RISK, HOUSEHOLD | {"deviations": ["0.00"] * 3}).json()

    assert {found[name]["debt_free_on"] for name in ("p10", "p50", "p90")} == {"2028-06-01"}
    assert found["share_never"] == "0.0000"


def test_the_ledger_says_how_months_differ(alice_api: APIClient, alice: User) -> None:
    account = AccountFactory(user=alice)
    salary = category_of(alice, "salary")
    for month, amount in ((1, "1000.00"), (2, "1300.00")):
        TransactionFactory(account=account, date=f"2026-0{month}-10", amount=Decimal(amount), category=salary)
    too_few = alice_api.post(RISK, HOUSEHOLD | {"currency": "EUR"})
    TransactionFactory(account=account, date="2025-12-10", amount=Decimal("700.00"), category=salary)

    found = alice_api.post(RISK, HOUSEHOLD | {"currency": "EUR"}).json()

    assert (too_few.status_code, too_few.json()["error_code"]) == (422, "NOT_ENOUGH_HISTORY")
    assert found["deviations"] == ["-300.00", "0.00", "300.00"]


def test_what_was_saved_could_have_gone_to_a_debt_and_a_month_of_nothing_is_one(
    alice_api: APIClient, alice: User
) -> None:
    account = AccountFactory(user=alice)
    salary, savings = category_of(alice, "salary"), category_of(alice, "savings")
    for day, amount, category in (
        ("2025-12-10", "700.00", salary),
        ("2026-02-10", "500.00", salary),
        ("2026-02-11", "-200.00", savings),
    ):
        TransactionFactory(account=account, date=day, amount=Decimal(amount), category=category)

    found = alice_api.post(RISK, HOUSEHOLD | {"currency": "EUR"}).json()

    assert found["deviations"] == ["300.00", "-400.00", "100.00"]


def test_a_job_works_it_out_and_keeps_the_answer(alice_api: APIClient, commits: Any) -> None:
    at_once = alice_api.post("/api/v1/debts/compare", HOUSEHOLD).json()

    with commits():
        answer = alice_api.post("/api/v1/debts/compare", HOUSEHOLD, headers={"Prefer": "respond-async"})

    job = alice_api.get(answer.headers["Location"]).json()
    assert (answer.status_code, answer.headers["Preference-Applied"]) == (202, "respond-async")
    assert (job["status"], job["percent"], job["result"]) == ("succeeded", 100, at_once)


def test_a_job_that_is_not_possible_says_why(alice_api: APIClient, commits: Any) -> None:
    body = HOUSEHOLD | {"debts": [inline("Card", "10000.00", "24", "25.00")], "monthly_budget": "150.00"}

    with commits():
        answer = alice_api.post("/api/v1/debts/plan", body, headers={"Prefer": "respond-async"})

    job = alice_api.get(answer.headers["Location"]).json()
    assert (job["status"], job["result"]) == ("failed", None)
    assert job["error"].startswith("Card is not paid off within 600 months")


def test_a_request_that_is_not_valid_makes_no_job(alice_api: APIClient) -> None:
    answer = alice_api.post(
        "/api/v1/debts/plan", HOUSEHOLD | {"monthly_budget": "x"}, headers={"Prefer": "respond-async"}
    )

    assert answer.status_code == 400
    assert not Calculation.objects.exists()


def test_a_job_can_be_cancelled_while_it_waits(alice_api: APIClient, bob_api: APIClient) -> None:
    job = alice_api.post("/api/v1/debts/plan", HOUSEHOLD, headers={"Prefer": "respond-async"}).json()
    url = f"/api/v1/debts/calculations/{job['id']}"

    refused = bob_api.post(f"{url}/cancel")
    cancelled = alice_api.post(f"{url}/cancel").json()

    assert (refused.status_code, cancelled["status"]) == (404, "cancelled")


def test_very_many_paths_are_a_job(alice_api: APIClient) -> None:
    answer = alice_api.post(RISK, HOUSEHOLD | {"deviations": ["0.00"] * 3, "paths": 20_000})

    assert (answer.status_code, answer.json()["error_code"]) == (422, "ASK_FOR_A_JOB")


def test_the_comparison_is_a_picture(alice_api: APIClient) -> None:
    answer = alice_api.post("/api/v1/debts/compare/chart.svg", HOUSEHOLD)

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"avalanche" in answer.content.lower()


def test_an_amortising_debt_is_paid_in_its_term(alice_api: APIClient) -> None:
    loan = {
        "name": "Loan",
        "balance": "12000.00",
        "apr": "6",
        "minimum_payment": {"rule": "amortising", "months": 24},
    }
    body = BASE | {"debts": [loan], "monthly_budget": "1000.00", "strategy": "minimums_only"}

    plan = alice_api.post("/api/v1/debts/plan", body).json()

    assert (plan["months"], plan["schedule"][0]["payment"]) == (24, "531.85")
    assert fixed("531.85")["amount"] == plan["schedule"][22]["payment"]
