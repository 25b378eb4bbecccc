"""A month of alice's, and what she spends."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine

from tests.factories import AccountFactory, TransactionFactory, category_of

TODAY = "2026-03-15"


@pytest.fixture(autouse=True)
def _march() -> Any:
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False):
        yield


@pytest.fixture
def account(alice):
    return AccountFactory(user=alice, name="Giro", currency="EUR", opening_balance=Decimal(2000))


@pytest.fixture
def spend(account):
    def _spend(code, amount, day=TODAY, **fields):
        return TransactionFactory(
            account=account,
            category=category_of(account.user, code),
            amount=-Decimal(amount),
            date=day,
            **fields,
        )

    return _spend


@pytest.fixture
def rented(alice, alice_api):
    """March with 10 a day for dining, 900 for the rent on the 1st, and 200 to be saved."""
    patterns = {
        "dining": ("310.00", "even"),
        "housing": ("900.00", "not_daily"),
        "savings": ("200.00", "even"),
    }
    body = {
        "income_expected": "3000.00",
        "allocations": [
            {"category": str(category_of(alice, code).pk), "amount": amount, "pattern": pattern}
            for code, (amount, pattern) in patterns.items()
        ],
    }
    answer = alice_api.post("/api/v1/budgets/periods", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


@pytest.fixture
def month(alice, alice_api):
    """March with 25 a month for dining, 100 for entertainment and 400 for groceries."""
    body = {
        "income_expected": "3000.00",
        "allocations": [
            {"category": str(category_of(alice, code).pk), "amount": amount, "pattern": "even"}
            for code, amount in {"dining": "25.00", "entertainment": "100.00", "groceries": "400.00"}.items()
        ],
    }
    answer = alice_api.post("/api/v1/budgets/periods", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()
