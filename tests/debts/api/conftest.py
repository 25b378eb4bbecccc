"""Debts of alice's, and requests to the planner."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

TODAY = "2026-03-15"

Post = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False):
        yield


def fixed(amount: str) -> dict[str, str]:
    return {"rule": "fixed", "amount": amount}


def inline(name: str, balance: str, apr: str, minimum: str, **fields: Any) -> dict[str, Any]:
    """A debt that is sent along."""
    return {"name": name, "balance": balance, "apr": apr, "minimum_payment": fixed(minimum)} | fields


THREE = [
    inline("CC1", "5000.00", "22.99", "150.00"),
    inline("CC2", "3500.00", "18.99", "100.00"),
    inline("Car", "12000.00", "6.5", "350.00"),
]
HOUSEHOLD = {"currency": "USD", "monthly_budget": "800.00", "starts_on": "2026-01-01", "debts": THREE}


@pytest.fixture
def add_debt(alice_api: APIClient) -> Post:
    """Saves a debt and returns its representation."""

    def add(*, client: APIClient = alice_api, **fields: Any) -> dict[str, Any]:
        body = {
            "name": "Card",
            "kind": "credit_card",
            "currency": "EUR",
            "balance_on": "2026-01-01",
            "minimum_payment": fixed("50.00"),
            "segments": [{"amount": "1000.00", "apr": "12"}],
        } | fields
        answer = client.post("/api/v1/debts", body)
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return add
