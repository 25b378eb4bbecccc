"""What a debt can grow to: refused where it is too much by today, and readable whatever comes."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from debts.models import BalanceSegment, Debt
from tests.debts.api.conftest import Post, fixed
from tests.factories import BalanceSegmentFactory, DebtFactory, GoalFactory, InstalmentPurchaseFactory
from users.models import User

URL = "/api/v1/debts"
VISA = {"name": "Visa", "kind": "credit_card", "currency": "USD", "balance": "800.00", "apr": "19.9"}
READS = (
    "debts", "instalments", "debts/changes", "payment-plans", "budgets/safe-to-spend", "goals", "goals/allocation",
    "snapshots",
)  # fmt: skip


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.content
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def read_everything(client: APIClient, debt_id: str) -> None:
    """Ask every route that looks at debts; a refusal is an answer, a failure is not."""
    answers = {path: client.get(f"/api/v1/{path}") for path in READS}
    answers |= {
        path: client.get(f"/api/v1/debts/{debt_id}{path}")
        for path in ("", "/schedule", "/payments", "/suggested-payments")
    }
    answers |= {
        path: client.post(f"/api/v1/{path}", body)
        for path, body in (
            ("debts/compare", {"monthly_budget": "500.00", "strategies": ["snowball", "avalanche"]}),
            ("debts/plan", {"monthly_budget": "999999999999.00"}),
            ("debts/target", {"target_on": "2060-01-01"}),
            ("snapshots", {}),
        )
    }
    for goal in client.get("/api/v1/goals").json()["results"]:
        answers["action plan"] = client.post(f"/api/v1/goals/{goal['id']}/action-plan", {})
    assert not {path: answer.content for path, answer in answers.items() if answer.status_code >= 500}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"balance_on": "1900-01-01"}, "/balance_on"),
        ({"balance_on": "2005-01-01", "apr": "399"}, "/balance_on"),
        ({"balance_on": "2016-01-01", "apr": "1000"}, "/balance_on"),
        ({"balance_on": "2016-01-01", "rate_changes": [{"on": "2016-01-02", "apr": "1000"}]}, "/balance_on"),
        ({"balance_on": "1990-01-01", "apr": "0", "monthly_fee": "9999999999.00"}, "/balance_on"),
    ],
)  # fmt: skip
def test_what_would_have_grown_beyond_what_can_be_kept_is_refused(
    alice_api: APIClient, change: dict[str, Any], pointer: str
) -> None:
    answer = alice_api.post(URL, VISA | change)

    assert faults(answer) == [(pointer, "out_of_range")]
    assert "more than 1000000000000 USD" in answer.json()["errors"][0]["message"]
    assert not Debt.objects.exists()
    assert alice_api.post(URL, VISA).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (
            {"segments": [{"amount": "1.00", "apr": "5"}, {"amount": "800.00", "apr": "1000"}]},
            "/segments/1/apr",
        ),
        ({"monthly_fee": "99999999999.00"}, "/monthly_fee"),
        ({"balance_on": "1900-01-01"}, "/balance_on"),
    ],
)
def test_a_change_that_makes_it_grow_so_far_is_refused(
    alice_api: APIClient, change: dict[str, Any], pointer: str
) -> None:
    debt = alice_api.post(URL, VISA | {"balance_on": "2010-01-01"}).json()

    answer = alice_api.patch(f"{URL}/{debt['id']}", change)

    assert faults(answer) == [(pointer, "out_of_range")]
    assert alice_api.get(f"{URL}/{debt['id']}").json() == debt


def test_balances_that_are_too_much_together_are_refused(alice_api: APIClient) -> None:
    parts = [{"amount": "999999999999.00", "apr": "0"}] * 2
    card = {"name": "Visa", "segments": parts}

    kept = alice_api.post(URL, {"kind": "credit_card", "currency": "USD", **card})
    tried = alice_api.post(f"{URL}/plan", {"currency": "USD", "monthly_budget": "5.00", "debts": [card]})

    assert faults(kept) == [("/segments", "out_of_range")]
    assert faults(tried) == [("/debts/0/segments", "out_of_range")]


@pytest.mark.parametrize("balance_on", [dt.date(26, 11, 1), dt.date(1650, 1, 1), dt.date(2016, 1, 1)])
def test_a_debt_that_stands_there_already_can_be_read_changed_and_removed(
    alice: User, alice_api: APIClient, balance_on: dt.date
) -> None:
    debt = DebtFactory(user=alice, balance_on=balance_on, segment=None)
    BalanceSegmentFactory(debt=debt, amount=Decimal("800.00"), apr=Decimal(1000))
    GoalFactory(user=alice)

    read_everything(alice_api, str(debt.pk))

    url = f"{URL}/{debt.pk}"
    assert alice_api.get(url).json()["balance"] == "1000000000000.00"
    corrected = alice_api.patch(url, {"balance": "800.00", "apr": "19.9"})
    assert (corrected.status_code, corrected.json()["balance"]) == (200, "800.00")
    assert alice_api.delete(url).status_code == 204


def test_instalments_at_the_end_of_the_calendar_can_be_read(alice: User, alice_api: APIClient) -> None:
    InstalmentPurchaseFactory(user=alice, first_due_on=dt.date(9999, 12, 1))

    (shown,) = alice_api.get("/api/v1/instalments").json()["results"]

    assert [part["on"] for part in shown["instalments"]] == ["9999-12-01", "9999-12-31", "9999-12-31"]


@pytest.mark.parametrize(
    ("starts_on", "code"), [("2200-12-31", "out_of_range"), ("2025-03-13", "in_the_past")]
)
def test_a_plan_that_starts_far_away_is_refused(
    alice_api: APIClient, add_debt: Post, starts_on: str, code: str
) -> None:
    add_debt()

    answer = alice_api.post(f"{URL}/plan", {"monthly_budget": "100.00", "starts_on": starts_on})

    assert faults(answer) == [("/starts_on", code)]


def test_a_plan_may_start_and_last_as_long_as_plans_do(alice_api: APIClient) -> None:
    debt = {"name": "Loan", "balance": "600.00", "apr": "0", "minimum_payment": fixed("1.00")}
    body = {"currency": "EUR", "monthly_budget": "1.00", "starts_on": "2076-03-15", "debts": [debt]}

    assert alice_api.post(f"{URL}/plan", body).json()["debt_free_on"] == "2126-02-15"


@pytest.mark.parametrize("field", ["extra_amounts", "deviations"])
def test_amounts_in_a_list_are_exact_too(alice_api: APIClient, field: str) -> None:
    url = f"{URL}/{'what-if' if field == 'extra_amounts' else 'risk'}"
    debts = [{"name": "Card", "balance": "100.00", "apr": "5"}]
    body = {"currency": "EUR", "monthly_budget": "50.00", "debts": debts}

    answer = alice_api.post(url, body | {field: ["1.00", "2.00", "0.001"]})

    assert faults(answer) == [(f"/{field}/2", "not_exact")]


AMOUNTS = st.integers(0, 10**14 - 1).map(lambda cents: f"{Decimal(cents).scaleb(-2):f}")
APRS = st.one_of(st.integers(0, 1000), st.integers(0, 60)).map(str)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2026, 3, 15)).map(str)
SEGMENTS = st.fixed_dictionaries(
    {"amount": AMOUNTS, "apr": APRS},
    optional={
        "rate_changes": st.lists(
            st.fixed_dictionaries({"on": DAYS, "apr": APRS}),
            max_size=2,
            unique_by=lambda change: change["on"],
        ),
        "promo": st.fixed_dictionaries(
            {"apr": APRS, "months": st.integers(1, 600)}, optional={"deferred": st.booleans()}
        ),
    },
)
MINIMUMS = st.one_of(
    st.just({"rule": "interest_only"}),
    st.fixed_dictionaries({"rule": st.just("amortising"), "months": st.integers(1, 600)}),
    st.fixed_dictionaries({"rule": st.just("percent"), "percent": APRS.filter(lambda apr: int(apr) <= 100)}),
    st.fixed_dictionaries({"rule": st.just("fixed"), "amount": AMOUNTS}),
)
DEBTS = st.fixed_dictionaries(
    {"segments": st.lists(SEGMENTS, min_size=1, max_size=3)},
    optional={
        "balance_on": DAYS,
        "minimum_payment": MINIMUMS,
        "accrual": st.sampled_from(["monthly", "daily", "daily_compounded", "average_month"]),
        "monthly_fee": AMOUNTS,
        "annual_fee": AMOUNTS,
        "currency": st.sampled_from(["JPY", "KWD"]),
    },
)


def test_whatever_is_accepted_can_be_read_today_and_thirty_years_later(
    alice: User, alice_api: APIClient, client_of: Callable[[User], APIClient]
) -> None:
    GoalFactory(user=alice)

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(fields=DEBTS)
    def read(fields: dict[str, Any]) -> None:
        answer = alice_api.post(URL, VISA_WITHOUT_BALANCE | fields)
        if answer.status_code == 400:
            assert not Debt.objects.exists()
            return
        debt = answer.json()
        read_everything(alice_api, debt["id"])
        with time_machine.travel("2056-03-15T12:00:00Z", tick=False):
            later = client_of(alice)
            read_everything(later, debt["id"])
            assert later.delete(f"{URL}/{debt['id']}").status_code == 204
        assert not BalanceSegment.objects.exists()

    read()


VISA_WITHOUT_BALANCE = {"name": "Visa", "kind": "credit_card", "currency": "EUR"}
